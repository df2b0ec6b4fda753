import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { JournalHead } from "../journal/journal-head.ts";
import { listSegments, segmentName } from "../journal/journal-segments.ts";
import { writtenAtMs } from "../journal/read-journal.ts";
import { Connection } from "../state/connect.ts";
import { Importer } from "./importer.ts";
import { type ImportPosition, isSamePlace, type JournalOwner } from "./journal-position.ts";

/** What the gate's thread gives the importer's. */
export type ImporterTask = JournalOwner & {
  databaseUrl: string;
  folder: string;
  head: SharedArrayBuffer;
  /** Segments last written longer ago than this are deleted once they are counted. */
  keepMs: number;
};
/** `keep` changes how long segments stay; `stop` asks for a last import and then the end. */
export type ImporterOrder = { kind: "keep"; keepMs: number } | { kind: "stop" };
export type ImporterReport =
  | { kind: "imported"; bytes: number; records: number; damaged: number; position: ImportPosition }
  | { kind: "failed"; reason: string };

const everyMs = 500;
/**
 * Under load a batch is begun so long after the one before. With tokens by the hundred thousand in turn its cost hardly depends on how
 * much it counts, so this is what sustained counting lives on; it is also how old counts can be then.
 */
const busyEveryMs = 10_000;
/** About 2,000 decisions a second: below that the gate leaves enough of the machine to everybody. */
const busyBytesPerMs = 300;
/** Under load a cheap batch is followed by the next one sooner, but not before it has rested three times as long as it worked. */
const restPerWork = 3;

/** Imports apart from the thread that decides. The database away: it waits, and nothing is lost. */
async function run(task: ImporterTask): Promise<void> {
  const connection = new Connection(task.databaseUrl, `gatehouse-${task.gateId}-import`, 1);
  const head = new JournalHead(task.head);
  const importer = new Importer({ queries: connection, ...task, head });
  let { keepMs } = task;
  const stop = new AbortController();
  parentPort?.on("message", (order: ImporterOrder) => {
    if (order.kind === "keep") keepMs = order.keepMs;
    else stop.abort();
  });

  let told: ImportPosition | null = null;
  for (;;) {
    const isLast = stop.signal.aborted;
    const startedMs = performance.now();
    const writtenBefore = head.written;
    let restMs = everyMs;
    try {
      const { bytes, records, damaged, isCaughtUp, position } = await importer.importBatch();
      if (!isSamePlace(told, position)) report({ kind: "imported", bytes, records, damaged, position });
      told = position;
      const segments = listSegments(task.folder);
      deleteCounted(task.folder, segments, position, keepMs);
      if (isLast && isCaughtUp) break;
      const workedMs = performance.now() - startedMs;
      const isBusy = head.written - writtenBefore > busyBytesPerMs * workedMs;
      if (!isCaughtUp) restMs = 0;
      else if (isBusy) restMs = Math.max(everyMs, Math.min(restPerWork * workedMs, busyEveryMs - workedMs));
    } catch (error) {
      report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
      // What is not counted now is counted at the next start.
      if (isLast) break;
    }
    await sleep(restMs, undefined, { signal: stop.signal }).catch(() => undefined);
  }
  await connection.end();
  parentPort?.close();
}

/** Removes whole segments before the position that a restart no longer needs for its rate limits. */
function deleteCounted(folder: string, segments: readonly number[], position: ImportPosition, keepMs: number): void {
  for (const number of segments) {
    if (number >= position.segment || Date.now() - writtenAtMs(folder, number) <= keepMs) return;
    unlinkSync(join(folder, segmentName(number)));
  }
}

function report(message: ImporterReport): void {
  parentPort?.postMessage(message);
}

if (!isMainThread) await run(workerData as ImporterTask);
