import { createHash } from "node:crypto";
import { desc, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { actorKind, actorName, actorUserId, type Ctx, type Pending } from "./context.ts";

/** JSON with sorted keys, so that the same facts always hash alike (Postgres does not keep key order in jsonb). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

type Chained = Omit<typeof auditEvent.$inferInsert, "hash">;

/** SHA-256, hex, over the previous row's hash and this row. The first row follows the empty string. */
export function chainHash(previousHash: string, row: Chained): string {
  const facts = { ...row, at: row.at.toISOString(), data: JSON.parse(JSON.stringify(row.data)) as unknown };
  return createHash("sha256").update(previousHash).update(canonicalJson(facts)).digest("hex");
}

/**
 * Writes the audit rows of a transaction, last thing before its commit. The lock makes ids gapless and the chain whole;
 * it is taken late so that it is held for a moment only.
 */
export async function appendAudit(tx: Transaction, ctx: Ctx, pending: Pending["audit"]): Promise<void> {
  if (pending.length === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse audit'))`);
  const [last] = await tx
    .select({ id: auditEvent.id, hash: auditEvent.hash })
    .from(auditEvent)
    .orderBy(desc(auditEvent.id))
    .limit(1);
  let id = last?.id ?? 0;
  let hash = last?.hash ?? "";
  const rows = pending.map(({ note, actor }) => {
    id += 1;
    const row: Chained = {
      id,
      at: ctx.now,
      accountId: note.accountId,
      actorKind: actorKind(actor),
      actorUserId: actorUserId(actor),
      actorName: actorName(actor),
      action: note.action,
      subjectKind: note.subjectKind,
      subjectId: note.subjectId,
      data: note.data ?? {},
      requestId: ctx.requestId,
      ip: ctx.ip,
    };
    hash = chainHash(hash, row);
    return { ...row, hash };
  });
  await tx.insert(auditEvent).values(rows);
}
