import { and, desc, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEvent } from "#db/schema/audit.ts";
import { action } from "#db/schema/enforcement.ts";
import { token } from "#db/schema/tokens.ts";
import { auditActorFor, auditForMembers } from "../audit/for-members.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { can } from "../frame/permissions.ts";
import { scoped } from "../frame/scope.ts";

/** What was done to one token, newest first, measures against it too: its part of the audit, for everybody who may see the token. */
export const listTokenHistory = query({
  permission: "tokens:read",
  input: z.strictObject({ tokenId: z.uuid() }),
  run: async (ctx, { tokenId }) => {
    const [found] = await ctx.db
      .select({ accountId: token.accountId })
      .from(token)
      .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)));
    if (!found) throw notFound("token");
    const { actorKind, actorName, ip } = auditActorFor(ctx.actor);
    // Where a colleague called from is for whoever reads the audit log.
    const shownIp = can(ctx.actor, "audit:read") ? ip : sql<string | null>`null`;
    const measures = ctx.db
      .select({ id: sql<string>`${action.id}::text` })
      .from(action)
      .where(eq(action.tokenId, tokenId));
    const rows = await ctx.db
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        actorName,
        actorKind,
        ip: shownIp,
        action: auditEvent.action,
        data: auditEvent.data,
      })
      .from(auditEvent)
      .where(
        and(
          eq(auditEvent.accountId, found.accountId),
          or(
            and(eq(auditEvent.subjectKind, "token"), eq(auditEvent.subjectId, tokenId)),
            and(eq(auditEvent.subjectKind, "action"), sql`${auditEvent.subjectId} in (${measures})`),
          ),
          ctx.actor.kind === "staff" ? undefined : auditForMembers,
        ),
      )
      .orderBy(desc(auditEvent.id))
      .limit(50);
    return rows.map((row) => ({ ...row, data: z.record(z.string(), z.unknown()).catch({}).parse(row.data) }));
  },
});
