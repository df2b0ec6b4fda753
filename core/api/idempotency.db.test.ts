import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { claimKey, keepAnswer, keyUse, releaseKey } from "./idempotency.ts";
import { forgetOwnLimits } from "./own-limit.ts";
import { apiClient, type Call } from "./testing.ts";

let test: TestDatabase;
let call: ReturnType<typeof apiClient>;
let owner: Ctx;
let token: string;

beforeAll(async () => {
  test = await testDatabase();
  call = apiClient(test.db, testNow);
  owner = await (await accountWith(test.db, "Northwind")).memberCtx("owner");
  token = (await createToken(owner, { name: "automation", scopes: ["tokens:read", "tokens:write"] })).secret;
});
beforeEach(() => forgetOwnLimits());
afterAll(() => test.close());

const later = (seconds: number) => new Date(testNow.getTime() + seconds * 1_000);
const send = (key: string, name: string, more: Call = {}) =>
  call("POST", "/tokens", { token, body: { name }, ...more, headers: { "idempotency-key": key, ...more.headers } });
const made = async (name: string) =>
  (await test.sql`select count(*)::int as tokens from token where name = ${name}`)[0]?.tokens;
const answer = { status: 201, body: "{}", headers: {} };

describe("an Idempotency-Key sent again", () => {
  it("with the same secret gives the same answer, however the header is spelt", async () => {
    const first = await send("spelt", "spelt");
    for (const authorization of [`bearer ${token}`, `BEARER   ${token} `]) {
      const again = await send("spelt", "spelt", { headers: { authorization } });
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get("idempotency-replayed")).toBe("true");
    }
  });

  it("with the new secret of the token is done once, and the answer that only the old one opens is refused", async () => {
    const { tokenId, secret } = await createToken(owner, { name: "rotating", scopes: ["tokens:write"] });
    expect((await send("rotated", "rotated", { token: secret })).status).toBe(201);
    const rotated = await rotateToken(owner, { tokenId, overlapHours: 24 });
    const again = await send("rotated", "rotated", { token: rotated.secret });
    expect([again.status, again.body.code]).toEqual([422, "idempotency_mismatch"]);
    expect((await send("rotated", "rotated", { token: secret })).status).toBe(201);
    expect(await made("rotated")).toBe(1);
  });
});

describe("an Idempotency-Key whose first request takes longer than a minute", () => {
  /** Runs `during` while nobody can write a token; requests that came to that point wait. */
  async function whileLocked(during: (waiting: (count: number) => Promise<void>) => Promise<void>): Promise<void> {
    const holder = openDatabase(test.url, { max: 1 });
    await holder.sql.begin(async (tx) => {
      await tx`lock table token in share mode`;
      await during(async (count) => {
        // For the table, or for whoever of them counts the account's tokens first.
        const blocked = async () =>
          (
            await test.sql`select count(*)::int as n from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock'`
          )[0]?.n;
        await expect.poll(blocked).toBe(count);
      });
    });
    await holder.close();
  }

  it("does it once all the same: who lost the key to a later request takes back what it did", async () => {
    const running: ReturnType<typeof send>[] = [];
    await whileLocked(async (waiting) => {
      running.push(send("slow", "slow"));
      await waiting(1);
      running.push(send("slow", "slow", { now: later(61) }));
      await waiting(2);
    });
    const [first, second] = await Promise.all(running);
    expect([first?.status, first?.body.code]).toEqual([409, "idempotency_conflict"]);
    expect(second?.status).toBe(201);
    expect(await made("slow")).toBe(1);
    expect((await send("slow", "slow", { now: later(62) })).body).toEqual(second?.body);
  });

  it("belongs to the later one, whatever becomes of the first", async () => {
    const caller = crypto.randomUUID();
    const use = (seconds: number) => keyUse("lost", caller, "credential", "POST /x", later(seconds));
    expect(await claimKey(test.db, use(0))).toBeNull();
    expect(await claimKey(test.db, use(61))).toBeNull();
    await releaseKey(test.db, use(0));
    await expect(claimKey(test.db, use(62))).rejects.toMatchObject({ code: "idempotency_conflict" });
    await expect(keepAnswer(test.db, use(0), answer)).rejects.toMatchObject({ code: "idempotency_conflict" });
    await keepAnswer(test.db, use(61), answer);
    expect(await claimKey(test.db, use(63))).toMatchObject({ status: 201, body: "{}" });
  });

  it("is answered 503 before that where the database has a limit, and can be sent again", async () => {
    const pool = openDatabase(test.url, { max: 2, statementTimeoutMs: 500 });
    const limited = apiClient(pool.db, testNow);
    const again = { token, body: { name: "hung" }, headers: { "idempotency-key": "hung" } };
    await whileLocked(async () => {
      expect((await limited("POST", "/tokens", again)).status).toBe(503);
    });
    expect((await limited("POST", "/tokens", again)).status).toBe(201);
    expect(await made("hung")).toBe(1);
    await pool.close();
  });
});
