import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { user } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { scoped } from "../frame/scope.ts";
import { type MemberEvent, membersAt } from "../rules/people/members-at.ts";
import { type MemberRole, memberRoles } from "../rules/vocabulary.ts";

const dataSchema = z.object({
  role: z.enum(memberRoles),
  isNewMember: z.boolean().optional(),
  changes: z.object({ role: z.object({ before: z.enum(memberRoles).nullable() }).optional() }).optional(),
});
type Recorded = z.infer<typeof dataSchema>;

const hadNone = ({ changes }: Recorded) => changes?.role?.before === null;

/** What an act says of who belongs to the account; null = nothing. */
const kinds: Record<string, (data: Recorded) => MemberEvent<MemberRole>["kind"] | null> = {
  "invitation.accept": () => "join",
  "portal.enter": ({ isNewMember }) => (isNewMember ? "join" : null),
  "member.map_role": (data) => (hadNone(data) ? "join" : "role"),
  "member.change_role": () => "role",
  "member.remove": () => "leave",
  "member.leave": () => "leave",
};

/** Who belonged to the account at an instant, from today's members and the audit log. `role` null = not recorded. */
export async function membersAsOf(ctx: Ctx, accountId: string, at: Date) {
  const current = await ctx.db
    .select({ userId: member.userId, role: member.role, since: member.createdAt })
    .from(member)
    .where(and(eq(member.accountId, accountId), scoped(ctx, member.accountId)));
  const rows = await ctx.db
    .select({ userId: auditEvent.subjectId, action: auditEvent.action, at: auditEvent.at, data: auditEvent.data })
    .from(auditEvent)
    .where(and(eq(auditEvent.accountId, accountId), inArray(auditEvent.action, Object.keys(kinds))))
    .orderBy(asc(auditEvent.id));
  const events = rows.flatMap((row) => {
    const { data } = dataSchema.safeParse(row.data);
    const kind = data ? kinds[row.action]?.(data) : null;
    if (!data || !kind) return [];
    const before = data.changes?.role?.before ?? null;
    return [{ userId: row.userId, atMs: row.at.getTime(), kind, role: data.role, before }];
  });
  const then = membersAt(
    current.map(({ since, ...one }) => ({ ...one, sinceMs: since.getTime() })),
    events,
    at.getTime(),
  );
  if (then.length === 0) return [];
  const ids = then.map((one) => one.userId);
  const names = await ctx.db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, ids));
  return then
    .map((one) => ({ ...one, name: names.find((row) => row.id === one.userId)?.name ?? null }))
    .sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""));
}
