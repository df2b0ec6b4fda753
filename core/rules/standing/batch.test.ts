import { describe, expect, it } from "vitest";
import type { ActionState, ActionType, Surface } from "../vocabulary.ts";
import { type Candidate, whyLeftOut } from "./batch.ts";

const under = (type: ActionType, more: Partial<Candidate["actions"][number]> = {}): Candidate => ({
  isProtected: false,
  actions: [{ type, state: "active" as ActionState, surface: null as Surface | null, isNarrow: false, ...more }],
});
const whole = (type: ActionType) => ({ type, surface: null });

describe("one action on many accounts", () => {
  it("reaches an account that nothing is in force of, and never a protected one", () => {
    expect(whyLeftOut({ isProtected: false, actions: [] }, whole("suspension"))).toBeNull();
    expect(whyLeftOut({ isProtected: true, actions: [] }, whole("notice"))).toEqual({ code: "protected" });
  });

  it.each([
    ["throttle", "suspension", "stricter"],
    ["throttle", "termination", "stricter"],
    ["suspension", "termination", "stricter"],
    ["suspension", "suspension", "same"],
    ["suspension", "throttle", null],
    ["termination", "suspension", null],
    ["notice", "suspension", null],
    ["notice", "notice", null],
    ["throttle", "notice", null],
    ["throttle", "token_pause", null],
    ["throttle", "throttle", "same"],
  ] as const)("a %s for an account under %s: %s", (wanted, present, why) => {
    const left = whyLeftOut(under(present), whole(wanted));
    if (why === null) expect(left).toBeNull();
    else expect(left?.code).toContain(why);
  });

  it("counts an action on one token or one surface as no stricter one", () => {
    expect(whyLeftOut(under("throttle", { isNarrow: true }), whole("throttle"))).toBeNull();
    expect(whyLeftOut(under("suspension", { surface: "smtp" }), whole("throttle"))).toBeNull();
    expect(whyLeftOut(under("suspension", { surface: "smtp" }), whole("suspension"))).toBeNull();
    expect(whyLeftOut(under("suspension"), { type: "suspension", surface: "smtp" })?.code).toBe("stricter_in_force");
  });

  it("does not ask twice for what waits for a second person", () => {
    expect(whyLeftOut(under("suspension", { state: "pending_approval" }), whole("suspension"))?.code).toBe(
      "same_waiting",
    );
    expect(whyLeftOut(under("suspension", { state: "scheduled" }), whole("suspension"))?.code).toBe("same_waiting");
    expect(whyLeftOut(under("termination", { state: "pending_approval" }), whole("suspension"))).toBeNull();
    expect(whyLeftOut(under("termination", { state: "scheduled" }), whole("suspension"))).toBeNull();
  });
});
