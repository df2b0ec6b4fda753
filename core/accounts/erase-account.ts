import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, caseEvent } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import * as deskWords from "#words/desk.ts";
import { auditColumns } from "../audit/audit-columns.ts";
import { Erasures } from "../audit/erasures.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { caseEventHash } from "../frame/seal-case-events.ts";
import { eraseAfterMs } from "../runtime/env.ts";
import { type ErasureScope, erasurePlan } from "./erasure-plan.ts";
import { personsOnlyOf } from "./persons-only-of.ts";

const batch = 5_000;

/**
 * Erases what is personal of a closed account, for good: erasure-plan.ts says what. Usage counts stay, and the audit chain stays whole:
 * its rows keep the hash they had, and this act seals what is left of them. Before the wait after closing is over it must be said that
 * it is to be immediate. Repeat-safe.
 */
export const eraseAccount = command({
  permission: "accounts:erase",
  needsProof: true,
  input: z.strictObject({ accountId: z.uuid(), isImmediate: z.boolean().or(z.stringbool()).default(false) }),
  run: async (ctx, { accountId, isImmediate }) => {
    const [found] = await ctx.db
      .select({ closedAt: account.closedAt, erasedAt: account.erasedAt })
      .from(account)
      .where(eq(account.id, accountId))
      // Also waits for who is becoming a member (isErased), and they for it.
      .for("update");
    if (!found) throw notFound("account");
    if (found.erasedAt) return { erasedAt: found.erasedAt, isChanged: false, persons: 0 };
    if (!found.closedAt) throw new AppError("conflict", deskWords.errors.eraseOpen);
    const from = new Date(found.closedAt.getTime() + eraseAfterMs());
    if (from > ctx.now && !isImmediate) throw new AppError("conflict", deskWords.errors.eraseLater(from));
    // Of a large account a table can take longer than a call may otherwise; a call that is sent again meanwhile waits and changes nothing.
    await ctx.db.execute(sql`set local statement_timeout = '10min'`);
    const scope = { accountId, persons: await personsOnlyOf(ctx, accountId) };
    const erasure = await eraseRecords(ctx, scope);
    await erasePlanned(ctx, scope);
    await eraseQueued(ctx, scope);
    await ctx.db.update(account).set({ erasedAt: ctx.now }).where(eq(account.id, accountId));
    const persons = scope.persons.length;
    await record(ctx, fact("account.erased", { subjectId: accountId, accountId }, { ...erasure, persons }));
    return { erasedAt: ctx.now, isChanged: true, persons };
  },
  // It records itself what it does; an account is erased once.
  happened: () => null,
});

async function erasePlanned(ctx: Ctx, scope: ErasureScope): Promise<void> {
  for (const [table, { rows, erased }] of Object.entries(erasurePlan)) {
    const where = rows(scope);
    if (erased === "delete") {
      await ctx.db.execute(sql`delete from ${sql.identifier(table)} where ${where}`);
      continue;
    }
    const columns = Object.entries(erased).map(([column, value]): SQL => sql`${sql.identifier(column)} = ${value}`);
    if (columns.length === 0) continue;
    await ctx.db.execute(sql`update ${sql.identifier(table)} set ${sql.join(columns, sql`, `)} where ${where}`);
  }
}

/** The queue keeps jobs for days after they were done, and two kinds of them carry an address (db/queues.ts). */
async function eraseQueued(ctx: Ctx, { persons }: ErasureScope): Promise<void> {
  const emails = JSON.stringify(persons.map((one) => one.email));
  for (const table of ["job", "archive"])
    await ctx.db.execute(sql`delete from pgboss.${sql.identifier(table)} where name in ('mail-reset', 'mail-sign-in-link')
      and data->>'email' in (select jsonb_array_elements_text(${emails}::jsonb))`);
}

/** Erases in the audit log and the timelines, and returns the seal of what is left of them. */
async function eraseRecords(ctx: Ctx, { accountId, persons }: ErasureScope) {
  const erasureId = randomUUID();
  const events = await ctx.db
    .select({ ...caseEventColumns, salt: caseEvent.salt, erasureId: caseEvent.erasureId })
    .from(caseEvent)
    .innerJoin(abuseCase, eq(abuseCase.id, caseEvent.caseId))
    .where(eq(abuseCase.accountId, accountId));
  const hashed = events.map(({ erasureId: _none, ...row }) => ({ id: row.id, hash: caseEventHash(row) }));
  const list = (texts: readonly (string | number)[], type: string) =>
    sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))::${sql.raw(type)}[]`;
  const people = persons.map((one) => one.userId);
  const ids = hashed.map((one) => one.id);
  const hashes = hashed.map((one) => one.hash);
  await ctx.db.execute(sql`select erase_records(${erasureId}::uuid, ${accountId}::uuid, ${list(people, "uuid")},
    ${list(ids, "bigint")}, ${list(hashes, "text")})`);
  return sealOf(ctx, erasureId);
}

const caseEventColumns = {
  id: caseEvent.id,
  caseId: caseEvent.caseId,
  at: caseEvent.at,
  type: caseEvent.type,
  actorKind: caseEvent.actorKind,
  actorUserId: caseEvent.actorUserId,
  actorName: caseEvent.actorName,
  data: caseEvent.data,
};

/** The digest of what is left, by id and a batch at a time, as verify-audit makes it. */
async function sealOf(ctx: Ctx, erasureId: string) {
  const erasures = new Erasures();
  let events = 0;
  for (let after = 0; ; ) {
    const left = await ctx.db
      .select(auditColumns)
      .from(auditEvent)
      .where(and(eq(auditEvent.erasureId, erasureId), gt(auditEvent.id, after)))
      .orderBy(asc(auditEvent.id))
      .limit(batch);
    for (const row of left) erasures.add(erasureId, row);
    events += left.length;
    after = left.at(-1)?.id ?? after;
    if (left.length < batch) break;
  }
  const leftOfCases = await ctx.db
    .select({ ...caseEventColumns, salt: caseEvent.salt, sealedHash: caseEvent.sealedHash })
    .from(caseEvent)
    .where(eq(caseEvent.erasureId, erasureId))
    .orderBy(asc(caseEvent.id));
  for (const row of leftOfCases) erasures.add(erasureId, row);
  return { erasureId, events, caseEvents: leftOfCases.length, seal: erasures.digestOf(erasureId) };
}
