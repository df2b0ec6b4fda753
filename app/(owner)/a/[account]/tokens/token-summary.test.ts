import { describe, expect, it } from "vitest";
import { expiryAt } from "./expiry-field.tsx";
import { tokenSummary } from "./token-summary.ts";
import { routeFor, verifyCommand } from "./verify-command.ts";

const known = [
  { name: "email:send", area: "E-mail", description: "Send single and bulk e-mail" },
  { name: "email:read", area: "E-mail", description: "Read the status of sent e-mail" },
  { name: "domains:read", area: "Domains", description: "See sending domains" },
];
const base = { known, networks: 0, expiresAt: null, capPerDay: "", capPerMinute: "" };

describe("the summary of a token", () => {
  it("says what it can do, from where, until when and how much", () => {
    const summary = tokenSummary({
      ...base,
      scopes: ["email:send", "domains:read"],
      networks: 2,
      expiresAt: new Date("2027-03-01T23:59:59Z"),
      capPerDay: "1000",
      capPerMinute: "20",
    });
    expect(summary).toBe(
      "Can send single and bulk e-mail and see sending domains, from 2 networks, until 1 Mar 2027, at most 1,000 calls a day and 20 calls a minute.",
    );
  });

  it("says all, nothing and nonsense plainly", () => {
    expect(tokenSummary({ ...base, scopes: known.map((one) => one.name) })).toBe(
      "Can do everything this API offers, from any address, without an end.",
    );
    expect(tokenSummary({ ...base, scopes: [], capPerDay: "many" })).toBe(
      "Can call only what needs no scope, from any address, without an end.",
    );
  });
});

describe("the expiry of a token", () => {
  const nowMs = Date.parse("2026-11-24T12:00:00Z");
  it.each([
    ["30", "", "2026-12-24T12:00:00.000Z"],
    ["date", "2027-01-31", "2027-01-31T23:59:59.000Z"],
    ["date", "", undefined],
    ["date", "2027-99-99", undefined],
    ["never", "2027-01-31", undefined],
  ])("%s %s is %s", (preset, date, expected) => {
    expect(expiryAt({ preset, date }, nowMs)?.toISOString()).toBe(expected);
  });
});

describe("the line to try a token with", () => {
  const routes = [
    { method: "*", path: "/**", scope: null },
    { method: "GET", path: "/v1/domains/{id}", scope: "domains:read" },
  ];
  it("asks for a route that the token may call, with a path that is one", () => {
    expect(verifyCommand("http://gate:3001/", "gth_x", routeFor(["domains:read"], routes))).toBe(
      `curl -s http://gate:3001/v1/verify -H 'content-type: application/json' -d '{"token":"gth_x","method":"GET","path":"/v1/domains/1"}'`,
    );
    expect(routeFor([], routes)).toEqual(routes[0]);
    expect(verifyCommand("http://gate", "gth_x", routeFor([], routes))).toContain('"path":"/x"');
  });
});
