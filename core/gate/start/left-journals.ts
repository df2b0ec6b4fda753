import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Importer } from "../import/importer.ts";
import { settlePosition } from "../import/settle-position.ts";
import { JournalHead } from "../journal/journal-head.ts";
import { journalIdentity, keptIdentity } from "../journal/journal-identity.ts";
import { lockJournal } from "../journal/journal-lock.ts";
import { listSegments } from "../journal/journal-segments.ts";
import type { Queries } from "../state/connect.ts";
import type { GateConfig } from "./gate-config.ts";

export type LeftOptions = {
  queries: Queries;
  /** This gate's own; the others lie beside it. */
  folder: string;
  nowMs: number;
  log: GateConfig["log"];
};

/**
 * Counts what gates of other names have left uncounted beside this one's journal, so that nothing is forgotten when a GATE_ID was
 * changed and the folder was not renamed with it. A journal that a gate holds, by its lock or its lease, is left to that gate.
 */
export async function countLeftJournals({ queries, folder, nowMs, log }: LeftOptions): Promise<void> {
  const beside = dirname(folder);
  for (const gateId of readdirSync(beside)) {
    const left = join(beside, gateId);
    if (gateId === basename(folder) || !isJournal(left) || (await isHeld(queries, gateId, left))) continue;
    const decisions = await countLocked({ queries, gateId, folder: left, nowMs });
    if (decisions > 0)
      log.warn(
        { folder: left, decisions },
        "A gate of another name had left decisions uncounted; they are counted now.",
      );
  }
}

function isJournal(folder: string): boolean {
  try {
    return listSegments(folder).length > 0;
  } catch {
    return false;
  }
}

/** Whether a gate has this journal, or may come back to it without waiting. By its name where it is of a version without ids. */
async function isHeld(queries: Queries, gateId: string, folder: string): Promise<boolean> {
  const journalId = keptIdentity(folder);
  const rows = await queries.run(
    (sql) => sql`
    select from gate where (journal_id = ${journalId}::uuid or ${journalId === null} and id = ${gateId})
      and (lease_until > clock_timestamp() or stopped_at is null and last_seen_at > clock_timestamp() - interval '1 minute')`,
  );
  return rows.length > 0;
}

/** Decisions counted; 0 also where another process has the folder. */
async function countLocked(left: { queries: Queries; gateId: string; folder: string; nowMs: number }): Promise<number> {
  const lock = lockOf(left.folder);
  if (lock === null) return 0;
  try {
    const journal = { ...left, journalId: journalIdentity(left.folder) };
    const settled = await settlePosition(journal);
    return (settled?.counted ?? 0) + (await new Importer({ ...journal, head: new JournalHead() }).importAll());
  } finally {
    lock.release();
  }
}

function lockOf(folder: string) {
  try {
    return lockJournal(folder);
  } catch {
    return null;
  }
}
