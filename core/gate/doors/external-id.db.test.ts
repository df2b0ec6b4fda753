import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken, tellGates } from "../testing/testing.ts";
import { send, type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let gate: TestGate;
let plan: number;

beforeAll(async () => {
  database = await testDatabase();
  plan = await seedPlan(database.sql, 1000);
  await seedEndpoint(database.sql, { name: "any", path: "/**" });
  gate = await testGate(database.url);
});
afterAll(async () => {
  await gate.remove();
  await database.close();
});

/** What every door says of the account's external id. */
async function toldOf(secret: string) {
  const authorization = { authorization: `Bearer ${secret}` };
  const plain = { ...authorization, "x-forwarded-method": "GET", "x-forwarded-uri": "/a" };
  const nginx = { ...authorization, "x-original-method": "GET", "x-original-uri": "/a" };
  const [verified, introspected, forwarded, byNginx, refused] = await Promise.all([
    gate.verify({ token: secret, endpoint: "any" }),
    send(`${gate.url}/v1/introspect`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `token=${secret}`,
    }),
    send(`${gate.url}/forward-auth`, { headers: { ...plain, "x-account-external-id": "forged" } }),
    send(`${gate.url}/forward-auth/nginx`, { headers: nginx }),
    gate.verify({ token: secret, endpoint: "none" }),
  ]);
  const told = "x-account-external-id";
  return {
    verified: verified.account_external_id,
    refused: refused.account_external_id,
    introspected: JSON.parse(introspected.text).account_external_id,
    forwarded: forwarded.headers[told],
    nginx: byNginx.headers[told],
  };
}

it("every answer of the gate carries the account's external id, whatever it holds, from the next request after it changed", async () => {
  const account = await seedAccount(database.sql, plan);
  const { secret } = await seedToken(database.sql, account);
  expect(await toldOf(secret)).toEqual({
    verified: null,
    refused: null,
    introspected: undefined,
    forwarded: "-",
    nginx: "",
  });
  for (const id of ["cus_4711", `a"b\\c<'&%20,;=`]) {
    const [row] = await database.sql`update account set external_id = ${id}, standing_version = standing_version + 1
      where id = ${account} returning standing_version`;
    await tellGates(database.sql, "gate_account", {
      accountId: account,
      standingVersion: Number(row?.standing_version),
    });
    await expect.poll(async () => (await toldOf(secret)).verified).toBe(id);
    expect(await toldOf(secret)).toEqual({ verified: id, refused: id, introspected: id, forwarded: id, nginx: id });
  }
  expect((await gate.verify({ token: "gth_unknown", endpoint: "any" })).account_external_id).toBeNull();
});
