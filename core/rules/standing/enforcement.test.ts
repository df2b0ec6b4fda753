import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actionTypes, staffRoles } from "../vocabulary.ts";
import {
  type ActingRole,
  appealWindowMs,
  defaultSuspensionMs,
  emergencyMs,
  largestBatch,
  largestBatchAlone,
  longestAheadMs,
  longestMuteMs,
  longestSnoozeMs,
  longestSuspensionMs,
  mayApprove,
  mayDecideAppeal,
  mayImpose,
  mayLift,
  mayMute,
  mayUndo,
  type Proposal,
  undoMs,
  windDownMs,
} from "./enforcement.ts";

const hour = 3_600_000;
const day = 24 * hour;
const one = { silenceMs: null, isProtectedAccount: false, accounts: 1 } as const;
const may = (role: ActingRole, proposal: Partial<Proposal> & Pick<Proposal, "type" | "durationMs">) =>
  mayImpose(role, { ...one, ...proposal }).may;

/** One line per row and column of the published table of who may do what. */
describe("who may impose what alone", () => {
  const rows: [string, Parameters<typeof may>[1], Record<ActingRole, string>][] = [
    ["notice", { type: "notice", durationMs: null }, all("impose")],
    ["throttle for a day", { type: "throttle", durationMs: day }, all("impose")],
    ["throttle for a week", { type: "throttle", durationMs: 7 * day }, { ...all("impose"), automation: "not" }],
    ["token pause for a day", { type: "token_pause", durationMs: day }, all("impose")],
    ["token pause without end", { type: "token_pause", durationMs: null }, { ...all("impose"), automation: "not" }],
    [
      "suspension for a day",
      { type: "suspension", durationMs: day },
      { ...all("impose"), support: "emergency", automation: "not" },
    ],
    ["throttle for 25 hours", { type: "throttle", durationMs: 25 * hour }, { ...all("impose"), automation: "not" }],
    [
      "suspension for an hour",
      { type: "suspension", durationMs: hour },
      { ...all("impose"), support: "emergency", automation: "not" },
    ],
    [
      "suspension for just over a day",
      { type: "suspension", durationMs: day + 1 },
      { ...all("impose"), support: "propose", automation: "not" },
    ],
    [
      "suspension for 90 days",
      { type: "suspension", durationMs: 90 * day },
      { ...all("impose"), support: "propose", reviewer: "propose", automation: "not" },
    ],
    ["notice with an end", { type: "notice", durationMs: day }, all("not")],
    ["termination with an end", { type: "termination", durationMs: day }, all("not")],
    ["notice that is not given", { type: "notice", durationMs: null, silenceMs: hour }, all("not")],
    ["50 accounts at once", { type: "notice", durationMs: null, accounts: 50 }, all("impose")],
    [
      "suspension for 30 days",
      { type: "suspension", durationMs: 30 * day },
      { ...all("impose"), support: "propose", automation: "not" },
    ],
    [
      "suspension for 31 days",
      { type: "suspension", durationMs: 31 * day },
      { ...all("impose"), support: "propose", reviewer: "propose", automation: "not" },
    ],
    ["suspension for 91 days", { type: "suspension", durationMs: 91 * day }, all("not")],
    ["suspension for good", { type: "suspension", durationMs: null }, { ...all("propose"), automation: "not" }],
    ["termination", { type: "termination", durationMs: null }, { ...all("propose"), automation: "not" }],
    ["throttle without end", { type: "throttle", durationMs: null }, all("not")],
    ["what ends in the past", { type: "suspension", durationMs: 0 }, all("not")],
    [
      "an hour on a protected account",
      { type: "throttle", durationMs: hour, isProtectedAccount: true },
      { ...all("propose"), automation: "not" },
    ],
    ["notice on a protected account", { type: "notice", durationMs: null, isProtectedAccount: true }, all("impose")],
    [
      "11 accounts at once",
      { type: "throttle", durationMs: hour, accounts: 11 },
      { ...all("propose"), automation: "not" },
    ],
    [
      "10 accounts at once",
      { type: "throttle", durationMs: hour, accounts: 10 },
      { ...all("impose"), automation: "not" },
    ],
    ["51 accounts at once", { type: "notice", durationMs: null, accounts: 51 }, all("not")],
    [
      "25 hours of silence",
      { type: "throttle", durationMs: 72 * hour, silenceMs: 25 * hour },
      { ...all("propose"), automation: "not" },
    ],
    ["24 hours of silence", { type: "throttle", durationMs: day, silenceMs: day }, all("impose")],
  ];
  it.each(rows)("%s", (_name, proposal, expected) => {
    const found = Object.fromEntries(
      (Object.keys(expected) as ActingRole[]).map((role) => [role, may(role, proposal)]),
    );
    expect(found).toEqual(expected);
  });

  it("opens the emergency lane to any suspension of one account, and to nothing else", () => {
    const rush = (proposal: Parameters<typeof may>[1]) => {
      const found = mayImpose("support", { ...one, ...proposal });
      return found.may === "propose" && found.canRush;
    };
    expect(rush({ type: "suspension", durationMs: null })).toBe(true);
    expect(rush({ type: "suspension", durationMs: 30 * day })).toBe(true);
    expect(rush({ type: "suspension", durationMs: hour, isProtectedAccount: true })).toBe(true);
    expect(rush({ type: "termination", durationMs: null })).toBe(false);
    expect(rush({ type: "suspension", durationMs: hour, accounts: 11 })).toBe(false);
  });

  it("never lets a key suspend or terminate, whatever it asks", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("suspension" as const, "termination" as const),
        fc.option(fc.integer({ min: 1, max: 90 * day }), { nil: null }),
        fc.boolean(),
        (type, durationMs, isProtectedAccount) => {
          expect(may("automation", { type, durationMs, isProtectedAccount })).toBe("not");
        },
      ),
    );
  });

  it("tells a key that a person decides, not to name an end", () => {
    for (const type of ["suspension", "termination"] as const)
      expect(mayImpose("automation", { ...one, type, durationMs: null })).toMatchObject({
        why: { code: "not_by_key", type },
      });
  });

  it("grows with the role: what support may, a reviewer may, and so on", () => {
    const rank = { not: 0, propose: 1, emergency: 2, impose: 3 };
    const proposal = fc.record({
      type: fc.constantFrom(...actionTypes),
      durationMs: fc.option(fc.integer({ min: 1, max: 100 * day }), { nil: null }),
      silenceMs: fc.option(fc.integer({ min: 1, max: 5 * day }), { nil: null }),
      isProtectedAccount: fc.boolean(),
      accounts: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(proposal, (asked) => {
        const ranks = staffRoles.map((role) => rank[mayImpose(role, asked).may]);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });
});

function all(word: string): Record<ActingRole, string> {
  return { automation: word, support: word, reviewer: word, lead: word, admin: word };
}

describe("four eyes", () => {
  const temporary = {
    authorUserId: "author",
    type: "suspension" as const,
    durationMs: 10 * day,
    isProtectedAccount: false,
    accounts: 1,
  };
  it("refuses the author, whatever the role", () => {
    for (const role of staffRoles) expect(mayApprove({ role, userId: "author" }, temporary)).not.toBeNull();
  });
  it.each([
    ["a month", { ...temporary, durationMs: 30 * day }, { support: false, reviewer: true, lead: true, admin: true }],
    ["longer", { ...temporary, durationMs: 31 * day }, { support: false, reviewer: false, lead: true, admin: true }],
    ["for good", { ...temporary, durationMs: null }, { support: false, reviewer: false, lead: true, admin: true }],
    [
      "on a protected account",
      { ...temporary, isProtectedAccount: true },
      { support: false, reviewer: false, lead: true, admin: true },
    ],
    ["of ten accounts", { ...temporary, accounts: 10 }, { support: false, reviewer: true, lead: true, admin: true }],
    [
      "of eleven accounts",
      { ...temporary, accounts: 11 },
      { support: false, reviewer: false, lead: true, admin: true },
    ],
    [
      "a termination",
      { ...temporary, type: "termination" as const, durationMs: null },
      { support: false, reviewer: false, lead: true, admin: true },
    ],
  ])("is by who could decide it: %s", (_name, action, expected) => {
    const found = Object.fromEntries(
      staffRoles.map((role) => [role, mayApprove({ role, userId: "other" }, action) === null]),
    );
    expect(found).toEqual(expected);
  });
});

describe("lifting", () => {
  const action = { appliedAtMs: 20_000 * day, isPermanent: false, finalAtMs: null as number | null };
  const lift = (role: ActingRole, whose: "own" | "other", change: Partial<typeof action> = {}, afterMs = 0) =>
    mayLift(role, { ...action, ...change, isOwn: whose === "own" }, action.appliedAtMs + afterMs) === null;
  it("support lifts its own, for an hour", () => {
    expect(lift("support", "own", {}, hour)).toBe(true);
    expect(lift("support", "own", {}, hour + 1)).toBe(false);
    expect(lift("support", "other")).toBe(false);
  });
  it("a reviewer lifts what is temporary, a lead and an admin everything, a key its own", () => {
    expect(lift("reviewer", "other", {}, 40 * day)).toBe(true);
    expect(lift("reviewer", "other", { isPermanent: true })).toBe(false);
    for (const role of ["lead", "admin"] as const)
      expect(lift(role, "other", { isPermanent: true }, 40 * day)).toBe(true);
    expect(lift("automation", "own", {}, 40 * day)).toBe(true);
    expect(lift("automation", "other")).toBe(false);
  });
  it("nobody lifts a termination once its wind-down is over", () => {
    const change = { isPermanent: true, finalAtMs: action.appliedAtMs + 30 * day };
    for (const role of ["lead", "admin"] as const) {
      expect(lift(role, "other", change, 30 * day - 1)).toBe(true);
      expect(lift(role, "other", change, 30 * day)).toBe(false);
    }
  });
});

describe("the rest of the table", () => {
  it("lets only the author undo, for 30 seconds", () => {
    const atMs = 20_000 * day;
    expect(mayUndo({ isOwn: true, atMs }, atMs + 30_000)).toBeNull();
    expect(mayUndo({ isOwn: true, atMs }, atMs + 30_001)).not.toBeNull();
    expect(mayUndo({ isOwn: false, atMs }, atMs + 1)).not.toBeNull();
  });
  it("has appeals decided by a reviewer or above who was not involved, never by a key", () => {
    const action = { authorUserId: "author", approverUserId: "approver" };
    const decides = (role: ActingRole, userId: string) => mayDecideAppeal({ role, userId }, action) === null;
    expect(["reviewer", "lead", "admin"].every((role) => decides(role as ActingRole, "other"))).toBe(true);
    for (const role of ["support", "automation"] as const) expect(decides(role, "other")).toBe(false);
    for (const role of staffRoles)
      for (const userId of ["author", "approver"]) expect(decides(role, userId)).toBe(false);
  });
  it("mutes a week for everybody and 90 days for a lead", () => {
    for (const role of staffRoles) expect(mayMute(role, 7 * day)).toBeNull();
    expect(mayMute("support", 8 * day)).not.toBeNull();
    expect(mayMute("reviewer", 8 * day)).not.toBeNull();
    expect(mayMute("lead", 90 * day)).toBeNull();
    for (const role of ["lead", "admin"] as const) {
      expect(mayMute(role, 8 * day)).toBeNull();
      expect(mayMute(role, 91 * day)).not.toBeNull();
      expect(mayMute(role, 0)).not.toBeNull();
    }
  });
  it("has the bounds that are published", () => {
    expect([defaultSuspensionMs, emergencyMs].map((ms) => ms / hour)).toEqual([72, 24]);
    const days = [longestSuspensionMs, windDownMs, longestSnoozeMs, longestMuteMs, appealWindowMs, longestAheadMs];
    expect(days.map((ms) => ms / day)).toEqual([90, 30, 7, 90, 180, 30]);
    expect([largestBatchAlone, largestBatch, undoMs]).toEqual([10, 50, 30_000]);
  });
});
