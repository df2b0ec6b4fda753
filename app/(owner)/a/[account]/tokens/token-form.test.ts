import { describe, expect, it } from "vitest";
import { expiryAt } from "./expiry-field.tsx";
import { routeFor, verifyCommand } from "./verify-command.ts";

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
