import { generateAuthenticationOptions } from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { answered, type Challenge, type ChallengePurpose, newChallenge, relyingParty } from "./passkey-challenge.ts";
import { findSelf } from "./prove-password.ts";
import { takeShown, verifyPasskey } from "./verify-passkey.ts";

/** What a browser asks the passkeys of the signed-in person to sign. */
export async function askOwnPasskeys(ctx: Ctx, purpose: ChallengePurpose) {
  const userId = actorUserId(ctx.actor) ?? "";
  const own = await ctx.db
    .select({ id: passkey.credentialId, transports: passkey.transports })
    .from(passkey)
    .where(eq(passkey.userId, userId));
  const challenge: Challenge = newChallenge(ctx, purpose);
  const { rpID } = relyingParty();
  const options = await generateAuthenticationOptions({
    ...{ rpID, userVerification: "required", allowCredentials: own },
    challenge: Buffer.from(challenge.challenge, "base64url"),
  });
  return { challenge, options };
}

export const beginPasskeyProof = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: (ctx) => askOwnPasskeys(ctx, "prove"),
});

type Proven = { ok: true; userId: string } | { ok: false; reason: "wrong" | "over" };

/**
 * Takes a passkey of the signed-in person, who then may do for 15 minutes what a stolen session must not. It is a second step as well,
 * for who came in without one.
 */
export const provePasskey = command({
  permission: "session:own",
  input: z.strictObject(answered),
  prepare: async (ctx, input) => {
    const { userId, sessionId } = await findSelf(ctx);
    return { sessionId, shown: await verifyPasskey(ctx, input, { purpose: "prove", onlyUserId: userId }) };
  },
  run: async (ctx, _input, { sessionId, shown }): Promise<Proven> => {
    if (!shown.ok) return { ok: false, reason: shown.reason };
    if (!(await takeShown(ctx, shown))) return { ok: false, reason: "wrong" };
    await ctx.db.update(session).set({ provenAt: ctx.now, isTwoStep: true }).where(eq(session.id, sessionId));
    return { ok: true, userId: shown.userId };
  },
  happened: (_input, result) =>
    result.ok ? fact("session.proven", { subjectId: result.userId, accountId: null }, { by: "passkey" }) : null,
});
