import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { connect } from "./connect.ts";
import { Importer, type ImportPosition } from "./importer.ts";
import { JournalHead } from "./journal-head.ts";
import { listSegments, segmentName } from "./journal-segments.ts";
import { writtenAtMs } from "./read-journal.ts";

/** What the gate's thread gives the importer's. */
export type ImporterTask = {
  databaseUrl: string;
  folder: string;
  gateId: string;
  head: SharedArrayBuffer;
  /** Segments last written longer ago than this are deleted once they are counted. */
  keepMs: number;
};
/** `keep` changes how long segments stay; `stop` asks for a last import and then the end. */
export type ImporterOrder = { kind: "keep"; keepMs: number } | { kind: "stop" };
export type ImporterReport =
  | { kind: "imported"; bytes: number; records: number; damaged: number }
  | { kind: "failed"; reason: string };

const everyMs = 500;

/** Imports every 500 ms, apart from the thread that decides. The database away: it waits, and nothing is lost. */
async function run(task: ImporterTask): Promise<void> {
  const sql = connect(task.databaseUrl, `gatehouse-${task.gateId}-import`, 1);
  const importer = new Importer({ sql, ...task, head: new JournalHead(task.head) });
  let { keepMs } = task;
  const wake = new AbortController();
  parentPort?.on("message", (order: ImporterOrder) => {
    if (order.kind === "keep") keepMs = order.keepMs;
    else wake.abort();
  });

  for (let isLast = false; ; isLast = wake.signal.aborted) {
    try {
      await importRound(importer, task.folder, keepMs);
      if (isLast) break;
    } catch (error) {
      report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
      // What is not counted now is counted at the next start.
      if (isLast) break;
    }
    await sleep(everyMs, undefined, { signal: wake.signal }).catch(() => undefined);
  }
  await sql.end({ timeout: 2 });
  parentPort?.close();
}

async function importRound(importer: Importer, folder: string, keepMs: number): Promise<void> {
  for (;;) {
    const batch = await importer.importBatch();
    const { bytes, records, damaged } = batch;
    if (bytes > 0) report({ kind: "imported", bytes, records, damaged });
    deleteCounted(folder, batch.position, keepMs);
    if (batch.isCaughtUp) return;
  }
}

/** Removes whole segments before the position that a restart no longer needs for its rate limits. */
function deleteCounted(folder: string, position: ImportPosition, keepMs: number): void {
  for (const number of listSegments(folder)) {
    if (number >= position.segment || Date.now() - writtenAtMs(folder, number) <= keepMs) return;
    unlinkSync(join(folder, segmentName(number)));
  }
}

function report(message: ImporterReport): void {
  parentPort?.postMessage(message);
}

if (!isMainThread) await run(workerData as ImporterTask);
