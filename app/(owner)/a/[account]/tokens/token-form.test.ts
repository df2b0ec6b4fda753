import { describe, expect, it } from "vitest";
import { readTokenForm } from "./read-token-form.ts";
import { expiryAt } from "./token-expiry-choice.ts";
import { fieldsFor, fieldsIn } from "./token-fields.ts";
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

describe("the form of a token, read on the server", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const read = (values: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    return readTokenForm(form, now);
  };

  it.each([
    ["a preset", { _expiry: "30" }, "2026-12-24T12:00:00.000Z"],
    ["a day", { _expiry: "date", _date: "2027-01-31" }, "2027-01-31T23:59:59.000Z"],
    ["never", { _expiry: "never" }, undefined],
    ["the end it has", { _expiry: "keep", _kept: "2027-02-01T00:00:00.000Z" }, "2027-02-01T00:00:00.000Z"],
    ["the end it has, which is never", { _expiry: "keep" }, undefined],
  ])("takes %s as the end", (_what, values, expiresAt) => {
    expect(read(values).expiresAt).toBe(expiresAt);
  });

  it.each([
    ["a day that is missing", { _expiry: "date" }],
    ["a day that is none", { _expiry: "date", _date: "2027-99-99" }],
    ["a choice that is none", { _expiry: "forever" }],
  ])("never takes %s for no end", (_what, values) => {
    expect(() => read(values)).toThrow("Choose the last day.");
  });

  it("takes each line as an address", () => {
    expect(read({ _expiry: "never", _networks: " 203.0.113.7\n\n2001:db8::/48 \n" })).toEqual({
      allowedNetworks: ["203.0.113.7", "2001:db8::/48"],
    });
  });

  it("leaves a form alone that has none of these fields", () => {
    expect(read({ expiresAt: "2027-01-01T00:00:00Z" })).toEqual({});
  });

  it("starts as it was posted", () => {
    const values = { name: "n", scopes: ["a"], expiresAt: null, allowedNetworks: ["203.0.113.7"] };
    const fields = fieldsFor(
      { ...values, capPerDay: 5, capPerMinute: null, integrationId: null },
      { maxDays: 30 },
      false,
    );
    const posted: Record<string, string[]> = {
      name: ["n"],
      "scopes[]": ["a"],
      _expiry: ["30"],
      _networks: ["203.0.113.7"],
      capPerDay: ["5"],
    };
    expect(fieldsIn((name) => posted[name] ?? [])).toEqual(fields);
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
