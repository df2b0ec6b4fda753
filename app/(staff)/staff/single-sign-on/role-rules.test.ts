import { expect, it } from "vitest";
import { readRules, writeRules } from "./role-rules.ts";

it("rules are read as they are written, also with names of LDAP groups and claims that are addresses", () => {
  const rules = [
    { claim: "groups", value: "desk leads", role: "lead", accountId: null },
    { claim: "https://example.com/groups", value: "cn=desk = all,dc=example", role: "support", accountId: null },
    { claim: "realm_access.roles", value: "acme", role: "owner", accountId: "2f0c7b0e-6f0f-4d5e-9a53-1f6e1f0c7b0e" },
  ];
  expect(readRules(`\r\n${writeRules(rules).replaceAll("\n", "\r\n")}\r\n\r\n`)).toEqual(rules);
  expect(readRules(null)).toEqual([]);
});

it("a line that is no rule is not left out, so that it is refused", () => {
  expect(readRules("groups is admins")).toEqual([{ claim: "", value: "", role: "", accountId: null }]);
});
