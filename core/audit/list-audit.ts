import { and, desc, eq, gte, ilike, lt, notInArray, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { routineActs } from "../facts/catalogue.ts";
import type { Actor } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { accountOf, scoped } from "../frame/scope.ts";
import { emailFor } from "../personal-data/address-for.ts";
import { auditActionIs, auditActorFor, auditForMembers } from "./for-members.ts";
import { nameSubjects, subjectKey } from "./name-subjects.ts";

/**
 * Audit events, newest first, by a cursor of the id: of all for staff; for members of their own account, without what is staff's own
 * business, what a measure says that they have not been told of, and names of staff and where they called from. `subjectName` is what
 * the subject is called today; null = it has no name, or is gone.
 */
export const listAudit = query({
  permission: "audit:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    /** Part of an account's name, or all of its address, id or external id. */
    account: z.string().trim().max(100).optional(),
    /** A whole word like `token.create`, or what it begins with, like `token.`. */
    action: z.string().max(60).optional(),
    /** Part of the name of who did it. */
    actor: z.string().trim().max(100).optional(),
    subjectKind: z.string().max(40).optional(),
    subjectId: z.string().max(320).optional(),
    /** Part of what the event says: of its facts, or of its subject's id. */
    search: z.string().trim().max(100).optional(),
    /** Without what the worker records of each round; what follows from a round, such as the end of an action, has an event of its own. */
    withoutRoutine: z.stringbool().or(z.boolean()).default(false),
    from: timeOrText().optional(),
    /** Exclusive. */
    until: endOrText().optional(),
    beforeId: numberOrText(z.number().int().positive()).optional(),
    limit: numberOrText(z.number().int().min(1).max(5_000)).default(50),
  }),
  run: async (ctx, input) => {
    // Staff may leave it open; a member who names an account names their own.
    const accountId = ctx.actor.kind === "staff" ? input.accountId : accountOf(ctx, input.accountId);
    const { actorKind, actorName, ip } = auditActorFor(ctx.actor);
    const rows = await ctx.db
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        accountId: auditEvent.accountId,
        accountName: account.name,
        actorKind,
        actorName,
        ip,
        action: auditEvent.action,
        subjectKind: auditEvent.subjectKind,
        subjectId: auditEvent.subjectId,
        data: auditEvent.data,
        requestId: auditEvent.requestId,
      })
      .from(auditEvent)
      .leftJoin(account, eq(account.id, auditEvent.accountId))
      .where(
        and(
          scoped(ctx, auditEvent.accountId),
          ctx.actor.kind === "staff" ? undefined : auditForMembers,
          accountId ? eq(auditEvent.accountId, accountId) : undefined,
          input.action ? auditActionIs(input.action) : undefined,
          input.actor ? ilike(actorName, `%${escapeLike(input.actor)}%`) : undefined,
          input.account ? isOfAccount(input.account) : undefined,
          input.subjectKind ? eq(auditEvent.subjectKind, input.subjectKind) : undefined,
          input.subjectId ? eq(auditEvent.subjectId, input.subjectId) : undefined,
          input.search ? says(input.search) : undefined,
          input.withoutRoutine ? notInArray(auditEvent.action, [...routineActs]) : undefined,
          input.from ? gte(auditEvent.at, input.from) : undefined,
          input.until ? lt(auditEvent.at, input.until) : undefined,
          input.beforeId ? lt(auditEvent.id, input.beforeId) : undefined,
        ),
      )
      .orderBy(desc(auditEvent.id))
      .limit(input.limit + 1);
    const shown = rows.slice(0, input.limit);
    const names = await nameSubjects(ctx, shown);
    const events = shown.map((row) => ({
      ...row,
      data: shownData(ctx.actor, row),
      subjectName: names.get(subjectKey(row.subjectKind, row.subjectId)) ?? null,
    }));
    return { events, nextBeforeId: rows.length > input.limit ? (events.at(-1)?.id ?? null) : null };
  },
});

function isOfAccount(text: string): SQL | undefined {
  return or(
    ilike(account.name, `%${escapeLike(text)}%`),
    eq(account.slug, text),
    eq(account.externalId, text),
    eq(sql`${account.id}::text`, text.toLowerCase()),
  );
}

/** Addresses are left out: whoever may not read them must not find out by trying. */
function says(text: string): SQL | undefined {
  const pattern = `%${escapeLike(text)}%`;
  return or(ilike(auditEvent.subjectId, pattern), sql`(${auditEvent.data} - 'email')::text ilike ${pattern}`);
}

/** The facts of an event; the address of somebody an account invited is masked to staff. */
function shownData(actor: Actor, row: { accountId: string | null; data: unknown }): Record<string, unknown> {
  const data = z.record(z.string(), z.unknown()).catch({}).parse(row.data);
  if (row.accountId === null || typeof data.email !== "string") return data;
  return { ...data, email: emailFor(actor, data.email) };
}
