import { parseList } from "structured-headers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeedToken } from "../testing/testing.ts";
import { type ClientOptions, Desk, domain, email, future, past } from "../testing/testing-desk.ts";
import type { TestGate } from "../testing/testing-gate.ts";

let desk: Desk;
let gate: TestGate;

beforeAll(async () => {
  desk = await Desk.open();
  gate = desk.gate;
});
afterAll(() => desk.close());

const client = (token?: SeedToken, options?: ClientOptions) => desk.client(token, options);

describe("limits", () => {
  it("refuses the fourth of three, telling which limit and how long", async () => {
    const { secret } = await client();
    for (const remaining of [2, 1, 0]) {
      const answer = await gate.verify({ token: secret, ...email });
      expect(answer.limits[0]).toMatchObject({ name: "endpoint-rate", kind: "rate", limit: 3, remaining });
    }
    const answer = await gate.verify({ token: secret, ...email });
    expect(answer).toMatchObject({ code: "rate_limited", status: 429 });
    expect(answer.retry_after_s).toBeGreaterThan(0);
    expect(answer.headers["Retry-After"]).toBe(String(answer.retry_after_s));
    expect(answer.headers["X-RateLimit-Remaining"]).toBe("0");
  });

  it.each([
    ["a token's cap per minute", { capPerMinute: 2 }, 100, "rate_limited", "token-rate"],
    ["a token's cap per day", { capPerDay: 2 }, 100, "quota_exceeded", "token-quota"],
    ["the account's quota", {}, 2, "quota_exceeded", "account-quota"],
  ])("holds %s, and takes nothing from the other limits when it refuses", async (_, token, quota, code, name) => {
    const made = await client(token, { quota });
    const call = { token: made.secret, endpoint: "bulk", dry_run: true };
    await gate.verify({ token: made.secret, ...domain });
    await gate.verify({ token: made.secret, ...domain });
    const before = await gate.verify(call);
    for (let i = 0; i < 3; i++) {
      const answer = await gate.verify({ token: made.secret, ...domain });
      expect(answer).toMatchObject({ code, status: 429 });
      expect(answer.limits.find((one) => one.name === name)).toMatchObject({ remaining: 0 });
      expect(Number(answer.headers["Retry-After"])).toBeGreaterThan(0);
    }
    const after = await gate.verify(call);
    expect(after.limits.map((one) => one.remaining)).toEqual(before.limits.map((one) => one.remaining));
  });

  it("does not promise that waiting helps when a request alone costs more than the limit", async () => {
    const { secret } = await client();
    const answer = await gate.verify({ token: secret, ...email, cost: 4 });
    expect(answer).toMatchObject({ code: "rate_limited", status: 429, problem: { status: 429 } });
    expect(answer.problem?.detail).toBe(
      "The rate limit of 3 requests per 60 seconds on this endpoint is less than the 4 that this request costs, so waiting does not help. Split the request, or ask for a higher limit.",
    );
    // Libraries repeat what has it, for ever.
    expect(answer.retry_after_s).toBeNull();
    expect(answer.headers).not.toHaveProperty("Retry-After");
    const repeated = { token: secret, ...email, cost: 4, request_id: "asked-twice" };
    for (let i = 0; i < 2; i++) expect((await gate.verify(repeated)).headers).not.toHaveProperty("Retry-After");
    expect((await gate.verify({ token: secret, ...email, cost: 3 })).code).toBe("allowed");
    expect((await gate.verify({ token: secret, ...email, cost: 3 })).problem?.detail).toMatch(
      /is reached[.] Wait \d+ s/,
    );
    const capped = await client({ capPerDay: 5 });
    const dear = await gate.verify({ token: capped.secret, endpoint: "bulk" });
    expect(dear.headers).not.toHaveProperty("Retry-After");
    expect(dear.problem?.detail).toContain("own cap of 5 requests per day is less than the 10 that this request costs");
  });

  it("takes the endpoint's cost times the call's", async () => {
    const { secret } = await client();
    const once = await gate.verify({ token: secret, endpoint: "bulk" });
    expect(once.limits.map((one) => one.remaining)).toEqual([40, 90]);
    const thrice = await gate.verify({ token: secret, endpoint: "bulk", cost: 3 });
    expect(thrice.limits.map((one) => one.remaining)).toEqual([10, 60]);
    expect((await gate.verify({ token: secret, endpoint: "bulk", cost: 2 })).code).toBe("rate_limited");
    expect((await gate.verify({ token: secret, endpoint: "bulk" })).code).toBe("allowed");
    expect((await gate.verify({ token: secret, endpoint: "free" })).limits[0]).toMatchObject({ remaining: 50 });
  });

  it.each([{ cost: 0 }, { dry_run: true }])("only looks with %j", async (look) => {
    const { secret } = await client();
    const decisions = gate.gate.counts.decisions;
    for (let i = 0; i < 5; i++) expect((await gate.verify({ token: secret, ...email, ...look })).code).toBe("allowed");
    const refused = await gate.verify({ token: secret, endpoint: "closed", ...look });
    expect(refused).toMatchObject({ code: "endpoint_denied", receipt: null });
    expect(gate.gate.counts.decisions).toBe(decisions);
    expect((await gate.verify({ token: secret, ...email })).limits[0]).toMatchObject({ remaining: 2 });
  });

  it("looks ahead: a dry run is refused when the call would be", async () => {
    const { secret } = await client();
    for (let i = 0; i < 3; i++) await gate.verify({ token: secret, ...email });
    expect((await gate.verify({ token: secret, ...email, dry_run: true })).code).toBe("rate_limited");
  });

  it("speaks the headers of the RateLimit draft and of the recorded contract", async () => {
    const { secret } = await client();
    const { headers } = await gate.verify({ token: secret, ...email });
    const policy = parseList(headers["RateLimit-Policy"] ?? "").map(([name, params]) => [name, ...params.entries()]);
    expect(policy).toEqual([
      ["endpoint-rate", ["q", 3], ["w", 60]],
      ["account-quota", ["q", 100], ["w", 86_400]],
    ]);
    const limit = parseList(headers.RateLimit ?? "").map(([name, params]) => [name, params.get("r")]);
    expect(limit).toEqual([
      ["endpoint-rate", 2],
      ["account-quota", 99],
    ]);
    const day = Math.floor(Date.now() / 86_400_000 + 1) * 86_400_000;
    expect(headers).toMatchObject({
      "X-RateLimit-Limit": "3",
      "X-RateLimit-Remaining": "2",
      "X-ApiQuota-Limit": "100",
      "X-ApiQuota-Remaining": "99",
      "X-ApiQuota-Reset": new Date(day).toISOString().replace(".000Z", "Z"),
    });
    expect(Number(headers["X-RateLimit-Reset"])).toBeGreaterThan(Date.now() / 1000);
  });

  it("writes −1 where there is no limit", async () => {
    const { secret } = await client({}, { quota: null });
    const answer = await gate.verify({ token: secret, ...domain });
    expect(answer.limits).toEqual([]);
    expect(answer.headers).toMatchObject({
      "X-RateLimit-Limit": "-1",
      "X-RateLimit-Remaining": "-1",
      "X-ApiQuota-Limit": "-1",
      "X-ApiQuota-Remaining": "-1",
    });
  });

  it("multiplies by the factor of a throttle", async () => {
    const { secret } = await client({}, { action: { type: "throttle", factor: 0.5, endsAt: future } });
    expect((await gate.verify({ token: secret, endpoint: "bulk" })).limits[0]).toMatchObject({
      limit: 25,
      remaining: 15,
    });
  });

  it("gives exactly 10,000 of 20,000 parallel requests on a quota of 10,000", async () => {
    const { secret } = await client({}, { quota: 10_000 });
    const tally = new Map<string, number>();
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        for (let i = 0; i < 200; i++) {
          const { code } = await gate.verify({ token: secret, ...domain });
          tally.set(code, (tally.get(code) ?? 0) + 1);
        }
      }),
    );
    expect(Object.fromEntries(tally)).toEqual({ allowed: 10_000, quota_exceeded: 10_000 });
  }, 120_000);
});

describe("request ids", () => {
  it("count a repeated request once and answer it alike", async () => {
    const { secret } = await client();
    const call = { token: secret, ...email, request_id: "req-1" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => gate.verify(call)));
    expect(answers.map((one) => one.code)).toEqual(Array(5).fill("allowed"));
    expect((await gate.verify({ token: secret, ...email, dry_run: true })).limits[0]).toMatchObject({ remaining: 2 });
  });

  it("keep the receipt of a refusal", async () => {
    const { secret } = await client({ revokedAt: past });
    const call = { token: secret, ...domain, request_id: "req-2" };
    const first = await gate.verify(call);
    expect(await gate.verify(call)).toMatchObject({ code: "token_revoked", receipt: first.receipt });
    const unknown = { token: "no-such-token-anywhere", ...domain, request_id: "req-2" };
    expect((await gate.verify(unknown)).receipt).toBe((await gate.verify(unknown)).receipt);
  });

  it("repeat a refusal by a limit with its receipt and wait", async () => {
    const { secret } = await client();
    for (let i = 0; i < 3; i++) await gate.verify({ token: secret, ...email });
    const call = { token: secret, ...email, request_id: "req-3" };
    const first = await gate.verify(call);
    expect(first.code).toBe("rate_limited");
    const { receipt, retry_after_s } = first;
    expect(await gate.verify(call)).toMatchObject({ code: "rate_limited", status: 429, receipt, retry_after_s });
  });

  it("never carry an answer over to another token or endpoint", async () => {
    const one = await client();
    const other = await client({ scopes: [] });
    const call = { ...email, request_id: "req-4" };
    expect((await gate.verify({ token: one.secret, ...call })).code).toBe("allowed");
    expect((await gate.verify({ token: other.secret, ...call })).code).toBe("insufficient_scope");
    expect((await gate.verify({ token: one.secret, endpoint: "closed", request_id: "req-4" })).code).toBe(
      "endpoint_denied",
    );
  });
});
