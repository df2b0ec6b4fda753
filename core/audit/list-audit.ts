import { and, desc, eq, gte, ilike, lt } from "drizzle-orm";
import { z } from "zod";
import { auditEvent } from "#db/schema/audit.ts";
import type { Actor } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { accountOf, scoped } from "../frame/scope.ts";
import { emailFor } from "../personal-data/address-for.ts";
import { auditActionIs, auditActorFor, auditForMembers } from "./for-members.ts";

/**
 * Audit events, newest first, by a cursor of the id: of all for staff; for members of their own account, without what is staff's own
 * business, what a measure says that they have not been told of, and names of staff.
 */
export const listAudit = query({
  permission: "audit:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    /** A whole word like `token.create`, or what it begins with, like `token.`. */
    action: z.string().max(60).optional(),
    /** Part of the name of who did it. */
    actor: z.string().trim().max(100).optional(),
    from: timeOrText().optional(),
    /** Exclusive. */
    until: endOrText().optional(),
    beforeId: numberOrText(z.number().int().positive()).optional(),
    limit: numberOrText(z.number().int().min(1).max(5_000)).default(50),
  }),
  run: async (ctx, input) => {
    // Staff may leave it open; a member who names an account names their own.
    const accountId = ctx.actor.kind === "staff" ? input.accountId : accountOf(ctx, input.accountId);
    const { actorKind, actorName } = auditActorFor(ctx.actor);
    const rows = await ctx.db
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        accountId: auditEvent.accountId,
        actorKind,
        actorName,
        action: auditEvent.action,
        subjectKind: auditEvent.subjectKind,
        subjectId: auditEvent.subjectId,
        data: auditEvent.data,
        requestId: auditEvent.requestId,
      })
      .from(auditEvent)
      .where(
        and(
          scoped(ctx, auditEvent.accountId),
          ctx.actor.kind === "staff" ? undefined : auditForMembers,
          accountId ? eq(auditEvent.accountId, accountId) : undefined,
          input.action ? auditActionIs(input.action) : undefined,
          input.actor ? ilike(actorName, `%${escapeLike(input.actor)}%`) : undefined,
          input.from ? gte(auditEvent.at, input.from) : undefined,
          input.until ? lt(auditEvent.at, input.until) : undefined,
          input.beforeId ? lt(auditEvent.id, input.beforeId) : undefined,
        ),
      )
      .orderBy(desc(auditEvent.id))
      .limit(input.limit + 1);
    const events = rows.slice(0, input.limit).map((row) => ({ ...row, data: shownData(ctx.actor, row) }));
    return { events, nextBeforeId: rows.length > input.limit ? (events.at(-1)?.id ?? null) : null };
  },
});

/** The facts of an event; the address of somebody an account invited is masked to staff. */
function shownData(actor: Actor, row: { accountId: string | null; data: unknown }): Record<string, unknown> {
  const data = z.record(z.string(), z.unknown()).catch({}).parse(row.data);
  if (row.accountId === null || typeof data.email !== "string") return data;
  return { ...data, email: emailFor(actor, data.email) };
}
