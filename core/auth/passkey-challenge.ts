import { randomBytes } from "node:crypto";
import { z } from "zod";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { spendOnce } from "../frame/spend-once.ts";
import { minuteMs } from "../rules/time.ts";
import { publicUrl } from "../runtime/env.ts";

/** How long a browser may take to ask its owner. */
export const challengeLifeMs = 5 * minuteMs;

const purposes = ["sign_in", "prove", "add", "remove"] as const;
export type ChallengePurpose = (typeof purposes)[number];

/**
 * What a passkey is asked to sign. It waits in a sealed cookie of the browser that asked, so that no answer from elsewhere fits.
 * `sessionId` = whose session it is for; null = somebody signs in.
 */
export const challengeSchema = z.strictObject({
  challenge: z.string().max(200),
  purpose: z.enum(purposes),
  sessionId: z.uuid().nullable(),
  startedAt: z.string().max(40),
});
export type Challenge = z.infer<typeof challengeSchema>;

export function newChallenge(ctx: Ctx, purpose: ChallengePurpose): Challenge {
  const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  return { challenge: randomBytes(32).toString("base64url"), purpose, sessionId, startedAt: ctx.now.toISOString() };
}

/** The name of this installation for authenticators, and the one origin whose pages may use its passkeys. */
export function relyingParty(): { rpID: string; origin: string } {
  const { hostname, origin } = new URL(publicUrl());
  return { rpID: hostname, origin };
}

/** Uses up a challenge; false = it is for something else, of another session, over, or was used. For `prepare`, before anything is judged. */
export async function takeChallenge(ctx: Ctx, given: Challenge | null, purpose: ChallengePurpose): Promise<boolean> {
  if (given?.purpose !== purpose) return false;
  const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  const startedMs = Date.parse(given.startedAt);
  const endsAt = new Date(startedMs + challengeLifeMs);
  if (given.sessionId !== sessionId || startedMs > ctx.now.getTime() || !(ctx.now < endsAt)) return false;
  return spendOnce(ctx.db, "passkey challenge", given.challenge, endsAt);
}

/** What a browser sends, as it sends it: JSON in a text. Throws `invalid`. */
export function readResponse<Response>(text: string): Response {
  try {
    return JSON.parse(text) as Response;
  } catch {
    throw new AppError("invalid", words.errors.passkeyOver);
  }
}

/** Taken by every command that a passkey answers. */
export const answered = { response: z.string().max(20_000), challenge: challengeSchema.nullable().default(null) };
