import { asc, gt } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { chainHash } from "../frame/append-audit.ts";
import { auditColumns } from "./audit-columns.ts";
import { Erasures } from "./erasures.ts";
import { verifyCaseEvents, verifyEvidence } from "./verify-case-events.ts";

const batch = 1_000;

/** `head` = the hash of the last event that is whole: with `events` it is the anchor to keep elsewhere. */
export type AuditVerdict = { events: number; head: string; brokenAt: number | null; why: string | null };

/** An event as it was seen before, kept where the database's owner cannot change it. */
export type Anchor = { events: number; head: string };

/**
 * Recomputes the hash chain from the first event to the last. `brokenAt` is the id of the first event that was altered, or
 * that follows one that is missing. Then every event of every case is compared with what the chain says of it, and the evidence of
 * every action with its seal, and what erasures left with theirs; what is wrong there is in `why`, with the last id of the chain. Removal of the very last events, or
 * their replacement by a chain that is whole in itself, cannot be seen from inside: it is found by the `anchor` of an earlier run.
 */
export async function verifyAudit(
  db: Queryable,
  onProgress: (events: number) => void = () => {},
  anchor: Anchor | null = null,
): Promise<AuditVerdict> {
  let events = 0;
  let hash = "";
  const broken = (brokenAt: number, why: string): AuditVerdict => ({ events, head: hash, brokenAt, why });
  const sealed = new Set<string>();
  const evidence = new Map<string, string>();
  const erasures = new Erasures();
  for (;;) {
    const rows = await db
      .select({ ...auditColumns, erasureId: auditEvent.erasureId })
      .from(auditEvent)
      .where(gt(auditEvent.id, events))
      .orderBy(asc(auditEvent.id))
      .limit(batch);
    for (const { hash: stored, erasureId, ...row } of rows) {
      if (row.id !== events + 1) return broken(row.id, `Event ${events + 1} is missing.`);
      // Of an erased event the next one holds the hash, and its erasure what is left.
      if (erasureId !== null) erasures.add(erasureId, { ...row, hash: stored });
      else if (chainHash(hash, row) !== stored) return broken(row.id, `Event ${row.id} was altered.`);
      if (anchor?.events === row.id && anchor.head !== stored)
        return broken(row.id, `Event ${row.id} is another than the anchor's: the end of the chain was replaced.`);
      hash = stored;
      events += 1;
      if (erasureId === null) erasures.seal(row);
      const { caseEvents, evidenceHash } = sealsIn.parse(row.data);
      for (const one of caseEvents) sealed.add(one);
      if (evidenceHash !== null && row.subjectKind === "action") evidence.set(row.subjectId, evidenceHash);
    }
    onProgress(events);
    if (rows.length < batch) break;
  }
  if (anchor && events < anchor.events)
    return broken(events + 1, `Events ${events + 1} to ${anchor.events} of the anchor are missing.`);
  const why =
    (await verifyCaseEvents(db, sealed, erasures)) ??
    (await verifyEvidence(db, evidence, erasures)) ??
    erasures.whatIsWrong();
  return { events, head: hash, brokenAt: why === null ? null : events, why };
}

const sealsIn = z
  .object({ caseEvents: z.array(z.string()).default([]), evidenceHash: z.string().nullable().default(null) })
  .catch({ caseEvents: [], evidenceHash: null });
