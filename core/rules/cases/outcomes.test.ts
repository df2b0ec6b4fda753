import { describe, expect, it } from "vitest";
import { actionTypes, caseOutcomes } from "../vocabulary.ts";
import { type CaseAction, outcomeRefusal, proposedOutcome } from "./outcomes.ts";

const taken = (type: CaseAction["type"], state: CaseAction["state"] = "active"): CaseAction => ({
  type,
  state,
  hasApplied: !["draft", "pending_approval", "scheduled", "cancelled"].includes(state),
});
const codeOf = (...given: Parameters<typeof outcomeRefusal>) => outcomeRefusal(...given)?.code ?? null;

describe("the outcome of a case", () => {
  it.each([
    ["terminated", [taken("token_pause")], "did_not_happen"],
    ["token_paused", [taken("token_pause")], null],
    ["suspended", [], "did_not_happen"],
    ["suspended", [taken("suspension", "lifted")], null],
    ["suspended", [taken("suspension", "overturned")], "did_not_happen"],
    ["suspended", [{ ...taken("suspension", "lifted"), hasApplied: false }], "did_not_happen"],
    ["notice", [taken("notice")], null],
    ["no_abuse", [], null],
    ["no_abuse", [taken("notice")], null],
    ["no_abuse", [taken("throttle")], "contradicted"],
    ["our_fault", [taken("suspension", "applying")], "contradicted"],
    ["duplicate", [taken("token_pause", "expired")], null],
    ["broken_client_helped", [taken("throttle")], null],
    ["broken_client_helped", [taken("suspension")], "contradicted"],
  ] as const)("%s after %j: %s", (outcome, actions, code) => {
    expect(codeOf(outcome, actions)).toBe(code);
  });

  it("waits for whatever waits in the case", () => {
    for (const outcome of caseOutcomes)
      for (const type of actionTypes)
        for (const state of ["pending_approval", "scheduled"] as const)
          expect(codeOf(outcome, [taken("notice"), taken(type, state)]), `${outcome} ${type} ${state}`).toBe("waiting");
  });

  it("is proposed as the gravest action that took effect", () => {
    expect(proposedOutcome([])).toBeNull();
    expect(proposedOutcome([taken("notice"), taken("suspension", "expired"), taken("throttle")])).toBe("suspended");
    expect(proposedOutcome([taken("suspension", "overturned"), taken("notice")])).toBe("notice");
    expect(proposedOutcome([taken("termination", "pending_approval")])).toBeNull();
  });

  it("that is proposed may be chosen", () => {
    for (const type of actionTypes) {
      const actions = [taken(type)];
      const proposed = proposedOutcome(actions);
      if (proposed) expect(outcomeRefusal(proposed, actions), type).toBeNull();
    }
  });
});
