import { and, asc, eq, inArray, ne, notExists, sql } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { uuidPattern } from "../rules/uuid.ts";

/**
 * The people of an account, past members included, who are in no other account and have never been on the staff: with the account
 * nothing is left of why they are here. Locks them, so that nobody takes one of them into another account meanwhile.
 */
export async function personsOnlyOf(ctx: Ctx, accountId: string): Promise<{ userId: string; email: string }[]> {
  const people = sql`(
    select user_id from member where account_id = ${accountId}
    union select actor_user_id from audit_event
      where account_id = ${accountId} and actor_kind in ('member', 'user') and actor_user_id is not null
    union select case when subject_id ~ ${uuidPattern.source} then subject_id::uuid end from audit_event
      where account_id = ${accountId} and subject_kind = 'user')`;
  const locked = await ctx.db
    .select({ userId: user.id })
    .from(user)
    .where(sql`${user.id} in ${people}`)
    .orderBy(asc(user.id))
    .for("update");
  if (locked.length === 0) return [];
  const isElsewhere = ctx.db
    .select({ one: sql`1` })
    .from(member)
    .where(and(eq(member.userId, user.id), ne(member.accountId, accountId)));
  const isStaff = ctx.db.select({ one: sql`1` }).from(staffMember).where(eq(staffMember.userId, user.id));
  return ctx.db
    .select({ userId: user.id, email: user.email })
    .from(user)
    .where(
      and(
        inArray(
          user.id,
          locked.map((one) => one.userId),
        ),
        notExists(isElsewhere),
        notExists(isStaff),
      ),
    );
}
