import { afterAll, beforeAll, expect, it } from "vitest";
import { seedAction } from "../testing/testing.ts";
import { GatewayDesk } from "./testing-gateway.ts";

/** What every gateway must do with the configuration that is published for it. */
export function tellGatewayStory(start: (desk: GatewayDesk) => Promise<void>, retries: number): void {
  let desk: GatewayDesk;
  beforeAll(async () => {
    desk = await GatewayDesk.open();
    await start(desk);
  });
  afterAll(() => desk?.close());

  it("lets an allowed request through, with identity for the API and limits for the client", async () => {
    const { secret, account, id } = await desk.client();
    await desk.database.sql`update account set external_id = 'cus_4711' where id = ${account}`;
    const forged = {
      ...{ "x-account-id": "forged", "x-account-external-id": "forged" },
      ...{ "x-token-id": "forged", "x-scopes": "everything" },
    };
    const answer = await desk.call(secret, "POST", "/v1/email?a=b", forged);
    expect(answer).toMatchObject({ status: 200, text: "from the API" });
    expect(answer.headers.ratelimit).toContain('"endpoint-rate";r=1');
    expect(answer.headers["ratelimit-policy"]).toContain("q=2;w=60");
    expect(answer.headers).toMatchObject({ "x-ratelimit-remaining": "1", "x-apiquota-remaining": "999" });
    expect(desk.seen.at(-1)).toMatchObject({
      method: "POST",
      headers: {
        ...{ "x-account-id": account, "x-account-external-id": "cus_4711" },
        ...{ "x-token-id": id, "x-scopes": "email:send" },
      },
      target: "/v1/email?a=b",
      body: "hello",
    });
  });

  it("never lets a client's own identity headers through, nor the gateway's credential", async () => {
    const { secret } = await desk.client({ scopes: [] });
    await desk.call(secret, "GET", "/v1/domains/1", {
      ...{ "x-scopes": "everything", "x-account-external-id": "forged", "x-gate-key": "mine" },
    });
    const seen = desk.seen.at(-1);
    expect(seen?.headers["x-account-external-id"]).toBe("-");
    expect(seen?.headers["x-scopes"]).toBe("-");
    expect(JSON.stringify(seen?.headers)).not.toContain("gthg_");
  });

  it("leaves the API's own refusals alone", async () => {
    const { secret } = await desk.client();
    expect(await desk.call(secret, "GET", "/v1/domains/hidden")).toMatchObject({ status: 403, text: "from the API" });
  });

  it("gives 401 with WWW-Authenticate for a wrong and for a missing token", async () => {
    const before = desk.seen.length;
    const wrong = await desk.call("gth_nonsense", "GET", "/v1/domains/1");
    expect(wrong.status).toBe(401);
    expect(wrong.headers["www-authenticate"]).toContain('error="invalid_token"');
    expect(JSON.parse(wrong.text)).toMatchObject({ status: 401, code: "malformed_token" });
    const none = await desk.call(null, "GET", "/v1/domains/1");
    expect(none.status).toBe(401);
    expect(none.headers["www-authenticate"]).not.toContain("error=");
    expect(desk.seen.length).toBe(before);
  });

  it("gives 403 with code and receipt for what is not allowed, and for a suspended account", async () => {
    const { secret } = await desk.client();
    const unknown = await desk.call(secret, "GET", "/v1/none");
    expect(unknown.status).toBe(403);
    const problem = JSON.parse(unknown.text);
    expect(problem).toMatchObject({ code: "unknown_endpoint", receipt: expect.stringMatching(/^rcp_/) });
    expect(problem.instance).toBe(`https://access.example.com/r/${problem.receipt}`);
    const other = await desk.client();
    await seedAction(desk.database.sql, other.account, { type: "suspension" });
    const suspended = await desk.call(other.secret, "GET", "/v1/domains/1");
    expect(suspended.status).toBe(403);
    expect(JSON.parse(suspended.text)).toMatchObject({ code: "account_suspended" });
  });

  it("gives 429 with Retry-After and limits when the rate limit is reached, also by another spelling of the path", async () => {
    const { secret } = await desk.client();
    const statuses: number[] = [];
    for (const path of ["/v1/email", "/V1/EMAIL/"]) {
      statuses.push((await desk.call(secret, "POST", path)).status);
    }
    const before = desk.seen.length;
    expect(statuses).toEqual([200, 200]);
    const refused = await desk.call(secret, "POST", "/v1/email");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toContain('"endpoint-rate";r=0');
    expect(refused.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(refused.text)).toMatchObject({ status: 429, code: "rate_limited" });
    expect(desk.seen.length).toBe(before);
  });

  it("gives 429 without Retry-After when the request alone costs more than the limit", async () => {
    const { secret } = await desk.client();
    const refused = await desk.call(secret, "POST", "/v1/too-dear");
    expect(refused.status).toBe(429);
    expect(refused.headers).not.toHaveProperty("retry-after");
    expect(JSON.parse(refused.text).detail).toContain("waiting does not help");
  });

  it("is counted once for a request that it asks about again because an answer was lost", async () => {
    const { secret } = await desk.client();
    const before = desk.gate.gate.counts;
    const [decisions, repeated] = [before.decisions, before.repeated];
    desk.loseAnswers = retries;
    const answer = await desk.call(secret, "POST", "/v1/email", { "x-request-id": "chosen-by-the-client" });
    expect(answer).toMatchObject({ status: 200, headers: { "x-ratelimit-remaining": "1" } });
    expect(desk.gate.gate.counts.decisions - decisions).toBe(1);
    expect(desk.gate.gate.counts.repeated - repeated).toBe(retries);
    // The client's own id must not make its next request a repetition.
    const next = await desk.call(secret, "POST", "/v1/email", { "x-request-id": "chosen-by-the-client" });
    expect(next.headers["x-ratelimit-remaining"]).toBe("0");
  });

  it("believes its own address of the client, not the client's", async () => {
    const elsewhere = await desk.client({ allowedNetworks: ["192.0.2.0/24"] });
    const forged = { "x-real-ip": "192.0.2.1", "x-forwarded-for": "192.0.2.1" };
    expect((await desk.call(elsewhere.secret, "GET", "/v1/domains/1", forged)).status).toBe(403);
    const here = await desk.client({ allowedNetworks: ["127.0.0.0/8"] });
    expect((await desk.call(here.secret, "GET", "/v1/domains/1")).status).toBe(200);
  });

  it("lets nobody pass when the gate is gone", async () => {
    const { secret } = await desk.client();
    await desk.gate.stop();
    const before = desk.seen.length;
    const answer = await desk.call(secret, "GET", "/v1/domains/1");
    expect([502, 503]).toContain(answer.status);
    expect(desk.seen.length).toBe(before);
  });
}
