import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import {
  liftActions,
  seedAccount,
  seedAction,
  seedEndpoint,
  seedPlan,
  seedToken,
  tellGates,
} from "../testing/testing.ts";
import { breakableWay, eventually, type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let way: Awaited<ReturnType<typeof breakableWay>>;
let gate: TestGate;
let plan: number;
let account: string;
let token: { id: string; secret: string };

beforeAll(async () => {
  database = await testDatabase();
  plan = await seedPlan(database.sql, 1_000_000);
  await seedEndpoint(database.sql, { name: "any", path: "/**" });
});
afterAll(() => database.close());
beforeEach(async () => {
  way = await breakableWay(database.url);
  account = await seedAccount(database.sql, plan);
  token = await seedToken(database.sql, account);
  gate = await testGate(way.url, { maxStaleSeconds: 2 });
});
afterEach(async () => {
  way.mend();
  await gate.remove();
  way.close();
});

async function code(secret = token.secret): Promise<string> {
  return (await gate.verify({ token: secret, endpoint: "any" })).code;
}

async function confirmed(accountId: string, version: number): Promise<void> {
  await eventually(`version ${version} is confirmed`, async () => {
    const [row] = await database.sql`select 1 from standing_confirmation
      where account_id = ${accountId} and gate_id = 'gate-1' and standing_version >= ${version}`;
    return row !== undefined;
  });
}

describe("a suspension", () => {
  it("refuses the next request once it is confirmed, and not one after its lift is", async () => {
    expect(await code()).toBe("allowed");
    const version = await seedAction(database.sql, account, { type: "suspension", state: "active" });
    await tellGates(database.sql, "gate_account", { accountId: account, standingVersion: version });
    await confirmed(account, version);
    expect(await code()).toBe("account_suspended");
    const lifted = await liftActions(database.sql, account);
    await tellGates(database.sql, "gate_account", { accountId: account, standingVersion: lifted });
    await confirmed(account, lifted);
    expect(await code()).toBe("allowed");
  });

  it("is confirmed also when the account is not cached, and told on a channel", async () => {
    const heard: unknown[] = [];
    const { unlisten } = await database.sql.listen("standing_confirmed", (payload) => heard.push(JSON.parse(payload)));
    const version = await seedAction(database.sql, account, { type: "suspension", state: "active" });
    await tellGates(database.sql, "gate_account", { accountId: account, standingVersion: version });
    await expect
      .poll(() => heard, { timeout: 10_000 })
      .toContainEqual({ accountId: account, gateId: "gate-1", standingVersion: version });
    expect(await code()).toBe("account_suspended");
    await unlisten();
  });

  it("holds for all tokens of the account under load, from the confirmation on", async () => {
    const secrets = [token.secret];
    for (let i = 0; i < 4; i++) secrets.push((await seedToken(database.sql, account)).secret);
    let isConfirmed = false;
    let isOver = false;
    const late: string[] = [];
    const load = secrets.map(async (secret) => {
      while (!isOver) {
        const wasConfirmed = isConfirmed;
        const answer = await code(secret);
        if (wasConfirmed && answer !== "account_suspended") late.push(answer);
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const version = await seedAction(database.sql, account, { type: "suspension", state: "active" });
    await tellGates(database.sql, "gate_account", { accountId: account, standingVersion: version });
    await confirmed(account, version);
    isConfirmed = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
    isOver = true;
    await Promise.all(load);
    expect(late).toEqual([]);
  });

  it("is confirmed by a gate that starts while it is being applied, or that missed the message", async () => {
    const version = await seedAction(database.sql, account, { type: "suspension", state: "applying" });
    await confirmed(account, version);
    expect(await code()).toBe("account_suspended");
  });
});

describe("a token", () => {
  it("is known at once after it was asked for too early", async () => {
    const early = await seedToken(database.sql, account);
    await database.sql`delete from token_secret where token_id = ${early.id}`;
    expect(await code(early.secret)).toBe("unknown_token");
    const [made] = await database.sql`insert into token_secret (token_id, hash, preview)
      values (${early.id}, sha256(${early.secret}::bytea), '') returning encode(hash, 'hex') as hash`;
    expect(await code(early.secret)).toBe("unknown_token");
    await tellGates(database.sql, "gate_token", { tokenId: early.id, hashes: [made?.hash] });
    await eventually("it is known", async () => (await code(early.secret)) === "allowed");
  });

  it("is refused after it was revoked", async () => {
    expect(await code()).toBe("allowed");
    const [row] = await database.sql`update token set revoked_at = now() where id = ${token.id}
      returning (select encode(hash, 'hex') from token_secret where token_id = ${token.id}) as hash`;
    await tellGates(database.sql, "gate_token", { tokenId: token.id, hashes: [row?.hash] });
    await eventually("it is refused", async () => (await code()) === "token_revoked");
  });

  it("is looked up once however many ask at the same time", async () => {
    const before = gate.gate.counts.lookups;
    expect(await Promise.all(Array.from({ length: 20 }, () => code()))).toEqual(Array(20).fill("allowed"));
    expect(gate.gate.counts.lookups - before).toBeLessThanOrEqual(20);
    const later = gate.gate.counts.lookups;
    expect(await code()).toBe("allowed");
    expect(gate.gate.counts.lookups).toBe(later);
  });
});

it("takes a change of plans without a restart", async () => {
  expect((await gate.verify({ token: token.secret, endpoint: "any" })).limits[0]?.limit).toBe(1_000_000);
  await database.sql`update plan set quota_per_day = 77 where id = ${plan}`;
  await database.sql`select pg_notify('gate_provider', '')`;
  await eventually("the new quota is told", async () => {
    const { limits } = await gate.verify({ token: token.secret, endpoint: "any" });
    return limits[0]?.limit === 77;
  });
  await database.sql`update plan set quota_per_day = 1000000 where id = ${plan}`;
});

it("survives messages that make no sense", async () => {
  expect(await code()).toBe("allowed");
  for (const channel of ["gate_token", "gate_account", "gate_provider"]) {
    for (const payload of [
      "",
      "{",
      "null",
      "[]",
      '{"accountId":7}',
      '{"hashes":["x"]}',
      '{"accountId":"x","standingVersion":"y"}',
    ]) {
      await database.sql`select pg_notify(${channel}, ${payload})`;
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await code()).toBe("allowed");
});

it("says once a second that it lives, and at the end that it has stopped", async () => {
  const seen = async () => {
    const [row] = await database.sql`select last_seen_at, stopped_at, pid from gate where id = 'gate-1'`;
    return row;
  };
  const first = await seen();
  expect(first).toMatchObject({ pid: process.pid, stopped_at: null });
  await expect.poll(async () => (await seen())?.last_seen_at > first?.last_seen_at, { timeout: 4000 }).toBe(true);
  await gate.stop();
  expect((await seen())?.stopped_at).toBeInstanceOf(Date);
});

describe("the database away", () => {
  it("lets cached tokens pass until it is away too long, then nobody, and everybody again when it is back", async () => {
    expect(await code()).toBe("allowed");
    const fresh = await seedToken(database.sql, account);
    way.cut();
    expect(await code()).toBe("allowed");
    await expect(code(fresh.secret)).rejects.toThrow("503");
    await eventually("the gate no longer trusts its memory", () =>
      code().then(
        () => false,
        () => true,
      ),
    );
    await expect(code()).rejects.toThrow(/503.*gate_stale/);
    expect(gate.gate.isReady).toBe(false);
    way.mend();
    await eventually("the gate decides again", () =>
      code().then(
        () => true,
        () => false,
      ),
    );
    expect(await code(fresh.secret)).toBe("allowed");
  }, 30_000);

  it("is not noticed by clients when it comes back in time, and what was missed is applied and confirmed", async () => {
    await gate.remove();
    gate = await testGate(way.url, { maxStaleSeconds: 30 });
    const revoked = await seedToken(database.sql, account);
    expect(await code()).toBe("allowed");
    expect(await code(revoked.secret)).toBe("allowed");
    way.cut();
    const version = await seedAction(database.sql, account, { type: "suspension", state: "applying" });
    await tellGates(database.sql, "gate_account", { accountId: account, standingVersion: version });
    expect(await code()).toBe("allowed");
    way.mend();
    await confirmed(account, version);
    expect(await code()).toBe("account_suspended");
    await database.sql`update token set revoked_at = now() where id = ${revoked.id}`;
    expect(await code(revoked.secret)).not.toBe("allowed");
  }, 30_000);

  it("for the moment in which it stops does not leave its name held against who takes its place", async () => {
    way.cut();
    setTimeout(way.mend, 400);
    await gate.remove();
    gate = await testGate(way.url);
    expect(await code()).toBe("allowed");
  }, 30_000);

  it("lets everybody pass when GATE_FAIL is open, refusing those it knows to be suspended", async () => {
    await gate.remove();
    gate = await testGate(way.url, { maxStaleSeconds: 1, fail: "open" });
    const suspended = await seedAccount(database.sql, plan);
    await seedAction(database.sql, suspended, { type: "suspension", state: "active" });
    const theirs = await seedToken(database.sql, suspended);
    const fresh = await seedToken(database.sql, account);
    expect(await code(theirs.secret)).toBe("account_suspended");
    way.cut();
    await eventually("the gate is stale", async () => !gate.gate.isReady);
    expect(await code(fresh.secret)).toBe("allowed");
    expect(await code(theirs.secret)).toBe("account_suspended");
    expect(gate.gate.counts.failedOpen).toBeGreaterThan(0);
  }, 30_000);
});
