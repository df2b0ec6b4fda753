import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { invitation, staffMember, user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { type Judged, judgePassword } from "../auth/judge-password.ts";
import { hashLinkSecret } from "../auth/link-secret.ts";
import { hashPassword, newPassword } from "../auth/password.ts";
import { isUnproven, proveAddress } from "../auth/prove-address.ts";
import { recordGrant } from "../auth/record-grant.ts";
import { answerTo, refuseStranger } from "../auth/refuse-stranger.ts";
import { refuseWeakPassword } from "../auth/refuse-weak-password.ts";
import { withdrawOthers } from "../auth/withdraw-invitations.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { isClosed } from "../frame/is-closed.ts";
import { keepAnOwner } from "../members/keep-an-owner.ts";
import { memberRoles, staffRoles } from "../rules/vocabulary.ts";
import { keepAnAdmin } from "../staff/keep-an-admin.ts";

const acceptInput = z.strictObject({
  secret: z.string().max(200),
  /** Needed for a new user. */
  name: z.string().trim().min(1, words.errors.enterYourName).max(100).optional(),
  /** Needed for the first admin, whose invitation names nobody. */
  email: z.string().trim().toLowerCase().pipe(z.email(words.errors.enterAnEmail)).optional(),
  /** A new password, or for somebody who has a user already, their own. */
  password: z.string().min(1, words.errors.enterAPassword).max(1_000),
  /** Of the authenticator app, or a recovery code: for somebody who has a user with a second step. */
  code: z.string().trim().max(40).optional(),
});

/**
 * Takes a one-time link: makes the user when there is none, and the role. Someone who has a user proves it by its password,
 * so that a link that went astray gives nobody a stranger's account; wrong ones count like failed sign-ins, so that the link is no
 * way around their throttle. A link that proves the address takes over a user that nobody had proven. One that does not asks
 * everybody for the same, so that it tells its inviter as little as it can about who has a user. The link is spent in the same
 * transaction.
 */
export const acceptInvitation = command({
  permission: "invitation:accept",
  input: acceptInput,
  prepare: async (ctx, input) => {
    const [link] = await ctx.db
      .select({
        id: invitation.id,
        email: invitation.email,
        provenBy: invitation.provenBy,
        accountName: account.name,
      })
      .from(invitation)
      .leftJoin(account, eq(account.id, invitation.accountId))
      .where(isOpen(ctx, input.secret));
    if (!link) throw overLink();
    const email = link.email ?? input.email;
    if (!email) throw invalid("email", words.errors.enterYourEmail);
    const isProven = link.provenBy !== null;
    const { accountName } = link;
    return {
      invitationId: link.id,
      email,
      isProven,
      person: await identify(ctx, { email, isProven, accountName }, input),
    };
  },
  run: async (ctx, input, { invitationId, email, isProven, person }) => {
    if (person.kind === "known") {
      const { judged } = person;
      if (!judged.ok) return { ...answerTo(judged), invitationId };
      const refusal = await refuseStranger(ctx, judged, input.code);
      if (refusal) return { ...answerTo(refusal), invitationId };
    }
    const [taken] = await ctx.db
      .update(invitation)
      .set({ acceptedAt: ctx.now })
      .where(isOpen(ctx, input.secret))
      .returning({
        id: invitation.id,
        kind: invitation.kind,
        role: invitation.role,
        accountId: invitation.accountId,
        invitedByUserId: invitation.invitedByUserId,
        formerInviterUserIds: invitation.formerInviterUserIds,
      });
    if (!taken) throw overLink();
    const userId = person.kind === "known" ? person.userId : await makePerson(ctx, email, person, isProven);
    await withdrawOthers(ctx, taken, email, taken.id);
    const accountSlug = await giveRole(ctx, userId, taken);
    return {
      ok: true as const,
      userId,
      email,
      kind: taken.kind,
      role: taken.role,
      invitationId: taken.id,
      accountId: taken.accountId,
      accountSlug,
    };
  },
  happened: (_input, result) =>
    result.ok
      ? fact(
          "invitation.accepted",
          { subjectId: result.userId, accountId: result.accountId },
          { kind: result.kind, role: result.role, invitationId: result.invitationId },
        )
      : null,
});

function isOpen(ctx: Ctx, secret: string) {
  return and(
    eq(invitation.secretHash, hashLinkSecret(secret)),
    isNull(invitation.acceptedAt),
    isNull(invitation.revokedAt),
    gt(invitation.expiresAt, ctx.now),
  );
}

function overLink(): AppError {
  return new AppError("gone", words.errors.linkOver);
}

async function findPerson(ctx: Ctx, email: string) {
  const [known] = await ctx.db
    .select({
      id: user.id,
      disabledAt: user.disabledAt,
      emailVerifiedAt: user.emailVerifiedAt,
    })
    .from(user)
    .where(eq(user.email, email));
  return known;
}

async function refuseWeak(
  ctx: Ctx,
  { email, accountName }: { email: string; accountName: string | null },
  { name, password }: z.output<typeof acceptInput>,
): Promise<void> {
  if (!name) throw invalid("name", words.errors.enterYourName);
  const strong = newPassword.safeParse(password);
  if (!strong.success) throw invalid("password", strong.error.issues[0]?.message ?? "Choose another password.");
  await refuseWeakPassword(ctx, "password", password, { email, name, accountName });
}

type Person =
  | { kind: "known"; userId: string; judged: Judged }
  | { kind: "new"; unprovenId: string | null; name: string; passwordHash: string };

/** Whoever has a user proves it by its password; for anybody else the new password is hashed. */
async function identify(
  ctx: Ctx,
  link: { email: string; isProven: boolean; accountName: string | null },
  input: z.output<typeof acceptInput>,
): Promise<Person> {
  const { email, isProven } = link;
  const known = await findPerson(ctx, email);
  const isNew = known === undefined || isUnproven(known, isProven);
  if (isNew || !isProven) await refuseWeak(ctx, link, input);
  if (isNew) {
    const passwordHash = await hashPassword(input.password);
    return { kind: "new", unprovenId: known?.id ?? null, name: input.name ?? email, passwordHash };
  }
  const judged = await judgePassword(ctx, { email, password: input.password, hasCode: Boolean(input.code) });
  return { kind: "known", userId: known.id, judged };
}

/** A user of this name and password: a new one, or in the place of one that nobody had proven. */
async function makePerson(
  ctx: Ctx,
  email: string,
  { unprovenId, name, passwordHash }: Person & { kind: "new" },
  isProven: boolean,
): Promise<string> {
  if (unprovenId !== null) {
    const [taken] = await ctx.db
      .update(user)
      .set({ passwordHash })
      .where(and(eq(user.id, unprovenId), isNull(user.emailVerifiedAt)))
      .returning({ id: user.id });
    if (!taken) throw overtaken(email);
    await proveAddress(ctx, unprovenId, name);
    return unprovenId;
  }
  const emailVerifiedAt = isProven ? ctx.now : null;
  const [made] = await ctx.db
    .insert(user)
    .values({ email, name, passwordHash, emailVerifiedAt, createdAt: ctx.now })
    .onConflictDoNothing()
    .returning({ id: user.id });
  if (!made) throw overtaken(email);
  return made.id;
}

function overtaken(email: string): AppError {
  return new AppError("conflict", words.errors.addressTaken(email));
}

async function giveRole(
  ctx: Ctx,
  userId: string,
  taken: { kind: string; role: string; accountId: string | null } & Pick<
    typeof invitation.$inferSelect,
    "invitedByUserId" | "formerInviterUserIds"
  >,
): Promise<string | null> {
  if (taken.kind !== "member") {
    const role = z.enum(staffRoles).parse(taken.role);
    if (role !== "admin") await keepAnAdmin(ctx, userId);
    // Only an admin may go around single sign-on.
    const isAdmin = role === "admin" ? {} : { breakGlassSince: null };
    await ctx.db
      .insert(staffMember)
      .values({ userId, role, createdAt: ctx.now })
      .onConflictDoUpdate({ target: staffMember.userId, set: { role, endedAt: null, ...isAdmin } });
    await recordGrant(ctx, userId, [taken.invitedByUserId, ...taken.formerInviterUserIds]);
    return null;
  }
  if (taken.accountId === null) throw new Error("A member invitation names its account.");
  const role = z.enum(memberRoles).parse(taken.role);
  if (await isClosed(ctx, taken.accountId)) throw new AppError("conflict", words.errors.accountTakesNobody);
  if (role !== "owner") await keepAnOwner(ctx, taken.accountId, userId);
  await ctx.db
    .insert(member)
    .values({ accountId: taken.accountId, userId, role, createdAt: ctx.now })
    .onConflictDoUpdate({ target: [member.accountId, member.userId], set: { role, mappedByProviderId: null } });
  const [found] = await ctx.db.select({ slug: account.slug }).from(account).where(eq(account.id, taken.accountId));
  return found?.slug ?? null;
}
