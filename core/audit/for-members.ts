import { and, eq, like, ne, not, or, sql } from "drizzle-orm";
import { auditEvent } from "#db/schema/audit.ts";
import { action } from "#db/schema/enforcement.ts";
import { escapeLike } from "../escape-like.ts";
import { staffOnlyAudit } from "../rules/audit-audience.ts";

/** What of an account's audit its members may read, on every way to it: not staff's own business, nor measures they were not told of. */
export const auditForMembers = and(
  ...staffOnlyAudit.map((name) => not(auditActionIs(name))),
  // The same that the standing page shows: what was in force or is announced, once notice is given.
  or(
    ne(auditEvent.subjectKind, "action"),
    sql`exists (select 1 from ${action} where ${action.accountId} = ${auditEvent.accountId} and ${action.id}::text = ${auditEvent.subjectId}
      and not ${action.isSilent} and (${action.appliedAt} is not null or ${action.state} = 'scheduled'))`,
  ),
);

/** A whole word like `token.create`, or what it begins with, like `token.`. */
export function auditActionIs(name: string) {
  return name.endsWith(".") ? like(auditEvent.action, `${escapeLike(name)}%`) : eq(auditEvent.action, name);
}
