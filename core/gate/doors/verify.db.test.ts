import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeedToken } from "../testing/testing.ts";
import { type ClientOptions, Desk, domain } from "../testing/testing-desk.ts";
import type { TestGate } from "../testing/testing-gate.ts";
import { post, send } from "../testing/testing-gate.ts";

let desk: Desk;
let gate: TestGate;

beforeAll(async () => {
  desk = await Desk.open();
  gate = desk.gate;
});
afterAll(() => desk.close());

const client = (token?: SeedToken, options?: ClientOptions) => desk.client(token, options);

describe("calls that cannot be read", () => {
  const good = { token: "t", ...domain };
  it.each<[string, unknown, string]>([
    ["an unknown field", { ...good, tokn: 1 }, "/tokn"],
    ["__proto__", JSON.parse('{"token":"t","method":"GET","path":"/","__proto__":{"a":1}}'), "/__proto__"],
    ["no token", domain, "/token"],
    ["a number as token", { ...good, token: 7 }, "/token"],
    ["neither endpoint nor route", { token: "t" }, "/method"],
    ["a method without a path", { token: "t", method: "GET" }, "/path"],
    ["endpoint and route together", { ...good, endpoint: "x" }, "/endpoint"],
    ["an odd method", { ...good, method: "G T" }, "/method"],
    ["an unknown surface", { ...good, surface: "fax" }, "/surface"],
    ["an address that is none", { ...good, ip: "1.2.3" }, "/ip"],
    ["a negative cost", { ...good, cost: -1 }, "/cost"],
    ["no recipient at all", { ...good, recipients: 0 }, "/recipients"],
    ["a broken cost", { ...good, cost: 1.5 }, "/cost"],
    ["a text as dry_run", { ...good, dry_run: "yes" }, "/dry_run"],
    ["null", { ...good, ip: null }, "/ip"],
    ["a request id with a line end", { ...good, request_id: "a\nb" }, "/request_id"],
    ["a list", [good], ""],
    ["a text", "hello", ""],
  ])("names the field of %s", async (_, body, pointer) => {
    const response = await post(`${gate.url}/v1/verify`, JSON.stringify(body));
    expect(response.status).toBe(400);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(response.text)).toMatchObject({ code: "invalid_field", errors: [{ pointer }] });
  });

  it.each([
    ["malformed JSON", () => post(`${gate.url}/v1/verify`, '{"token":'), 400, "malformed_json"],
    ["an empty body", () => post(`${gate.url}/v1/verify`, ""), 400, "malformed_json"],
    [
      "another content type",
      () => post(`${gate.url}/v1/verify`, "a=b", "application/x-www-form-urlencoded"),
      415,
      "unsupported_media_type",
    ],
    [
      "a megabyte",
      () => post(`${gate.url}/v1/verify`, JSON.stringify({ ...good, token: "x".repeat(1_000_000) })),
      413,
      "body_too_large",
    ],
    ["another method", () => send(`${gate.url}/v1/verify`), 405, "method_not_allowed"],
    ["an unknown address", () => send(`${gate.url}/v2/verify`), 404, "unknown_call"],
  ])("answers %s with a problem", async (_, call, status, code) => {
    const response = await call();
    expect(response.status).toBe(status);
    expect(JSON.parse(response.text)).toMatchObject({ status, code });
  });

  it("answers a body of 20 MB that is still being sent", async () => {
    const { port } = new URL(gate.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1");
      let text = "";
      socket.on("data", (bytes) => {
        text += bytes.toString("latin1");
      });
      socket.on("error", reject).on("close", () => resolve(text));
      const length = 20_000_000;
      const head = `POST /v1/verify HTTP/1.1\r\nHost: gate\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
      socket.write(head);
      for (let sent = 0; sent < length; sent += 1_000_000) socket.write(Buffer.alloc(1_000_000, 32));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain("body_too_large");
  });

  it("answers whatever is sent with something below 500, and goes on", async () => {
    const { secret } = await client({}, { quota: null });
    const field = fc.constantFrom(
      "token",
      "endpoint",
      "method",
      "path",
      "surface",
      "ip",
      "user_agent",
      "scope",
      "cost",
      "dry_run",
      "request_id",
    );
    const value = fc.oneof(
      fc.constantFrom(
        secret,
        "GET",
        "/v1/domains/1",
        "/%00",
        "/%2e%2e/..",
        "http",
        "192.0.2.1",
        "bulk",
        true,
        0,
        -1,
        1e308,
      ),
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: "binary", maxLength: 80 }),
    );
    const body = fc.oneof(
      fc.dictionary(field, value, { maxKeys: 11 }).map((one) => JSON.stringify(one)),
      fc
        .dictionary(field, value)
        .map((one) => JSON.stringify({ token: secret, method: "GET", path: "/v1/domains/1", ...one })),
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.json(),
      fc.uint8Array({ maxLength: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const response = await post(`${gate.url}/v1/verify`, sent);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 1000 },
    );
    expect((await gate.verify({ token: secret, ...domain })).code).toBe("allowed");
  }, 60_000);
});
