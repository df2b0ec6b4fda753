import { describe, expect, it } from "vitest";
import { type StaffRole, staffRoles } from "../rules/vocabulary.ts";
import type { Actor } from "./context.ts";
import { can, type Permission, permissions, staffKeyScope } from "./permissions.ts";

/** The published table of who may do what, as far as it is a question of the role; bounds of an act are in rules/enforcement. */
const staff = (role: StaffRole): Actor => ({ kind: "staff", userId: "u", sessionId: "s", name: "S", role });
/** An admin's automation key that was given every scope there is, also those that no key can have. */
const key: Actor = {
  ...{ kind: "staff", userId: "u", sessionId: null, name: "S", role: "admin" },
  key: {
    ...{ keyId: "k", name: "bot", kind: "automation" },
    scopes: (Object.keys(permissions) as Permission[]).map(staffKeyScope),
  },
};
const everyone = ["support", "reviewer", "lead", "admin"];
const rows: [string, Permission[], string[]][] = [
  ["see cases and usage", ["cases:read", "usage:read", "accounts:list", "actions:read"], [...everyone, "key"]],
  ["unmask an address", ["personal:unmask"], everyone],
  ["dismiss, snooze and note", ["cases:work"], everyone],
  ["notice, throttle, pause and suspend, each within their bounds", ["actions:impose"], [...everyone, "key"]],
  ["approve, within their bounds", ["actions:approve"], ["reviewer", "lead", "admin"]],
  ["lift, within their bounds", ["actions:lift"], [...everyone, "key"]],
  ["decide appeals", ["appeals:decide"], ["reviewer", "lead", "admin"]],
  ["draft detectors", ["detectors:draft"], ["reviewer", "lead", "admin"]],
  ["publish detectors, plans, limits and endpoints", ["detectors:publish", "limits:write"], ["lead", "admin"]],
  ["give an account another plan or an exception", ["accounts:limit"], ["lead", "admin"]],
  ["read the staff and the audit", ["staff:read"], ["lead", "admin"]],
  ["change staff and roles, export the audit", ["staff:write", "audit:export"], ["admin"]],
];

describe("who may do what on the desk", () => {
  it.each(rows)("%s", (_what, asked, expected) => {
    for (const permission of asked) {
      const found: string[] = staffRoles.filter((role) => can(staff(role), permission));
      if (can(key, permission)) found.push("key");
      expect(found).toEqual(expected);
    }
  });

  it("leaves to visitors, the signed-in and each member what is theirs", () => {
    const member = (role: "owner" | "viewer"): Actor => ({
      ...{ kind: "member", userId: "u", sessionId: "s", name: "M", accountId: "a", role },
    });
    const user: Actor = { kind: "user", userId: "u", sessionId: "s", name: "U", email: "u@example.com" };
    const found = (permission: Permission) =>
      [{ kind: "visitor" } as const, user, member("viewer"), member("owner")].map((actor) => can(actor, permission));
    expect(found("session:open")).toEqual([true, false, false, false]);
    expect(found("receipts:explain")).toEqual([true, false, false, false]);
    expect(found("session:own")).toEqual([false, true, true, true]);
    expect(found("account:read")).toEqual([false, false, true, true]);
    expect(found("account:write")).toEqual([false, false, false, true]);
  });

  it("is nothing for members, visitors and signed-in strangers", () => {
    const desk = rows.flatMap(([, asked]) => asked).filter((one) => one !== "usage:read");
    const others: Actor[] = [
      { kind: "visitor" },
      { kind: "user", userId: "u", sessionId: "s", name: "U", email: "u@example.com" },
      { kind: "member", userId: "u", sessionId: "s", name: "M", accountId: "a", role: "owner" },
    ];
    for (const actor of others) expect(desk.filter((one) => can(actor, one))).toEqual([]);
  });
});
