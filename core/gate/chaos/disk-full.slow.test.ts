import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { diskCalls } from "../journal/journal-file.ts";
import { seedAccount, seedAction, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, post, send, type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let plan: number;
let isFull = false;
/** Half of a batch still fits: what a disk that fills up does. */
const disk = {
  ...diskCalls,
  writeSync: ((fd: number, data: Uint8Array, offset: number, length: number, position: number) => {
    if (!isFull) return diskCalls.writeSync(fd, data, offset, length, position);
    if (length > 1) return diskCalls.writeSync(fd, data, offset, length >> 1, position);
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  }) as typeof diskCalls.writeSync,
};

beforeAll(async () => {
  database = await testDatabase();
  plan = await seedPlan(database.sql, 10);
  await seedEndpoint(database.sql, { name: "any", path: "/**", rateLimit: 8 });
});
afterAll(() => database.close());

async function client() {
  const account = await seedAccount(database.sql, plan);
  return { account, ...(await seedToken(database.sql, account)) };
}
const ask = (gate: TestGate, token: string) =>
  post(`${gate.url}/v1/verify`, JSON.stringify({ token, endpoint: "any" }));

describe("a full disk", () => {
  it("lets nobody pass unrecorded, takes back what it had counted, and goes on when there is room", async () => {
    const gate = await testGate(database.url, { disk });
    const { secret } = await client();
    expect((await gate.verify({ token: secret, endpoint: "any" })).limits.map((one) => one.remaining)).toEqual([7, 9]);
    isFull = true;
    for (let i = 0; i < 5; i++) {
      const answer = await ask(gate, secret);
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
      expect(JSON.parse(answer.text).code).toBe("gate_journal");
    }
    expect((await send(`${gate.url}/metrics`)).text).toMatch(/gatehouse_gate_journal_faults_total [1-9]/);
    isFull = false;
    await eventually("there is room again", async () => (await ask(gate, secret)).status === 200);
    const { limits } = await gate.verify({ token: secret, endpoint: "any", dry_run: true });
    expect(limits.map((one) => one.remaining)).toEqual([6, 8]);
    await gate.remove();
    const [counted] =
      await database.sql`select sum(requests)::int as requests, sum(spent)::int as spent from usage_day`;
    expect(counted).toMatchObject({ requests: 2, spent: 2 });
  });

  it("lets pass what is allowed when GATE_FAIL is open, and refuses what is not", async () => {
    const gate = await testGate(database.url, { disk, fail: "open", gateId: "gate-open" });
    const { secret } = await client();
    const suspended = await client();
    await seedAction(database.sql, suspended.account, { type: "suspension" });
    isFull = true;
    expect((await gate.verify({ token: secret, endpoint: "any" })).code).toBe("allowed");
    expect((await gate.verify({ token: suspended.secret, endpoint: "any" })).code).toBe("account_suspended");
    isFull = false;
    await gate.remove();
  });
});
