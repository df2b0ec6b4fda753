import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { portalLink } from "#db/schema/ways-in.ts";
import * as words from "#words/words.ts";
import { type OpenedSession, openSession } from "../auth/open-session.ts";
import { discardSetUp } from "../auth/prove-address.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { isClosed } from "../frame/is-closed.ts";
import { isErased } from "../frame/is-erased.ts";
import { hourMs } from "../rules/time.ts";
import type { MemberRole } from "../rules/vocabulary.ts";
import { setting } from "../runtime/env.ts";
import { isOpen } from "./find-portal-link.ts";

export type Entered = OpenedSession & { landing: string };

/**
 * Uses a portal link: opens a session that is bound to its account, for the person it names. Who is nobody yet becomes a person with an
 * unproven address and no password; who is no member becomes one with the link's role. Of the same link used at the same time, one works.
 */
export const enterByPortal = command({
  permission: "session:open",
  input: z.strictObject({ secret: z.string().max(200) }),
  run: async (ctx, { secret }) => {
    const [link] = await ctx.db
      .update(portalLink)
      .set({ usedAt: ctx.now, usedFromIp: ctx.ip })
      .where(isOpen(ctx, secret))
      .returning({
        accountId: portalLink.accountId,
        email: portalLink.email,
        name: portalLink.name,
        role: portalLink.role,
        path: portalLink.path,
        returnUrl: portalLink.returnUrl,
      });
    if (!link) throw overLink();
    const { accountId, role, returnUrl } = link;
    if (await isErased(ctx, accountId)) throw overLink();
    const person = await findOrMakePerson(ctx, link);
    const joined = await join(ctx, accountId, role, person);
    const bound = { accountId, mostRole: role, returnUrl };
    const longestMs = setting("PORTAL_SESSION_HOURS") * hourMs;
    const opened = await openSession(ctx, { userId: person.id, way: "portal", longestMs, bound });
    if (!opened) throw overLink();
    const [found] = await ctx.db.select({ slug: account.slug }).from(account).where(eq(account.id, accountId));
    if (!found) throw overLink();
    return { ...opened, accountId, role, ...joined, landing: `/a/${found.slug}${link.path}` };
  },
  happened: (_input, { userId, accountId, role, isNewMember, isReset }) =>
    fact("portal.entered", { subjectId: userId, accountId }, { role, isNewMember, isReset }),
});

type Person = { id: string; isNew: boolean; isProven: boolean };

/** Their row is locked until the commit. */
async function findOrMakePerson(ctx: Ctx, { email, name }: { email: string; name: string }): Promise<Person> {
  const [made] = await ctx.db
    .insert(user)
    .values({ email, name, createdAt: ctx.now })
    .onConflictDoNothing()
    .returning({ id: user.id });
  const [found] = await ctx.db
    .select({ id: user.id, emailVerifiedAt: user.emailVerifiedAt })
    .from(user)
    .where(and(eq(user.email, email), isNull(user.disabledAt)))
    .for("update");
  if (!found) throw overLink();
  return { id: found.id, isNew: made !== undefined, isProven: found.emailVerifiedAt !== null };
}

/**
 * Makes the person a member, if they are none. Anybody may have set up an unproven person with a password of their own, and would share
 * the new account by it: so that is thrown away first. Staff keep theirs, and prove their address before.
 */
async function join(ctx: Ctx, accountId: string, role: MemberRole, person: Person) {
  const [joined] = await ctx.db
    .insert(member)
    .values({ accountId, userId: person.id, role, createdAt: ctx.now })
    .onConflictDoNothing()
    .returning({ userId: member.userId });
  const isNewMember = joined !== undefined;
  if (isNewMember && (await isClosed(ctx, accountId))) throw new AppError("conflict", words.errors.accountTakesNobody);
  if (!isNewMember || person.isNew || person.isProven) return { isNewMember, isReset: false };
  const [staff] = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .where(and(eq(staffMember.userId, person.id), isNull(staffMember.endedAt)));
  if (staff) throw new AppError("conflict", words.errors.portalStaffUnproven);
  await ctx.db
    .update(user)
    .set({ passwordHash: null, totpSealed: null, totpSince: null, totpLastStep: null })
    .where(eq(user.id, person.id));
  await discardSetUp(ctx, person.id);
  return { isNewMember, isReset: true };
}

function overLink(): AppError {
  return new AppError("gone", words.errors.portalLinkOver);
}
