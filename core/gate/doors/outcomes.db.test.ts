import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Desk } from "../testing/testing-desk.ts";
import { breakableWay, post, testGate } from "../testing/testing-gate.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const report = (outcomes: unknown) => post(`${desk.gate.url}/v1/outcomes`, JSON.stringify({ outcomes }));

describe("POST /v1/outcomes", () => {
  it("stores each report once, under the account of its token", async () => {
    const { id, account } = await desk.client();
    const at = new Date(Date.now() - 60_000).toISOString();
    const list = [
      { id: "r-1", token: id, kind: "status", status: 404, endpoint: "domains.get", request_id: "q-1", at },
      { id: "r-2", token: id, kind: "bounce" },
      { id: "r-2", token: id, kind: "bounce" },
      { id: "r-3", token: crypto.randomUUID(), kind: "complaint" },
    ];
    expect(JSON.parse((await report(list)).text)).toEqual({ stored: 2, repeated: 1, unknown: 1 });
    expect(JSON.parse((await report(list)).text)).toEqual({ stored: 0, repeated: 3, unknown: 1 });
    const rows = await desk.database.sql`
      select o.id, account_id, kind, status, e.name as endpoint, request_id, at from outcome o
      left join endpoint e on e.id = o.endpoint_id where token_id = ${id} order by o.id`;
    expect(rows.map((row) => ({ ...row }))).toMatchObject([
      { id: "r-1", account_id: account, kind: "status", status: 404, endpoint: "domains.get", request_id: "q-1" },
      { id: "r-2", account_id: account, kind: "bounce", status: null, endpoint: null, request_id: null },
    ]);
    expect(rows[0]?.at.toISOString()).toBe(at);
  });

  it("keeps what was asked for where the API refused it: no query, no credential, no more than a refusal of the gate keeps", async () => {
    const { id } = await desk.client();
    const asked = {
      token: id,
      kind: "status",
      method: "get",
      ip: "2001:db8::1",
      user_agent: "curl/8 Bearer abcdef123",
    };
    const path = "/v1/token=abcdefgh1?email=mia@example.com";
    const list = [
      { ...asked, id: "a-1", status: 404, path },
      { ...asked, id: "a-2", status: 200, path },
      { ...asked, id: "a-3", status: 400, path: "/a\u0000b" },
      { ...asked, id: "a-4", status: 500, path: `/${"a".repeat(3_000)}` },
    ];
    expect(JSON.parse((await report(list)).text)).toMatchObject({ stored: 4 });
    const rows = await desk.database.sql`
      select id, method, path, host(ip) as ip, user_agent from outcome where token_id = ${id} order by id`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { id: "a-1", method: "GET", path: "/v1/token=…", ip: "2001:db8::1", user_agent: "curl/8 Bearer …" },
      { id: "a-2", method: null, path: null, ip: null, user_agent: null },
      { id: "a-3", method: "GET", path: "/a\ufffdb", ip: "2001:db8::1", user_agent: "curl/8 Bearer …" },
      { id: "a-4", method: "GET", path: `/${"a".repeat(1_023)}`, ip: "2001:db8::1", user_agent: "curl/8 Bearer …" },
    ]);
  });

  const good = { id: "x", token: "11111111-1111-4111-8111-111111111111", kind: "bounce" };
  it.each<[string, unknown, string]>([
    ["no list", {}, "/outcomes"],
    ["an empty list", [], "/outcomes"],
    ["a number", [7], "/outcomes/0"],
    ["an unknown field", [{ ...good, code: 1 }], "/outcomes/0/code"],
    ["no id", [{ ...good, id: "" }], "/outcomes/0/id"],
    ["a secret as token", [good, { ...good, token: "gth_abc" }], "/outcomes/1/token"],
    ["an unknown kind", [{ ...good, kind: "praise" }], "/outcomes/0/kind"],
    ["a status that is missing", [{ ...good, kind: "status" }], "/outcomes/0/status"],
    ["a status that is none", [{ ...good, status: 99 }], "/outcomes/0/status"],
    ["an unknown endpoint", [{ ...good, endpoint: "nothing" }], "/outcomes/0/endpoint"],
    ["a method that is none", [{ ...good, method: "G T" }], "/outcomes/0/method"],
    ["an empty path", [{ ...good, path: "" }], "/outcomes/0/path"],
    ["a path longer than any", [{ ...good, path: `/${"a".repeat(9_000)}` }], "/outcomes/0/path"],
    ["an address that is none", [{ ...good, ip: "localhost" }], "/outcomes/0/ip"],
    ["a client that is no text", [{ ...good, user_agent: 7 }], "/outcomes/0/user_agent"],
    ["a time without a zone", [{ ...good, at: "2026-11-24T09:30:00" }], "/outcomes/0/at"],
    ["a time long ago", [{ ...good, at: "2020-01-01T00:00:00Z" }], "/outcomes/0/at"],
    ["a time to come", [{ ...good, at: new Date(Date.now() + 3_600_000).toISOString() }], "/outcomes/0/at"],
  ])("names the field of %s", async (_, outcomes, pointer) => {
    const answer = await report(outcomes);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "invalid_field", errors: [{ pointer }] });
  });

  it("says 503 while the database is away, and stores the same report once it is back", async () => {
    const way = await breakableWay(desk.database.url);
    const gate = await testGate(way.url, { gateId: "gate-2" });
    const { id } = await desk.client();
    const call = () =>
      post(`${gate.url}/v1/outcomes`, JSON.stringify({ outcomes: [{ id: "late", token: id, kind: "bounce" }] }));
    way.cut();
    expect(await call()).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    way.mend();
    await expect
      .poll(async () => (await call()).text, { timeout: 10_000 })
      .toBe('{"stored":1,"repeated":0,"unknown":0}');
    await gate.remove();
    way.close();
  });
});
