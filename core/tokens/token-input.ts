import { z } from "zod";
import { numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { parseNetworks } from "../rules/networks.ts";

export const tokenName = z.string().trim().min(1, "Give the token a name.").max(50, "Use at most 50 characters.");

/** A CIDR block or a single address, v4 or v6; kept in its normal form. */
export const network = z
  .string()
  .trim()
  .transform((text, ctx) => {
    const [block] = parseNetworks([text]);
    if (block) return `${block[0].toString()}/${block[1]}`;
    ctx.addIssue({
      code: "custom",
      message: `${text.slice(0, 60)} is not an address or a CIDR block like 203.0.113.0/24.`,
    });
    return z.NEVER;
  });

const cap = (what: string) =>
  numberOrText(z.number().int().min(1, `${what} must be at least 1.`).max(1_000_000_000))
    .nullable()
    .default(null);

export const createTokenInput = z.strictObject({
  name: tokenName,
  scopes: z.array(z.string()).max(100).default([]),
  /** Null = never. */
  expiresAt: timeOrText().nullable().default(null),
  allowedNetworks: z.array(network).max(50, "Use at most 50 networks.").default([]),
  capPerDay: cap("The daily cap"),
  capPerMinute: cap("The cap per minute"),
  /** Null = not said. */
  integrationId: z.uuid("Choose an integration of this account.").nullable().default(null),
});

export const versionRead = numberOrText(z.number().int()).optional();
