import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import type { Ctx } from "../frame/context.ts";
import {
  type Challenge,
  type ChallengePurpose,
  readResponse,
  relyingParty,
  takeChallenge,
} from "./passkey-challenge.ts";

/** A passkey that has signed this challenge, with its owner's finger or PIN. */
export type Shown = { ok: true; passkeyId: string; userId: string; email: string; before: number; counter: number };
/** `email` = whose passkey it was, where that is known. */
export type NotShown = { ok: false; reason: "wrong" | "over"; email: string | null };

/** The parts of an answer that are looked at here; the library checks the rest. */
const shape = z.object({
  id: z.string().max(1_000),
  response: z.object({ userHandle: z.string().max(100).nullish() }),
});

/**
 * Judges the answer of a passkey, for `prepare` of a command. The challenge is spent first. Checked are origin, relying party, signature,
 * user verification, the count, and that the passkey belongs to the person it names; and to `onlyUserId`, where it is given. `takeShown`
 * then asks in the transaction whether it still does.
 */
export async function verifyPasskey(
  ctx: Ctx,
  { response, challenge }: { response: string; challenge: Challenge | null },
  { purpose, onlyUserId = null }: { purpose: ChallengePurpose; onlyUserId?: string | null },
): Promise<Shown | NotShown> {
  if (!challenge || !(await takeChallenge(ctx, challenge, purpose))) return { ok: false, reason: "over", email: null };
  const given = shape.safeParse(readResponse(response));
  if (!given.success) return { ok: false, reason: "wrong", email: null };
  const [found] = await ctx.db
    .select({
      ...{ passkeyId: passkey.id, userId: passkey.userId, email: user.email, publicKey: passkey.publicKey },
      ...{ counter: passkey.counter, credentialId: passkey.credentialId },
    })
    .from(passkey)
    .innerJoin(user, and(eq(user.id, passkey.userId), isNull(user.disabledAt)))
    .where(eq(passkey.credentialId, given.data.id));
  const wrong = { ok: false, reason: "wrong", email: found?.email ?? null } as const;
  if (!found || (onlyUserId !== null && found.userId !== onlyUserId)) return wrong;
  const { userHandle } = given.data.response;
  if (userHandle && userHandle !== userHandleOf(found.userId)) return wrong;
  const { rpID, origin } = relyingParty();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: readResponse<AuthenticationResponseJSON>(response),
      expectedChallenge: challenge.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      credential: { id: found.credentialId, publicKey: new Uint8Array(found.publicKey), counter: found.counter },
    });
    if (!verified || !authenticationInfo.userVerified) return wrong;
    const { passkeyId, userId, email, counter: before } = found;
    return { ok: true, passkeyId, userId, email, before, counter: authenticationInfo.newCounter };
  } catch {
    // The library throws for whatever does not fit.
    return wrong;
  }
}

/** Inside the transaction: notes the use; false = the passkey is gone, or its count has moved meanwhile, as only a copy's can. */
export async function takeShown(ctx: Ctx, { passkeyId, userId, before, counter }: Shown): Promise<boolean> {
  const used = await ctx.db
    .update(passkey)
    .set({ counter, lastUsedAt: ctx.now })
    .where(and(eq(passkey.id, passkeyId), eq(passkey.userId, userId), eq(passkey.counter, before)))
    .returning({ id: passkey.id });
  return used.length > 0;
}

/** The person's id in bytes, which tells an authenticator nothing about them. */
export function userHandleBytes(userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(userId.replaceAll("-", ""), "hex"));
}

const userHandleOf = (userId: string) => Buffer.from(userHandleBytes(userId)).toString("base64url");
