import { createHash } from "node:crypto";
import { asc, gt } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { caseEvent } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { canonicalJson } from "../frame/append-audit.ts";
import { caseEventHash } from "../frame/seal-case-events.ts";
import type { Erasures } from "./erasures.ts";

const batch = 1_000;

/**
 * Compares every event of every case with the hashes that the audit chain holds. Returns what is wrong in a sentence, or null.
 * What an erasure left is counted into it. Events from before the chain sealed them are left alone; one that stands among sealed ones without a seal was added by hand.
 */
export async function verifyCaseEvents(
  db: Queryable,
  sealed: ReadonlySet<string>,
  erasures: Erasures,
): Promise<string | null> {
  const missing = new Set(sealed);
  let firstSealed = 0;
  let after = 0;
  for (;;) {
    const rows = await db
      .select({
        id: caseEvent.id,
        caseId: caseEvent.caseId,
        at: caseEvent.at,
        type: caseEvent.type,
        actorKind: caseEvent.actorKind,
        actorUserId: caseEvent.actorUserId,
        actorName: caseEvent.actorName,
        data: caseEvent.data,
        salt: caseEvent.salt,
        erasureId: caseEvent.erasureId,
        sealedHash: caseEvent.sealedHash,
      })
      .from(caseEvent)
      .where(gt(caseEvent.id, after))
      .orderBy(asc(caseEvent.id))
      .limit(batch);
    for (const { erasureId, sealedHash, ...row } of rows) {
      after = row.id;
      if (erasureId !== null) erasures.add(erasureId, { ...row, sealedHash });
      const isSealed = missing.delete(erasureId === null ? caseEventHash(row) : (sealedHash ?? ""));
      if (isSealed) firstSealed ||= row.id;
      else if (firstSealed > 0) return `Event ${row.id} of the case ${row.caseId} was altered, or added by hand.`;
    }
    if (rows.length < batch) break;
  }
  if (missing.size > 0) return `${missing.size} events of cases were altered or removed.`;
  return null;
}

/**
 * Compares the evidence of every action with the hash it was sealed with, and that with the one the chain holds of its imposition:
 * `chained` by action, each of which must be there. Returns what is wrong in a sentence, or null.
 */
export async function verifyEvidence(
  db: Queryable,
  chained: ReadonlyMap<string, string>,
  erasures: Erasures,
): Promise<string | null> {
  const rows = await db
    .select({ id: action.id, accountId: action.accountId, evidence: action.evidence, hash: action.evidenceHash })
    .from(action);
  const there = new Set(rows.map((one) => one.id));
  const gone = [...chained.keys()].find((id) => !there.has(id));
  if (gone) return `The action ${gone} was removed.`;
  const broken = rows.find(({ id, accountId, evidence, hash }) => {
    const seen = canonicalJson(evidence);
    const isErased = seen === "{}" && erasures.accounts.has(accountId);
    const actual = isErased ? hash : createHash("sha256").update(seen).digest("hex");
    return actual !== hash || (chained.get(id) ?? hash) !== hash;
  });
  return broken ? `The evidence of the action ${broken.id} was altered.` : null;
}
