import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { journalIdentity } from "../journal/journal-identity.ts";
import { encodeRecord } from "../journal/journal-line.ts";
import { lockJournal } from "../journal/journal-lock.ts";
import { segmentName } from "../journal/journal-segments.ts";
import { seedAccount, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let dataDir: string;
let account: string;
let token: string;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-left-"));
  account = await seedAccount(database.sql, await seedPlan(database.sql, null));
  token = (await seedToken(database.sql, account)).id;
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A journal of three decisions beside the gate's own. */
function leave(gateId: string): string {
  const folder = join(dataDir, "journal", gateId);
  mkdirSync(folder, { recursive: true });
  const record = {
    atMs: Date.UTC(2026, 10, 24, 12),
    code: "allowed" as const,
    surface: "http" as const,
    accountId: account,
    tokenId: token,
    secretId: null,
    endpointId: 3,
    spent: 1,
    recipients: 1,
    ip: null,
    userAgent: null,
    caller: "",
    requestId: null,
    refusal: null,
  };
  const text = `gatehouse-journal\t1\t${gateId}\t1\n${encodeRecord(record).repeat(3)}`;
  writeFileSync(join(folder, segmentName(1)), text, "latin1");
  return folder;
}

async function counted(): Promise<number> {
  const [row] =
    await database.sql`select coalesce(sum(requests), 0)::int as requests from usage_day where account_id = ${account}`;
  return Number(row?.requests);
}

it("what a gate has left under a name that it no longer has is counted, once", async () => {
  leave("gate-old");
  for (let start = 0; start < 2; start += 1) {
    const gate = await testGate(database.url, { dataDir, gateId: "gate-new" });
    await eventually("it is counted", async () => (await counted()) === 3);
    await gate.stop();
  }
  expect(await counted()).toBe(3);
});

/** A gate that lives elsewhere under a name, with that journal. */
const lives = (gateId: string, journalId: string) =>
  database.sql`insert into gate (id, pid, started_at, last_seen_at, lease_until, journal_id)
    values (${gateId}, 1, now(), now(), now() + interval '30 s', ${journalId})
    on conflict (id) do update set lease_until = excluded.lease_until, journal_id = excluded.journal_id`;

it("what a gate was refused a name for is counted under its next one", async () => {
  journalIdentity(leave("gate-1"));
  await lives("gate-1", randomUUID());
  const gate = await testGate(database.url, { dataDir, gateId: "gate-new" });
  await gate.stop();
  expect(await counted()).toBe(3);
});

it("a journal is left to the gate that has its lock", async () => {
  const lock = lockJournal(leave("gate-busy"));
  const gate = await testGate(database.url, { dataDir, gateId: "gate-new" });
  await gate.stop();
  expect(await counted()).toBe(0);
  lock.release();
});

it("a journal is left to the gate that may come back to it without waiting", async () => {
  await lives("gate-busy", journalIdentity(leave("gate-busy")));
  const gate = await testGate(database.url, { dataDir, gateId: "gate-new" });
  await gate.stop();
  expect(await counted()).toBe(0);
});
