import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createCredential } from "../../gateways/create-credential.ts";
import { revokeCredential } from "../../gateways/revoke-credential.ts";
import { ctxOf, staffCtx } from "../../testing.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, send, type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let gate: TestGate;
let token: { id: string; secret: string };

beforeAll(async () => {
  database = await testDatabase();
  await seedEndpoint(database.sql, { name: "any", path: "/**", rateLimit: 1_000 });
  token = await seedToken(database.sql, await seedAccount(database.sql, await seedPlan(database.sql, null)));
  gate = await testGate(database.url, { host: "0.0.0.0" });
});
afterAll(async () => {
  await gate.remove();
  await database.close();
});

const call = (headers: Record<string, string>, url = gate.url) =>
  send(`${url}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ token: token.secret, endpoint: "any" }),
  });
const forwarded = (headers: Record<string, string>) =>
  send(`${gate.url}/forward-auth`, {
    headers: {
      authorization: `Bearer ${token.secret}`,
      "x-forwarded-method": "GET",
      "x-forwarded-uri": "/",
      ...headers,
    },
  });

describe("callers of the gate", () => {
  it("need no credential on the gate's own machine while there is none, and get nothing from elsewhere", async () => {
    expect((await call({})).status).toBe(200);
    expect((await call({ authorization: "Bearer whatever" })).status).toBe(200);
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === "IPv4" && !one.internal)?.address;
    if (outside === undefined) return;
    const answer = await call({}, gate.url.replace("127.0.0.1", outside));
    expect(answer).toMatchObject({ status: 401, headers: { "www-authenticate": 'Bearer realm="gate"' } });
    expect(JSON.parse(answer.text)).toMatchObject({ code: "unknown_caller" });
    expect((await send(`${gate.url.replace("127.0.0.1", outside)}/healthz`)).status).toBe(200);
  });

  it("need one from the moment it exists, by the header of each call, and lose it the moment it is revoked", async () => {
    const admin = ctxOf(database.db, (await staffCtx(database.db, "admin")).actor, new Date());
    const { id, secret } = await createCredential(admin, { name: "edge" });
    await eventually("the gate wants a credential", async () => (await call({})).status === 401);

    const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString("base64")}` });
    const right: Record<string, string>[] = [
      { authorization: `Bearer ${secret}` },
      { authorization: `bearer  ${secret} ` },
      { "x-gate-key": secret },
      basic(`edge:${secret}`),
      basic(`edge:${encodeURIComponent(secret)}`),
    ];
    for (const headers of right) expect((await call(headers)).status).toBe(200);
    const wrong: Record<string, string>[] = [
      { authorization: `Bearer ${token.secret}` },
      { authorization: secret },
      { "x-gate-key": `${secret}x` },
      { "x-gate-key": "", authorization: `Bearer ${secret}` },
      basic("edge:%zz"),
      basic(secret),
    ];
    for (const headers of wrong) expect((await call(headers)).status).toBe(401);
    for (const path of ["/v1/introspect", "/v1/outcomes", "/v1/verify/batch", "/metrics", "/nowhere"]) {
      expect((await send(`${gate.url}${path}`)).status).toBe(401);
    }
    for (const path of ["/healthz", "/readyz"]) expect((await send(`${gate.url}${path}`)).status).toBe(200);
    // There Authorization is the client's.
    expect((await forwarded({ "x-gate-key": secret })).status).toBe(200);
    expect((await forwarded({})).status).toBe(401);
    expect((await forwarded({ authorization: `Bearer ${secret}` })).status).toBe(401);

    await eventually("its last use is told", async () => {
      const [row] = await database.sql`select last_used_at from gateway_credential where id = ${id}`;
      return row?.last_used_at instanceof Date;
    });
    const other = await createCredential(admin, { name: "other" });
    await revokeCredential(admin, { credentialId: id });
    await eventually("the gate refuses it", async () => (await call({ "x-gate-key": secret })).status === 401);
    await eventually(
      "the gate knows the other",
      async () => (await call({ "x-gate-key": other.secret })).status === 200,
    );
    await revokeCredential(admin, { credentialId: other.id });
    await eventually("none is left", async () => (await call({})).status === 200);
  });
});
