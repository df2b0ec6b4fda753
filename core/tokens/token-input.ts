import { z } from "zod";
import * as words from "#words/words.ts";
import { endOrText, numberOrText } from "../frame/given-as-text.ts";
import { parseNetworks } from "../rules/networks.ts";
import type { TokenScope } from "../rules/tokens/token-scopes.ts";

export const tokenName = z.string().trim().min(1, words.errors.nameToken).max(50);

/** A CIDR block or a single address, v4 or v6; kept in its normal form. */
export const network = z
  .string()
  .trim()
  .transform((text, ctx) => {
    const [block] = parseNetworks([text]);
    if (block) return `${block[0].toString()}/${block[1]}`;
    ctx.addIssue({
      code: "custom",
      message: words.errors.notNetwork(text.slice(0, 60)),
    });
    return z.NEVER;
  });

const cap = (atLeastOne: string) =>
  numberOrText(z.number().int().min(1, atLeastOne).max(1_000_000_000)).nullable().default(null);

export const createTokenInput = z.strictObject({
  name: tokenName,
  scopes: z.array(z.string()).max(100).default([]),
  /** Null = never. */
  expiresAt: endOrText().nullable().default(null),
  allowedNetworks: z.array(network).max(50, words.errors.tooManyNetworks).default([]),
  capPerDay: cap(words.errors.capPerDayTooLow),
  capPerMinute: cap(words.errors.capPerMinuteTooLow),
  /** Null = not said. */
  integrationId: z.uuid(words.errors.chooseIntegration).nullable().default(null),
});

/** Makes and ends people, or opens the account to other networks: a stolen session must not leave a token behind that does. */
const dangerousScopes: readonly string[] = ["members:write", "networks:write"] satisfies TokenScope[];
export const isDangerousToken = ({ scopes }: { scopes: readonly string[] }) =>
  scopes.some((scope) => dangerousScopes.includes(scope));

export const versionRead = numberOrText(z.number().int()).optional();
