import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { recoveryCode, session, user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { accountOfSession } from "../frame/session-account.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { countProof, forgetOwnTries } from "./count-try.ts";
import { endOtherSessions } from "./end-sessions.ts";
import { hasSecondStep } from "./has-second-step.ts";
import { throttled } from "./judge-password.ts";
import { answered, newChallenge, readResponse, relyingParty, takeChallenge } from "./passkey-challenge.ts";
import { askOwnPasskeys } from "./prove-passkey.ts";
import { findSelf, type Refused } from "./prove-password.ts";
import { replaceRecoveryCodes, voidRemovals } from "./set-up-totp.ts";
import { tellOfChange } from "./tell-of-change.ts";
import { takeShown, userHandleBytes, verifyPasskey } from "./verify-passkey.ts";

const mostPasskeys = 20;
const name = z.string().trim().min(1, words.errors.namePasskey).max(50);

/** The person's own passkeys, oldest first. */
export const listPasskeys = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        passkeyId: passkey.id,
        name: passkey.name,
        isSynced: passkey.isSynced,
        createdAt: passkey.createdAt,
        lastUsedAt: passkey.lastUsedAt,
      })
      .from(passkey)
      .where(eq(passkey.userId, actorUserId(ctx.actor) ?? ""))
      .orderBy(asc(passkey.createdAt), asc(passkey.id)),
});

type Options = Awaited<ReturnType<typeof generateRegistrationOptions>>;
type Begun = { ok: true; options: Options; challenge: ReturnType<typeof newChallenge> } | Refused;

/**
 * Begins to add a passkey, which signs in by itself: so who has a second step shows it first, by a code, or by having passed it in this
 * session. A session of an account's own issuer adds none: it would outlive what the issuer may say.
 */
export const beginPasskey = command({
  permission: "session:own",
  needsProof: true,
  input: z.strictObject({ code: z.string().trim().max(40).optional() }),
  prepare: async (ctx, { code }) => {
    const self = await findSelf(ctx);
    const counted = code ? await countProof(ctx, self.email, self.sessionId) : { id: null, wait: 0 };
    return { ...self, ...counted };
  },
  run: async (ctx, { code }, { userId, sessionId, email, wait }): Promise<Begun> => {
    if (wait > 0) return throttled(wait);
    if ((await accountOfSession(ctx)) !== null) throw new AppError("forbidden", words.errors.passkeyOfIssuer);
    const [here] = await ctx.db
      .select({ isTwoStep: session.isTwoStep })
      .from(session)
      .where(and(eq(session.id, sessionId), eq(session.userId, userId)));
    if (!here?.isTwoStep) {
      const refused = await refuseByCode(ctx, { userId, email }, code);
      if (refused) return refused;
    }
    const known = await ctx.db
      .select({ id: passkey.credentialId, transports: passkey.transports })
      .from(passkey)
      .where(eq(passkey.userId, userId));
    const challenge = newChallenge(ctx, "add");
    const options = await generateRegistrationOptions({
      ...{ rpName: "Gatehouse", rpID: relyingParty().rpID, userName: email, userID: userHandleBytes(userId) },
      challenge: Buffer.from(challenge.challenge, "base64url"),
      attestationType: "none",
      excludeCredentials: known,
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    return { ok: true, options, challenge };
  },
  // Nothing is there yet.
  happened: () => null,
});

type Added = { ok: true; userId: string; passkeyId: string; codes: string[] | null } | { ok: false; reason: "over" };

/**
 * Adds the passkey that the browser has made. The person's other sessions end, and proposals of staff to remove their second step. With
 * the first second step come recovery codes, shown once.
 */
export const addPasskey = command({
  permission: "session:own",
  input: z.strictObject({ name, ...answered }),
  prepare: async (ctx, { response, challenge }) => {
    const self = await findSelf(ctx);
    if (!challenge || !(await takeChallenge(ctx, challenge, "add"))) return null;
    const { rpID, origin } = relyingParty();
    const made = await verifyRegistrationResponse({
      response: readResponse<RegistrationResponseJSON>(response),
      expectedChallenge: challenge.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
    }).catch(() => null);
    return made?.verified ? { ...self, ...made.registrationInfo } : null;
  },
  run: async (ctx, { name }, made): Promise<Added> => {
    if (!made) return { ok: false, reason: "over" };
    const { userId, sessionId, email, credential } = made;
    await voidRemovals(ctx, userId);
    await ctx.db.select({ id: user.id }).from(user).where(eq(user.id, userId)).for("update");
    if ((await ctx.db.$count(passkey, eq(passkey.userId, userId))) >= mostPasskeys)
      throw new AppError("conflict", words.errors.tooManyPasskeys(mostPasskeys));
    const isFirst = !(await hasSecondStep(ctx.db, userId));
    const [added] = await ctx.db
      .insert(passkey)
      .values({
        ...{ userId, name, credentialId: credential.id, publicKey: Buffer.from(credential.publicKey) },
        ...{ counter: credential.counter, transports: credential.transports ?? [], isSynced: made.credentialBackedUp },
        createdAt: ctx.now,
      })
      .onConflictDoNothing()
      .returning({ id: passkey.id });
    if (!added) throw new AppError("conflict", words.errors.passkeyExists);
    // They have just shown it here.
    await ctx.db.update(session).set({ isTwoStep: true }).where(eq(session.id, sessionId));
    await endOtherSessions(ctx, userId);
    await tellOfChange(ctx, { userId, email }, { kind: "passkey_added", name });
    return { ok: true, userId, passkeyId: added.id, codes: isFirst ? await replaceRecoveryCodes(ctx, userId) : null };
  },
  happened: ({ name }, result) =>
    result.ok ? fact("passkey.added", { subjectId: result.userId, accountId: null }, { name }) : null,
});

/** What a browser asks the person's passkeys to sign before one of them is removed. */
export const beginPasskeyRemoval = query({
  permission: "session:own",
  needsProof: true,
  input: z.strictObject({}),
  run: (ctx) => askOwnPasskeys(ctx, "remove"),
});

type Removed = { ok: true; userId: string; name: string } | Refused;

/**
 * Removes a passkey, for who shows one of theirs, or a code of the app or a recovery code: a stolen session and the password take no second
 * step away. Their other sessions end.
 */
export const removePasskey = command({
  permission: "session:own",
  needsProof: true,
  input: z.strictObject({
    passkeyId: z.uuid(),
    code: z.string().trim().max(40).optional(),
    response: answered.response.optional(),
    challenge: answered.challenge,
  }),
  prepare: async (ctx, { passkeyId, code, response, challenge }) => {
    const self = await findSelf(ctx);
    const isOwn = and(eq(passkey.id, passkeyId), eq(passkey.userId, self.userId));
    if ((await ctx.db.$count(passkey, isOwn)) === 0) throw notFound("passkey");
    const counted = code ? await countProof(ctx, self.email, self.sessionId) : { id: null, wait: 0 };
    const shown = response
      ? await verifyPasskey(ctx, { response, challenge }, { purpose: "remove", onlyUserId: self.userId })
      : null;
    return { ...self, ...counted, shown };
  },
  run: async (ctx, { passkeyId, code }, { userId, email, wait, shown }): Promise<Removed> => {
    if (wait > 0) return throttled(wait);
    const isShown = shown?.ok === true && (await takeShown(ctx, shown));
    if (!isShown) {
      const refused = await refuseByCode(ctx, { userId, email }, code);
      if (refused) return refused;
    }
    const [removed] = await ctx.db
      .delete(passkey)
      .where(and(eq(passkey.id, passkeyId), eq(passkey.userId, userId)))
      .returning({ name: passkey.name });
    if (!removed) throw notFound("passkey");
    if (!(await hasSecondStep(ctx.db, userId)))
      await ctx.db.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
    await endOtherSessions(ctx, userId);
    await tellOfChange(ctx, { userId, email }, { kind: "passkey_removed", name: removed.name });
    return { ok: true, userId, name: removed.name };
  },
  happened: (_input, result) =>
    result.ok ? fact("passkey.removed", { subjectId: result.userId, accountId: null }, { name: result.name }) : null,
});

/**
 * Asks for the code of who has a second step; null = it was right, or there is none. Wrong ones are counted by person as well as by
 * session: whoever has their sign-in at an issuer opens as many sessions as they like.
 */
async function refuseByCode(
  ctx: Ctx,
  person: { userId: string; email: string },
  code: string | undefined,
): Promise<Refused | null> {
  const passed = await checkSecondStep(ctx, { ...person, isStranger: true }, code);
  if (typeof passed === "object") return throttled(passed.waitSeconds);
  if (passed === "required") return { ok: false, reason: "code_required" };
  if (passed === "wrong") return { ok: false, reason: "wrong_code" };
  if (passed === "passed") await forgetOwnTries(ctx, person);
  return null;
}

/** Gives a passkey of the person another name. */
export const renamePasskey = command({
  permission: "session:own",
  input: z.strictObject({ passkeyId: z.uuid(), name }),
  run: async (ctx, { passkeyId, name }) => {
    const userId = actorUserId(ctx.actor) ?? "";
    const own = and(eq(passkey.id, passkeyId), eq(passkey.userId, userId));
    const [was] = await ctx.db.select({ name: passkey.name }).from(passkey).where(own).for("update");
    if (!was) throw notFound("passkey");
    await ctx.db.update(passkey).set({ name }).where(own);
    return { userId, changes: changesBetween(was, { name }) };
  },
  happened: (_input, { userId, changes }) =>
    fact("passkey.renamed", { subjectId: userId, accountId: null }, { changes }),
});
