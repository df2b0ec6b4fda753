import { describe, expect, it } from "vitest";
import { type Claims, claimValues, rulesFor, saysTwoSteps, verifiedEmail } from "./claims.ts";

const claims = (more: Record<string, unknown>): Claims => ({ iss: "https://login.example.com", sub: "1", ...more });

describe("a claim", () => {
  it.each<[string, unknown, string, string[]]>([
    ["a text", { role: "lead" }, "role", ["lead"]],
    ["a list", { groups: ["a", "b", 3, { c: 1 }, null] }, "groups", ["a", "b", "3"]],
    ["inside another", { realm_access: { roles: ["a"] } }, "realm_access.roles", ["a"]],
    ["with dots in its own name", { "https://example.com/groups": ["a"] }, "https://example.com/groups", ["a"]],
    ["that is not there", {}, "groups", []],
    ["that every object has", {}, "constructor.name", []],
    ["that every text has", { role: "lead" }, "role.length", []],
  ])("that is %s is read as such", (_what, given, name, values) => {
    expect(claimValues(given as Record<string, unknown>, name)).toEqual(values);
  });

  it("gives a role by its whole value only, in the order of the rules", () => {
    const rule = (value: string, role: string) => ({ claim: "groups", value, role, accountId: null });
    const rules = [rule("desk", "admin"), rule("desk-leads", "lead"), rule("everyone", "support")];
    const roles = rulesFor(rules, claims({ groups: ["everyone", "desk-leads"] })).map((one) => one.role);
    expect(roles).toEqual(["lead", "support"]);
    expect(rulesFor(rules, claims({ groups: "desk, desk-leads" }))).toEqual([]);
  });
});

it("an address counts when the issuer says that it is verified, and of Microsoft's when its domain is the tenant's", () => {
  const email = " Mia@Example.com ";
  const tenant = { iss: "https://login.microsoftonline.com/1/v2.0", email };
  expect(verifiedEmail(claims({ email, email_verified: true })).email).toBe("mia@example.com");
  for (const said of [false, "true", 1, undefined])
    expect(verifiedEmail(claims({ email, email_verified: said }))).toEqual({ email: null, isNamed: true });
  expect(verifiedEmail({ ...claims({}), ...tenant, xms_edov: "1" }).email).toBe("mia@example.com");
  expect(verifiedEmail({ ...claims({}), ...tenant, xms_edov: false }).email).toBeNull();
  expect(verifiedEmail(claims({ email, xms_edov: true })).email).toBeNull();
  expect(verifiedEmail(claims({ email: "no address", email_verified: true })).isNamed).toBe(false);
});

it("a second step counts when the issuer names it, and not for any method", () => {
  expect(saysTwoSteps(claims({ amr: ["pwd", "mfa"] }))).toBe(true);
  expect(saysTwoSteps(claims({ acr: "phr" }))).toBe(true);
  for (const given of [{}, { amr: ["pwd"] }, { amr: "mfa" }, { acr: "1" }, { acr: ["phr"] }])
    expect(saysTwoSteps(claims(given))).toBe(false);
});
