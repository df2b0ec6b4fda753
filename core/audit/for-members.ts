import { and, eq, inArray, like, ne, or, sql } from "drizzle-orm";
import { auditEvent } from "#db/schema/audit.ts";
import { action } from "#db/schema/enforcement.ts";
import { actsForAccounts } from "../facts/catalogue.ts";
import type { Actor } from "../frame/context.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { theProvider } from "../rules/people/mask.ts";
import type { ActorKind } from "../rules/vocabulary.ts";

/** What of an account's audit its members may read, on every way to it: facts whose audience is the account, no actions they were not told of. */
export const auditForMembers = and(
  inArray(auditEvent.action, [...actsForAccounts]),
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

const isByStaff = sql`${auditEvent.actorKind} in ('staff', 'staff_key')`;

/** Who did it, as members read it: people and keys of the provider are one, and where they called from stays with it. */
export const actorForMembers = {
  actorKind: sql<ActorKind>`case when ${isByStaff} then 'staff' else ${auditEvent.actorKind} end`,
  actorName: sql<string>`case when ${isByStaff} then ${theProvider} else ${auditEvent.actorName} end`,
  // A visitor may be who reported a leaked token.
  ip: sql<
    string | null
  >`case when ${isByStaff} or ${auditEvent.actorKind} = 'visitor' then null else ${auditEvent.ip} end`,
};

/** The columns of who did it, as this actor may read them. */
export function auditActorFor({ kind }: Actor) {
  return kind === "staff" ? auditEvent : actorForMembers;
}
