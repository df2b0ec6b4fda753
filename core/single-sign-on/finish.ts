import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { session, user } from "#db/schema/auth.ts";
import { personIdentity } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { type OpenedSession, openSession } from "../auth/open-session.ts";
import { discardSetUp, proveAddress } from "../auth/prove-address.ts";
import { recordGrant } from "../auth/record-grant.ts";
import { tellOfChange } from "../auth/tell-of-change.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { type Claims, nameIn, saysTwoSteps } from "./claims.ts";
import { endUnclaimed } from "./end-unclaimed.ts";
import type { Provider } from "./find-provider.ts";
import { flowSchema } from "./flow.ts";
import { decideGrants, give } from "./grants.ts";
import { type Identified, type IdentityFault, identify, type Known, staffRoleOf } from "./identify.ts";
import { type RedeemFault, redeem } from "./redeem.ts";

export type SignInFault = RedeemFault | IdentityFault;
export type Finished = ({ ok: true } & OpenedSession) | { ok: false; reason: SignInFault; providerId: string };

/** `search` = the query with which the issuer sent the browser back. */
const answer = z.strictObject({ flow: flowSchema, search: z.string().max(10_000) });

/**
 * Opens a session for whom an issuer vouches. A refusal is a result and not an error, because it is recorded; nothing else is written
 * then but the end of memberships whose claim is gone. A person who is not linked yet is found by their verified address and told of the link; one whose address nobody had proven is
 * taken over without what was set up in their name.
 */
export const finishSignIn = command({
  permission: "session:open",
  input: answer,
  prepare: (ctx, { flow, search }) => redeem(ctx, flow, search),
  run: async (ctx, { flow }, redeemed): Promise<Finished> => {
    const { providerId } = flow;
    if (flow.sessionId !== null) return { ok: false, reason: "over", providerId };
    if (!redeemed.ok) return { ...redeemed, providerId };
    const { provider, claims } = redeemed;
    const who = await identify(ctx, provider, claims);
    if (!who.ok) return { ...who, providerId };
    const knownId = who.kind === "new" ? null : who.person.userId;
    if (knownId !== null) await endUnclaimed(ctx, provider, claims, knownId);
    const grants = await decideGrants(ctx, provider, claims, knownId);
    if (!grants) return { ok: false, reason: knownId === null ? "unknown" : "no_role", providerId };
    const userId = await takeIn(ctx, provider, claims, who);
    await give(ctx, provider, userId, grants);
    const opened = await openSession(ctx, {
      userId,
      way: "single_sign_on",
      issuer: { providerId, issuerSid: typeof claims.sid === "string" ? claims.sid : null },
      isTwoStep: provider.checksSecondStep || saysTwoSteps(claims),
    });
    if (!opened) throw new Error("The person was locked and is gone.");
    return { ok: true, ...opened };
  },
  // `openSession` records its own. What was not judged is not recorded: it would let anybody fill the audit.
  happened: (_input, result) =>
    result.ok || result.reason === "throttled" || result.reason === "over"
      ? null
      : fact("identity_provider.refused", { subjectId: result.providerId, accountId: null }, { reason: result.reason }),
});

/** A signed-in person has signed in at their issuer again: for 15 minutes they may do what a stolen session must not. */
export const finishProof = command({
  permission: "session:own",
  input: answer,
  prepare: (ctx, { flow, search }) => redeem(ctx, flow, search),
  run: async (ctx, { flow }, redeemed): Promise<{ ok: true; userId: string } | { ok: false; reason: SignInFault }> => {
    if (!redeemed.ok) return redeemed;
    const { actor } = ctx;
    const sessionId = "sessionId" in actor ? actor.sessionId : null;
    if (sessionId === null || !("userId" in actor)) throw new AppError("unauthenticated", words.errors.signInFirst);
    const { iss, sub } = redeemed.claims;
    const [identity] = await ctx.db
      .select({ userId: personIdentity.userId })
      .from(personIdentity)
      .where(and(eq(personIdentity.issuer, iss), eq(personIdentity.subject, sub)));
    // Somebody else at the same screen, or a proof that another session began.
    if (flow.sessionId !== sessionId || identity?.userId !== actor.userId) return { ok: false, reason: "declined" };
    const [proven] = await ctx.db
      .update(session)
      .set({ provenAt: ctx.now })
      .where(and(eq(session.id, sessionId), eq(session.providerId, flow.providerId)))
      .returning({ userId: session.userId });
    return proven ? { ok: true, ...proven } : { ok: false, reason: "declined" };
  },
  happened: (_input, result) =>
    result.ok ? fact("session.proven", { subjectId: result.userId, accountId: null }) : null,
});

/** The person's id: the linked one, or the one that is linked or made now. */
async function takeIn(ctx: Ctx, provider: Provider, claims: Claims, who: Identified & { ok: true }): Promise<string> {
  const link = { issuer: claims.iss, subject: claims.sub };
  if (who.kind === "linked") {
    await ctx.db
      .update(personIdentity)
      .set({ lastUsedAt: ctx.now })
      .where(and(eq(personIdentity.issuer, link.issuer), eq(personIdentity.subject, link.subject)));
    return who.person.userId;
  }
  const userId = who.kind === "new" ? await makePerson(ctx, provider, claims, who.email) : who.person.userId;
  if (who.kind === "to link") await takeOver(ctx, provider, claims, who.person);
  await ctx.db.insert(personIdentity).values({ userId, ...link, createdAt: ctx.now, lastUsedAt: ctx.now });
  const about = { subjectId: userId, accountId: provider.accountId };
  const data = { providerId: provider.id, issuer: link.issuer, isNew: who.kind === "new" };
  await record(ctx, fact("identity.linked", about, data));
  return userId;
}

/** An account's own issuer proves an address to that account, and not to Gatehouse. */
const provesAddresses = ({ accountId }: Provider) => accountId === null;

async function makePerson(ctx: Ctx, provider: Provider, claims: Claims, email: string): Promise<string> {
  const emailVerifiedAt = provesAddresses(provider) ? ctx.now : null;
  const [made] = await ctx.db
    .insert(user)
    .values({ email, name: nameIn(claims, email), emailVerifiedAt, createdAt: ctx.now })
    .onConflictDoNothing()
    .returning({ id: user.id });
  if (!made) throw new AppError("conflict", words.errors.addressTaken(email));
  return made.id;
}

async function takeOver(ctx: Ctx, provider: Provider, claims: Claims, person: Known): Promise<void> {
  const { userId, email, emailVerifiedAt } = person;
  if (emailVerifiedAt === null) {
    await ctx.db.update(user).set({ passwordHash: null }).where(eq(user.id, userId));
    if (provesAddresses(provider)) await proveAddress(ctx, userId, nameIn(claims, email));
    else await discardSetUp(ctx, userId);
  }
  // Whoever set the issuer up could speak for them through it.
  if (await staffRoleOf(ctx, userId)) await recordGrant(ctx, userId, provider.editorUserIds);
  await tellOfChange(ctx, { userId, email }, { kind: "identity_linked", provider: provider.name });
}
