import { createHash, randomBytes } from "node:crypto";
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

type Chained = Omit<typeof auditEvent.$inferInsert, "hash" | "erasureId">;

/** SHA-256, hex, over the previous row's hash and this row. The first row follows the empty string. Rows from before have no salt. */
export function chainHash(previousHash: string, { salt, ...row }: Chained): string {
  const data = JSON.parse(JSON.stringify(row.data)) as unknown;
  const facts = { ...row, at: row.at.toISOString(), data, salt: salt ?? undefined };
  return createHash("sha256").update(previousHash).update(canonicalJson(facts)).digest("hex");
}

/** What makes a hash say nothing of its row once the row's personal data, and this with it, is erased. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
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
      salt: newSalt(),
    };
    hash = chainHash(hash, row);
    return { ...row, hash };
  });
  await tx.insert(auditEvent).values(rows);
}
