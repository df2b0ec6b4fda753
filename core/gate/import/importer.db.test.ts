import { randomBytes, randomUUID } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql, TransactionSql } from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newReceipt, receiptHex } from "../../rules/limits/receipt.ts";
import { JournalHead } from "../journal/journal-head.ts";
import { encodeRecord, type JournalRecord } from "../journal/journal-line.ts";
import { segmentName } from "../journal/journal-segments.ts";
import { seedAccount, seedPlan, seedToken } from "../testing/testing.ts";
import { Importer } from "./importer.ts";
import { refusalsKept } from "./kept-refusals.ts";
import { secretPairsKept } from "./secret-use-store.ts";

let database: TestDatabase;
let folder: string;
let gateId: string;
let journalId: string;
let account: string;
let token: string;

const noon = Date.UTC(2026, 10, 24, 12);

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-import-"));
  gateId = `gate-${randomBytes(4).toString("hex")}`;
  journalId = randomUUID();
  account = await seedAccount(database.sql, await seedPlan(database.sql, 100));
  token = (await seedToken(database.sql, account)).id;
});
afterEach(() => rmSync(folder, { recursive: true }));

const queries = { run: <T>(work: (sql: Sql) => Promise<T>) => work(database.sql) };

function importer(onStep?: (step: string) => void, maxBatchBytes?: number): Importer {
  return new Importer({ queries, folder, gateId, journalId, head: new JournalHead(), onStep, maxBatchBytes });
}

function allowed(change: Partial<JournalRecord> = {}): JournalRecord {
  return {
    atMs: noon,
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
  };
}

function refused(change: Partial<JournalRecord> = {}): JournalRecord {
  const atMs = change.atMs ?? noon;
  return allowed({
    code: "rate_limited",
    spent: 0,
    refusal: {
      receipt: newReceipt(atMs, randomBytes),
      method: "POST",
      path: "/v1/email",
      limiter: { name: "endpoint-rate", limit: 3, used: 3, windowSeconds: 60, cost: 5 },
      retryAfterSeconds: 12,
      missingScope: null,
      tokenKey: null,
    },
    ...change,
  });
}

function write(segment: number, records: JournalRecord[], tail = ""): void {
  const head = `gatehouse-journal\t1\t${gateId}\t${segment}\n`;
  writeFileSync(join(folder, segmentName(segment)), head + records.map(encodeRecord).join("") + tail, "latin1");
}

/** Everything the import has written about the account, as numbers. */
async function counted() {
  const { sql } = database;
  const sums = async (table: string) =>
    (
      await sql`select outcome, sum(requests)::int as requests, sum(spent)::int as spent from ${sql(table)}
        where account_id = ${account} group by outcome order by outcome`
    ).map((row) => `${row.outcome} ${row.requests} ${row.spent}`);
  const [second] = await sql`select coalesce(sum(allowed), 0)::int as allowed, coalesce(sum(refused), 0)::int as refused
    from usage_seconds(${account}, '-infinity', 'infinity')`;
  const [network] =
    await sql`select coalesce(sum(requests), 0)::int as requests from network_day where account_id = ${account}`;
  const [refusal] = await sql`select count(*)::int as kept from refusal where account_id = ${account}`;
  return {
    minute: await sums("usage_minute"),
    hour: await sums("usage_hour"),
    day: await sums("usage_day"),
    second: `${second?.allowed} ${second?.refused}`,
    network: network?.requests,
    refusals: refusal?.kept,
  };
}

const bothOnce = {
  minute: ["allowed 40 80", "rate_limited 10 0"],
  hour: ["allowed 40 80", "rate_limited 10 0"],
  day: ["allowed 40 80", "rate_limited 10 0"],
  second: "40 10",
  network: 50,
  refusals: 10,
};

function writeBoth(): void {
  const minutes = [0, 1, 59, 61, 125];
  write(
    1,
    Array.from({ length: 40 }, (_, i) => allowed({ atMs: noon + (minutes[i % 5] ?? 0) * 60_000 + i * 700, spent: 2 })),
  );
  write(
    2,
    Array.from({ length: 10 }, (_, i) => refused({ atMs: noon + i * 1000 })),
  );
}

describe("import of the journal", () => {
  it("adds up the same totals in every grain", async () => {
    writeBoth();
    expect(await importer().importAll()).toBe(50);
    expect(await counted()).toEqual(bothOnce);
    expect(await importer().importAll()).toBe(0);
    expect(await counted()).toEqual(bothOnce);
  });

  it("counts a batch of very many tokens like a small one, and each of its seconds", async () => {
    const tokens = Array.from({ length: 2_500 }, () => randomUUID());
    const agent = 'a\\"b\u00e9';
    write(
      1,
      tokens.flatMap((tokenId, i) => [
        allowed({ tokenId, atMs: noon + (i % 60) * 1000, userAgent: agent }),
        allowed({ tokenId, atMs: noon + ((i + 30) % 60) * 1000, userAgent: agent }),
      ]),
    );
    write(2, [allowed({ userAgent: agent }), ...tokens.map((tokenId) => allowed({ tokenId, atMs: noon + 7_500 }))]);
    const batches = [await importer(undefined, 100_000).importBatch(), await importer().importBatch()];
    expect(batches.map((one) => one.isCaughtUp)).toEqual([false, true]);
    expect(await counted()).toMatchObject({ minute: ["allowed 7501 7501"], day: ["allowed 7501 7501"], network: 7501 });
    const { sql } = database;
    const seconds = await sql`select at, sum(allowed)::int as allowed from usage_seconds(${account},
      ${new Date(noon + 7_000)}, ${new Date(noon + 9_000)}) group by at order by at`;
    const bySecond = (second: number) =>
      tokens.filter((_, i) => i % 60 === second).length + tokens.filter((_, i) => (i + 30) % 60 === second).length;
    expect(seconds.map((row) => row.allowed)).toEqual([bySecond(7) + 2_500, bySecond(8)]);
    const [use] = await sql`select user_agent, host(ip) as ip from token_last_use where token_id = ${token}`;
    expect(use).toEqual({ user_agent: agent, ip: "192.0.2.7" });
  });

  it("counts very many tokens also where the role may make no temporary table", async () => {
    const { sql } = database;
    const role = `import_${randomBytes(4).toString("hex")}`;
    const [{ name } = { name: "" }] = await sql<{ name: string }[]>`select current_database() as name`;
    await sql.unsafe(`create role ${role}; grant all on all tables in schema public to ${role};
      grant execute on all functions in schema public to ${role}; revoke temporary on database "${name}" from public`);
    const asRole = {
      run: <T>(work: (sql: Sql) => Promise<T>) => {
        const begin = (of: (tx: TransactionSql) => Promise<unknown>) =>
          sql.begin(async (tx) => {
            await tx.unsafe(`set local role ${role}`);
            return of(tx);
          });
        return work(Object.assign((...of: Parameters<Sql>) => sql(...of), { begin }) as unknown as Sql);
      },
    };
    write(
      1,
      Array.from({ length: 2_500 }, () => allowed({ tokenId: randomUUID() })),
    );
    await new Importer({ queries: asRole, folder, gateId, journalId, head: new JournalHead() }).importAll();
    expect((await counted()).day).toEqual(["allowed 2500 2500"]);
    await sql.unsafe(`grant temporary on database "${name}" to public; drop owned by ${role}; drop role ${role}`);
  });

  it("counts everything once when it is stopped between any two steps", async () => {
    writeBoth();
    const steps: string[] = [];
    // Each round dies at the next step that was not reached before, until one comes through.
    for (let stopAt = 0; ; stopAt++) {
      let reached = 0;
      const dying = importer((step) => {
        if (reached++ < stopAt) return;
        steps.push(step);
        throw new Error("stopped");
      }, 900);
      const outcome = await dying.importAll().then(
        () => "through",
        () => "stopped",
      );
      if (outcome === "through") break;
    }
    expect(new Set(steps).size).toBeGreaterThanOrEqual(10);
    expect(await counted()).toEqual(bothOnce);
  });

  it("is not repeated by a second importer that started at the same place", async () => {
    writeBoth();
    const outcomes = await Promise.allSettled([importer().importAll(), importer().importAll(), importer().importAll()]);
    expect(outcomes.some((one) => one.status === "fulfilled")).toBe(true);
    await importer().importAll();
    expect(await counted()).toEqual(bothOnce);
  });

  it("leaves a torn last line alone, and goes on with the next segment", async () => {
    write(1, [allowed()], encodeRecord(allowed()).slice(0, 40));
    expect(await importer().importAll()).toBe(1);
    write(2, [allowed()]);
    expect(await importer().importAll()).toBe(1);
    expect((await counted()).day).toEqual(["allowed 2 2"]);
  });

  it("waits for the rest of a line that is being written", async () => {
    const line = encodeRecord(allowed());
    write(1, [], line.slice(0, 40));
    expect(await importer().importAll()).toBe(0);
    appendFileSync(join(folder, segmentName(1)), line.slice(40), "latin1");
    expect(await importer().importAll()).toBe(1);
  });

  it("reads nothing behind the head of the journal", async () => {
    write(1, [allowed(), allowed()]);
    const head = new JournalHead();
    const firstLineEnd = `gatehouse-journal\t1\t${gateId}\t1\n`.length + encodeRecord(allowed()).length;
    head.set(1, firstLineEnd);
    const careful = new Importer({ queries, folder, gateId, journalId, head });
    expect(await careful.importAll()).toBe(1);
    head.set(2, 0);
    expect(await careful.importAll()).toBe(1);
  });

  it("passes over damaged lines and says how many", async () => {
    write(1, [allowed()], "1\tnonsense\n\u0000\u0000\u0000\n");
    const batch = await importer().importBatch();
    expect(batch).toMatchObject({ records: 1, damaged: 2, isCaughtUp: true });
  });

  it("keeps what hostile clients sent as plain text", async () => {
    const hostile = `/v1/"{},\\N\n\t\u0000é\u{1f600}\ud800'); drop table token; --`;
    const record = refused();
    if (record.refusal) record.refusal.path = hostile;
    write(1, [{ ...record, userAgent: hostile, requestId: 'a"b\\c', ip: "not an address" }]);
    await importer().importAll();
    const [row] =
      await database.sql`select path, user_agent, request_id, ip from refusal where account_id = ${account}`;
    const kept = hostile
      .replace("\n", "\ufffd")
      .replace("\t", "\ufffd")
      .replace("\u0000", "\ufffd")
      .replace("\ud800", "\ufffd");
    expect(row).toMatchObject({ path: kept, user_agent: kept, request_id: 'a"b\\c', ip: null });
  });

  it("keeps the first refusals of a token, code and minute, and counts them all", async () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => refused({ atMs: noon + from + i }));
    write(1, many(0, refusalsKept - 5));
    await importer().importAll();
    write(2, [
      ...many(1000, 40),
      ...many(60_000, 3),
      ...many(2000, 1).map((one) => ({ ...one, code: "quota_exceeded" as const })),
    ]);
    await importer().importAll();
    expect(await counted()).toMatchObject({
      refusals: refusalsKept + 3 + 1,
      day: [`quota_exceeded 1 0`, `rate_limited ${refusalsKept - 5 + 43} 0`],
    });
  });

  it("keeps the receipt of every refusal that was handed out, once each, whatever ends in between", async () => {
    const all = Array.from({ length: 590 }, (_, i) => refused({ atMs: noon + i }));
    write(1, all.slice(0, 300));
    await importer().importAll();
    write(2, all.slice(300));
    await importer().importAll();
    await importer().importAll();
    const whole = await database.sql<{ receipt: string }[]>`select receipt from refusal where account_id = ${account}`;
    const rest = await database.sql<{ receipts: Buffer }[]>`
      select receipts from refusal_receipt where account_id = ${account}`;
    const hexes = rest.flatMap(({ receipts }) => receipts.toString("hex").match(/.{24}/g) ?? []);
    const kept = [...whole.map(({ receipt }) => receiptHex(receipt)), ...hexes].sort();
    expect(kept).toEqual(all.map(({ refusal }) => receiptHex(refusal?.receipt ?? "")).sort());
    expect(rest.length, "a row for each import and minute, not for each refusal").toBe(2);
  });

  it("tells the limit that refused", async () => {
    write(1, [refused()]);
    await importer().importAll();
    const [row] =
      await database.sql`select limiter, retry_after_seconds, gate_id from refusal where account_id = ${account}`;
    expect(row).toEqual({
      limiter: { name: "endpoint-rate", kind: "rate", limit: 3, used: 3, windowSeconds: 60, cost: 5 },
      retry_after_seconds: 12,
      gate_id: gateId,
    });
  });

  it("moves a token's last use forward only, and passes over a token that is gone", async () => {
    write(1, [
      allowed({ atMs: noon + 5000, ip: "192.0.2.9" }),
      allowed({ atMs: noon }),
      allowed({ tokenId: randomUUID() }),
    ]);
    await importer().importAll();
    write(2, [allowed({ atMs: noon + 1000 })]);
    await importer().importAll();
    const [row] =
      await database.sql`select at, host(ip) as ip, endpoint_id, user_agent from token_last_use where token_id = ${token}`;
    expect(row).toEqual({ at: new Date(noon + 5000), ip: "192.0.2.9", endpoint_id: 3, user_agent: "client/1" });
  });

  it("counts networks of known tokens, and attempts with tokens that name no account", async () => {
    const nobody = { accountId: null, tokenId: null, code: "unknown_token" as const };
    write(1, [
      allowed({ ip: "192.0.2.1" }),
      allowed({ ip: "192.0.2.200" }),
      allowed({ ip: "::ffff:198.51.100.4" }),
      allowed({ ip: "2001:db8:1:2::3" }),
      allowed({ ip: null }),
      refused({ ...nobody, ip: "203.0.113.5" }),
      refused({ ...nobody, ip: "203.0.113.6" }),
      refused({ ...nobody, ip: null }),
    ]);
    await importer().importAll();
    const networks =
      await database.sql`select network::text as network, requests from network_day where account_id = ${account} order by 1`;
    expect(networks.map((row) => `${row.network} ${row.requests}`)).toEqual([
      "192.0.2.0/24 2",
      "198.51.100.0/24 1",
      "2001:db8:1::/48 1",
    ]);
    const attempts = await database.sql`select network::text as network, requests from unknown_attempt order by 1`;
    expect(attempts.map((row) => `${row.network} ${row.requests}`)).toEqual(["0.0.0.0/0 1", "203.0.113.0/24 2"]);
  });

  it("adds up the recipients that calls told of, by endpoint and hour, and nothing for those that told none", async () => {
    write(1, [
      allowed({ recipients: 500 }),
      allowed({ recipients: 1 }),
      allowed(),
      allowed({ recipients: 7, endpointId: 9 }),
    ]);
    await importer().importAll();
    write(2, [allowed({ recipients: 20 }), allowed({ recipients: 3, atMs: noon + 3_600_000 })]);
    await importer().importAll();
    const rows = await database.sql`select endpoint_id, calls::int, recipients::int from recipient_hour
      where account_id = ${account} order by at, endpoint_id`;
    expect(rows.map((row) => Object.values(row))).toEqual([
      [3, 3, 521],
      [9, 1, 7],
      [3, 1, 3],
    ]);
  });

  it("counts distinct tokens that name no account over many batches, and keeps none of them", async () => {
    const guess = (tokenKey: string | null) => {
      const record = refused({ accountId: null, tokenId: null, code: "unknown_token", ip: "203.0.114.5" });
      return { ...record, refusal: record.refusal && { ...record.refusal, tokenKey } };
    };
    write(1, [guess("00".repeat(32)), guess("ff".repeat(32)), guess("00".repeat(32)), guess(null)]);
    await importer().importAll();
    write(2, [guess("ff".repeat(32)), guess("7a".repeat(32))]);
    await importer().importAll();
    const [row] = await database.sql`select requests, bit_count(token_bits)::int as tokens, token_bits::text as bits
      from unknown_attempt where network = '203.0.114.0/24'`;
    expect(row).toMatchObject({ requests: "6", tokens: 3, bits: expect.stringMatching(/^1.*1$/) });
  });

  it("keeps, beyond the first ones of a minute, each refusal that no kept wait covers", async () => {
    const at = (ms: number, seconds: number) => {
      const record = refused({ atMs: noon + ms });
      return { ...record, refusal: record.refusal && { ...record.refusal, retryAfterSeconds: seconds } };
    };
    write(
      1,
      Array.from({ length: refusalsKept }, (_, i) => at(i, 2)),
    );
    await importer().importAll();
    // The first ones told until 2.029 s; then a second each.
    write(2, [at(2_000, 1), at(2_029, 1), at(2_500, 1), at(3_029, 1), at(3_030, 9), at(20_000, 1)]);
    await importer().importAll();
    const rows = await database.sql`select round(extract(epoch from at) * 1000)::bigint - ${noon} as ms from refusal
      where account_id = ${account} and at >= ${new Date(noon + 100)} order by at`;
    expect(rows.map((row) => Number(row.ms))).toEqual([2_029, 3_029, 20_000]);
  });

  it("survives a clock that was wrong, without making a partition for every day in between", async () => {
    write(1, [allowed({ atMs: Date.UTC(2031, 4, 1) }), allowed()]);
    await importer().importAll();
    expect((await counted()).day).toEqual(["allowed 2 2"]);
    const [row] = await database.sql`select count(*)::int as made from pg_class where relname like 'usage_minute_20%'`;
    expect(row?.made).toBeLessThan(10);
  });

  it("counts each secret of a rotated token by network and client, and very many of them together", async () => {
    const { sql } = database;
    const [made] =
      await sql`insert into token_secret (token_id, hash, preview) values (${token}, ${randomBytes(32)}, 'p') returning id`;
    const secretId = String(made?.id);
    const many = Array.from({ length: secretPairsKept + 20 }, (_, i) =>
      allowed({ secretId, atMs: noon + i, userAgent: `client-${i}/1 (linux)` }),
    );
    write(1, [allowed(), allowed({ secretId, atMs: noon + 5_000, userAgent: "first/2.1 (x)" }), ...many]);
    write(2, [
      allowed({ secretId, atMs: noon + 9_000, userAgent: "first/2.1 (y)" }),
      allowed({ secretId: randomUUID(), atMs: noon }),
    ]);
    await importer().importAll();
    const rows = await sql`select client, text(network) as network, requests::int, last_at from secret_use
      where secret_id = ${secretId}::uuid order by requests desc, client`;
    expect(rows).toHaveLength(secretPairsKept + 1);
    expect(rows[0]).toMatchObject({ client: "", network: "0.0.0.0/0", requests: 21 });
    expect(rows[1]).toMatchObject({
      client: "first/2.1",
      network: "192.0.2.0/24",
      requests: 2,
      last_at: new Date(noon + 9_000),
    });
    expect(rows.reduce((sum, row) => sum + Number(row.requests), 0)).toBe(secretPairsKept + 22);
  });

  it("keeps from which network and by which client each kind of decision came, by the hour", async () => {
    const other = { ip: "198.51.100.4", userAgent: "curl/8.5 (x)", endpointId: 4 };
    write(1, [
      allowed(),
      allowed({ atMs: noon + 70_000 }),
      refused(),
      refused({ userAgent: null, ip: null }),
      allowed(other),
    ]);
    write(
      2,
      Array.from({ length: 3 }, (_, i) => allowed({ ...other, atMs: noon + i })),
    );
    await importer().importAll();
    const rows = await database.sql`select concat_ws(' ', outcome, endpoint_id, network, client, sum(requests)) as line
      from traffic_new where account_id = ${account} and at = ${new Date(noon)} group by outcome, endpoint_id, network, client order by 1`;
    expect(rows.map(({ line }) => line)).toEqual([
      "allowed 3 192.0.2.0/24 client/1 2",
      "allowed 4 198.51.100.0/24 curl/8.5 4",
      "rate_limited 3 0.0.0.0/0  1",
      "rate_limited 3 192.0.2.0/24 client/1 1",
    ]);
  });

  it("counts every call of a client that changes its name each time, without a row for each", async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => allowed({ atMs: noon + i, userAgent: `bot-${i}` }));
    write(1, many);
    await importer().importAll();
    const [row] = await database.sql`select count(*)::int as rows, sum(requests)::int as requests,
      max(requests) filter (where client = '…')::int as others from traffic_new where account_id = ${account}`;
    expect(row).toEqual({ rows: 51, requests: 5_000, others: 4_950 });
  });

  it("appends the traffic of very many tokens as it appends that of few", async () => {
    const tokens = Array.from({ length: 2_500 }, () => randomUUID());
    write(
      1,
      tokens.map((tokenId, i) => allowed({ tokenId, userAgent: i % 2 ? "a\\b c" : null })),
    );
    await importer().importAll();
    const rows =
      await database.sql`select client, count(distinct token_id)::int as tokens, min(at) as at from traffic_new
      where account_id = ${account} group by client order by client`;
    expect(rows.map(({ client, tokens, at }) => [client, tokens, at])).toEqual([
      ["", 1_250, new Date(noon)],
      ["a\\b", 1_250, new Date(noon)],
    ]);
  });
});
