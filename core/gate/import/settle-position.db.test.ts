import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { JournalHead } from "../journal/journal-head.ts";
import { encodeRecord, type JournalRecord } from "../journal/journal-line.ts";
import { segmentName } from "../journal/journal-segments.ts";
import { seedAccount, seedPlan, seedToken } from "../testing/testing.ts";
import { Importer } from "./importer.ts";
import { settlePosition } from "./settle-position.ts";

let database: TestDatabase;
let folders: string[];
let gateId: string;
let account: string;
let token: string;

const noon = Date.UTC(2026, 10, 24, 12);
const queries = { run: <T>(work: (sql: Sql) => Promise<T>) => work(database.sql) };

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  folders = [];
  gateId = `gate-${randomBytes(4).toString("hex")}`;
  account = await seedAccount(database.sql, await seedPlan(database.sql, 100));
  token = (await seedToken(database.sql, account)).id;
});
afterEach(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

type Journal = { folder: string; journalId: string };

function newJournal(): Journal {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-settle-"));
  folders.push(folder);
  return { folder, journalId: randomUUID() };
}

/** A segment with so many decisions, one a second from that second of the noon minute on. Returns its size. */
function write(
  { folder }: Journal,
  segment: number,
  decisions: number,
  second = 0,
  change: Partial<JournalRecord> = {},
) {
  const lines = Array.from({ length: decisions }, (_, i) =>
    encodeRecord({
      atMs: noon + (second + i) * 1000,
      code: "allowed",
      surface: "http",
      accountId: account,
      tokenId: token,
      secretId: null,
      endpointId: 3,
      spent: 1,
      recipients: null,
      ip: "192.0.2.7",
      userAgent: "client/1",
      caller: "",
      requestId: null,
      refusal: null,
      ...change,
    }),
  );
  const text = `gatehouse-journal\t1\t${gateId}\t${segment}\n${lines.join("")}`;
  writeFileSync(join(folder, segmentName(segment)), text, "latin1");
  return text.length;
}

const importAll = (journal: Journal) =>
  new Importer({ queries, gateId, ...journal, head: new JournalHead() }).importAll();
const settle = (journal: Journal) => settlePosition({ queries, gateId, ...journal, nowMs: noon + 60_000 });

/** As a start does it. */
async function start(journal: Journal) {
  const settled = await settle(journal);
  return { settled, imported: await importAll(journal) };
}

/** What a version before journals had ids has left in the database. */
async function positionByName(segment: number, offset: number): Promise<void> {
  await database.sql`delete from journal`;
  await database.sql`insert into journal_position (gate_id, segment, offset_bytes, updated_at)
    values (${gateId}, ${segmentName(segment)}, ${offset}, now())
    on conflict (gate_id) do update set segment = excluded.segment, offset_bytes = excluded.offset_bytes`;
}

async function requests(): Promise<number[]> {
  const sums = ["usage_minute", "usage_hour", "usage_day"].map(async (table) => {
    const [row] = await database.sql`select coalesce(sum(requests), 0)::int as requests from ${database.sql(table)}
      where account_id = ${account}`;
    return Number(row?.requests);
  });
  return Promise.all(sums);
}

describe("journals of one gate's name in two folders", () => {
  it("are both counted, each by its own position", async () => {
    const [one, other] = [newJournal(), newJournal()];
    await start(one);
    await start(other);
    write(one, 24, 7);
    write(other, 24, 2);
    expect((await start(one)).imported).toBe(7);
    expect((await start(other)).imported).toBe(2);
    write(other, 30, 3);
    write(one, 25, 4);
    expect((await start(other)).imported).toBe(3);
    expect((await start(one)).imported).toBe(4);
    expect(await requests()).toEqual([16, 16, 16]);
  });

  it("stay where they are when a copy has moved the position on, which is found at the next start", async () => {
    const original = newJournal();
    write(original, 1, 5);
    const running = new Importer({ queries, gateId, ...original, head: new JournalHead() });
    await running.importAll();
    const copy = { ...newJournal(), journalId: original.journalId };
    write(copy, 1, 5);
    write(copy, 9, 2, 50);
    await start(copy);
    write(original, 2, 3, 20, { endpointId: 4 });
    await expect(running.importAll()).rejects.toThrow("position moved");
    await expect(importAll(original)).rejects.toThrow("position moved");
    expect(await start(original)).toEqual({ settled: { counted: 3, known: 5 }, imported: 0 });
    expect(await start(original)).toEqual({ settled: null, imported: 0 });
    expect(await requests()).toEqual([10, 10, 10]);
  });
});

describe("a folder of a version that kept positions by the gate's name", () => {
  it("goes on where it was", async () => {
    const journal = newJournal();
    const offset = write(journal, 4, 6);
    await importAll(journal);
    await positionByName(4, offset);
    write(journal, 5, 3, 10);
    expect(await start(journal)).toEqual({ settled: null, imported: 3 });
    expect(await requests()).toEqual([9, 9, 9]);
  });

  it("is counted from its first line when nothing of it was", async () => {
    const journal = newJournal();
    write(journal, 1, 6);
    expect(await start(journal)).toEqual({ settled: null, imported: 6 });
  });

  it.each([
    ["in a segment it does not have", 32, 645],
    ["behind the end of its segment", 6, 1_000_000],
    ["in the middle of a line", 6, 100],
    ["behind a first line, where every folder's can be", 6, 0],
  ])("gets back what it lost when another was counted over it: position %s", async (_, segment, offset) => {
    const stuck = newJournal();
    // Counted while both were: 5 of these 8, so that 3 stood below the shared position when it passed.
    write(stuck, 5, 5);
    await importAll(stuck);
    write(stuck, 5, 8);
    write(stuck, 6, 4, 10, { endpointId: 9 });
    const head = `gatehouse-journal\t1\t${gateId}\t6\n`.length;
    await positionByName(segment, offset || head);
    expect(await start(stuck)).toEqual({ settled: { counted: 7, known: 5 }, imported: 0 });
    expect(await requests()).toEqual([12, 12, 12]);
    // And it is no longer stuck.
    write(stuck, 7, 2, 40);
    expect(await start(stuck)).toEqual({ settled: null, imported: 2 });
    expect(await requests()).toEqual([14, 14, 14]);
  });

  it("loses and repeats nothing when it is stopped while that is put right", async () => {
    const stuck = newJournal();
    write(stuck, 5, 8);
    await positionByName(32, 645);
    const dying = {
      run: async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
        if (work.toString().includes("begin")) throw new Error("stopped");
        return work(database.sql);
      },
    };
    await expect(settlePosition({ queries: dying, gateId, ...stuck, nowMs: noon + 60_000 })).rejects.toThrow("stopped");
    expect((await start(stuck)).settled).toEqual({ counted: 8, known: 0 });
    expect(await requests()).toEqual([8, 8, 8]);
  });

  it("compares by the hour what is older than the minutes that are kept", async () => {
    const stuck = newJournal();
    write(stuck, 5, 8);
    await importAll(stuck);
    await database.sql`delete from usage_minute where account_id = ${account}`;
    await positionByName(32, 645);
    const settled = await settlePosition({ queries, gateId, ...stuck, nowMs: noon + 40 * 86_400_000 });
    expect(settled).toEqual({ counted: 0, known: 8 });
    expect(await requests()).toEqual([0, 8, 8]);
  });

  it("is known by the name in its segments when the gate was given another", async () => {
    const journal = newJournal();
    const offset = write(journal, 4, 6);
    await importAll(journal);
    await positionByName(4, offset);
    const renamed = { queries, gateId: `${gateId}-b`, ...journal };
    expect(await settlePosition({ ...renamed, nowMs: noon })).toBeNull();
    expect(await new Importer({ ...renamed, head: new JournalHead() }).importAll()).toBe(0);
    expect(await requests()).toEqual([6, 6, 6]);
  });

  it("is counted once when that version has run on it again in between", async () => {
    const journal = newJournal();
    await start(journal);
    const first = write(journal, 1, 6);
    expect((await start(journal)).imported).toBe(6);
    // That version counts on by the name alone.
    write(journal, 2, 4, 10);
    await importAll(journal);
    await database.sql`update journal set segment = ${segmentName(1)}, offset_bytes = ${first} where id = ${journal.journalId}`;
    write(journal, 3, 2, 40);
    expect(await start(journal)).toEqual({ settled: { counted: 2, known: 10 }, imported: 0 });
    expect(await requests()).toEqual([12, 12, 12]);
  });

  it("can go back to that version, which counts nothing twice", async () => {
    const journal = newJournal();
    const offset = write(journal, 4, 6);
    await start(journal);
    const [row] = await database.sql`select segment, offset_bytes::int from journal_position where gate_id = ${gateId}`;
    expect(row).toEqual({ segment: segmentName(4), offset_bytes: offset });
  });
});
