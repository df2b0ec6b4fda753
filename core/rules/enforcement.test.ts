import { describe, expect, it } from "vitest";
import { mayApprove, mayImpose, mayLift } from "./enforcement.ts";
import type { StaffRole } from "./vocabulary.ts";

const hour = 3_600_000;
const day = 24 * hour;
const plain = { silenceMs: null, isProtectedAccount: false };

describe("who may suspend", () => {
  it.each<[StaffRole, number | null, "impose" | "propose"]>([
    ["support", 24 * hour, "impose"],
    ["support", 25 * hour, "propose"],
    ["reviewer", 30 * day, "impose"],
    ["reviewer", 31 * day, "propose"],
    ["lead", 90 * day, "impose"],
    ["admin", 90 * day, "impose"],
    ["support", null, "propose"],
    ["reviewer", null, "propose"],
    ["lead", null, "propose"],
    ["admin", null, "propose"],
  ])("%s for %s ms: %s", (role, durationMs, may) => {
    expect(mayImpose(role, { ...plain, durationMs }).may).toBe(may);
  });

  it("nobody beyond 90 days or into the past", () => {
    expect(mayImpose("admin", { ...plain, durationMs: 90 * day + 1 }).may).toBe("not");
    expect(mayImpose("admin", { ...plain, durationMs: 0 }).may).toBe("not");
  });

  it("nobody alone when the account is protected or the silence is longer than a day", () => {
    expect(mayImpose("admin", { durationMs: day, silenceMs: null, isProtectedAccount: true }).may).toBe("propose");
    expect(mayImpose("admin", { ...plain, durationMs: day, silenceMs: 24 * hour }).may).toBe("impose");
    expect(mayImpose("admin", { ...plain, durationMs: day, silenceMs: 24 * hour + 1 }).may).toBe("propose");
  });
});

describe("who may approve", () => {
  it("a lead or an admin who is not the author, whatever other role the author has", () => {
    expect(mayApprove({ role: "lead", userId: "a" }, "b")).toBeNull();
    expect(mayApprove({ role: "admin", userId: "a" }, "b")).toBeNull();
    expect(mayApprove({ role: "admin", userId: "a" }, "a")).not.toBeNull();
    expect(mayApprove({ role: "reviewer", userId: "a" }, "b")).not.toBeNull();
    expect(mayApprove({ role: "support", userId: "a" }, "b")).not.toBeNull();
  });
});

describe("who may lift", () => {
  const own = { authorUserId: "me", appliedAtMs: 0, isPermanent: false };
  it.each<[StaffRole, typeof own, number, boolean]>([
    ["support", own, hour, true],
    ["support", own, hour + 1, false],
    ["support", { ...own, authorUserId: "other" }, 1, false],
    ["reviewer", { ...own, authorUserId: "other" }, 30 * day, true],
    ["reviewer", { ...own, isPermanent: true }, 1, false],
    ["lead", { ...own, authorUserId: "other", isPermanent: true }, 30 * day, true],
    ["admin", { ...own, authorUserId: "other", isPermanent: true }, 30 * day, true],
  ])("%s %o after %s ms: %s", (role, action, now, may) => {
    expect(mayLift({ role, userId: "me" }, action, now) === null).toBe(may);
  });
});
