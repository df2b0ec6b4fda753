import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { buildGate } from "../../../bench/build-gate.mjs";
import { JournalHead } from "../journal/journal-head.ts";
import { encodeRecord } from "../journal/journal-line.ts";
import { listSegments, segmentName } from "../journal/journal-segments.ts";
import type { ImporterReport } from "./importer-thread.ts";

let database: TestDatabase;
let script: URL;
let folder: string;
let journalId: string;
beforeAll(async () => {
  database = await testDatabase();
  script = pathToFileURL(join(await buildGate("gatehouse-importer"), "importer-thread.mjs"));
});
afterAll(() => database.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-importer-"));
  journalId = randomUUID();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Three segments of one decision each, last written long ago. */
function writeSegments(): void {
  for (const segment of [1, 2, 3]) {
    const record = {
      atMs: Date.UTC(2026, 10, 24, 12),
      code: "allowed" as const,
      surface: "http" as const,
      accountId: randomUUID(),
      tokenId: randomUUID(),
      secretId: null,
      endpointId: 1,
      spent: 1,
      recipients: null,
      ip: null,
      userAgent: null,
      caller: "",
      requestId: null,
      refusal: null,
    };
    const path = join(folder, segmentName(segment));
    writeFileSync(path, `gatehouse-journal\t1\tgate-1\t${segment}\n${encodeRecord(record)}`, "latin1");
    utimesSync(path, new Date(0), new Date(0));
  }
}

/** What the thread says until it has said so many things. */
async function reports(count: number): Promise<ImporterReport[]> {
  const task = {
    databaseUrl: database.url,
    folder,
    gateId: "gate-1",
    journalId,
    head: new JournalHead().buffer,
    keepMs: 0,
  };
  const worker = new Worker(script, { workerData: task });
  const said: ImporterReport[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (report: ImporterReport) => {
      said.push(report);
      if (said.length === count) resolve();
    });
  });
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  worker.postMessage({ kind: "stop" });
  await ended;
  return said;
}

it("deletes segments once they are counted, but for the last", async () => {
  writeSegments();
  expect(await reports(1)).toMatchObject([{ kind: "imported", records: 3, position: { segment: 3 } }]);
  expect(listSegments(folder)).toEqual([3]);
});

it("deletes none that it has not counted, when a copy of the journal has moved its position on", async () => {
  writeSegments();
  await database.sql`insert into journal (id, gate_id, segment, offset_bytes, updated_at)
    values (${journalId}, 'gate-1', ${segmentName(9)}, 153, now())`;
  for (const { kind } of await reports(2)) expect(kind).toBe("failed");
  expect(listSegments(folder)).toEqual([1, 2, 3]);
});
