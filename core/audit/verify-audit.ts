import { asc, gt } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { chainHash } from "./append.ts";
import { verifyCaseEvents, verifyEvidence } from "./verify-case-events.ts";

const batch = 1_000;

export type AuditVerdict = { events: number; brokenAt: number | null; why: string | null };

/**
 * Recomputes the hash chain from the first event to the last. `brokenAt` is the id of the first event that was altered, or
 * that follows one that is missing. Then every event of every case is compared with what the chain says of it, and the evidence of
 * every action with its seal; what is wrong there is in `why`, with the last id of the chain. Removal of the very last events cannot be seen from inside: compare `events` with a copy.
 */
export async function verifyAudit(
  db: Queryable,
  onProgress: (events: number) => void = () => {},
): Promise<AuditVerdict> {
  let events = 0;
  let hash = "";
  const sealed = new Set<string>();
  const evidence = new Map<string, string>();
  for (;;) {
    const rows = await db
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        accountId: auditEvent.accountId,
        actorKind: auditEvent.actorKind,
        actorUserId: auditEvent.actorUserId,
        actorName: auditEvent.actorName,
        action: auditEvent.action,
        subjectKind: auditEvent.subjectKind,
        subjectId: auditEvent.subjectId,
        data: auditEvent.data,
        requestId: auditEvent.requestId,
        ip: auditEvent.ip,
        hash: auditEvent.hash,
      })
      .from(auditEvent)
      .where(gt(auditEvent.id, events))
      .orderBy(asc(auditEvent.id))
      .limit(batch);
    for (const { hash: stored, ...row } of rows) {
      if (row.id !== events + 1) return { events, brokenAt: row.id, why: `Event ${events + 1} is missing.` };
      if (chainHash(hash, row) !== stored) return { events, brokenAt: row.id, why: `Event ${row.id} was altered.` };
      hash = stored;
      events += 1;
      const { caseEvents, evidenceHash } = sealsIn.parse(row.data);
      for (const one of caseEvents) sealed.add(one);
      if (evidenceHash !== null && row.subjectKind === "action") evidence.set(row.subjectId, evidenceHash);
    }
    onProgress(events);
    if (rows.length < batch) break;
  }
  const why = (await verifyCaseEvents(db, sealed)) ?? (await verifyEvidence(db, evidence));
  return { events, brokenAt: why === null ? null : events, why };
}

const sealsIn = z
  .object({ caseEvents: z.array(z.string()).default([]), evidenceHash: z.string().nullable().default(null) })
  .catch({ caseEvents: [], evidenceHash: null });
