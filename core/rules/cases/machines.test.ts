import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ActionEvent, actionTransitions, nextActionState } from "../standing/action-machine.ts";
import { type AppealEvent, appealTransitions, nextAppealState, openAppealStates } from "../standing/appeal-machine.ts";
import { actionStates, appealStates, caseStates, flagStates, reportStates } from "../vocabulary.ts";
import { type CaseEvent, caseTransitions, nextCaseState } from "./case-machine.ts";
import { type FlagEvent, flagTransitions, mayOpenAgain, nextFlagState } from "./flag-machine.ts";
import { nextReportState, type ReportEvent, reportTransitions } from "./report-machine.ts";

const eventsOf = (table: Record<string, object>) => [
  ...new Set(Object.values(table).flatMap((row) => Object.keys(row))),
];

describe("the machines", () => {
  it("know every state of the word lists, and lead only to such states", () => {
    const machines = [
      [flagTransitions, flagStates],
      [caseTransitions, caseStates],
      [actionTransitions, actionStates],
      [appealTransitions, appealStates],
      [reportTransitions, reportStates],
    ] as const;
    for (const [table, states] of machines) {
      expect(Object.keys(table).sort()).toEqual([...states].sort());
      for (const row of Object.values(table)) for (const next of Object.values(row)) expect(states).toContain(next);
    }
  });

  it("never leave their table, whatever comes", () => {
    const walk = <State extends string, Event extends string>(
      table: Record<State, object>,
      start: State,
      next: (state: State, event: Event) => State | null,
    ) =>
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...(eventsOf(table) as Event[]))), (events) => {
          const end = events.reduce((state, event) => next(state, event) ?? state, start);
          expect(Object.keys(table)).toContain(end);
        }),
      );
    walk(actionTransitions, "draft", nextActionState);
    walk(caseTransitions, "new", nextCaseState);
    walk(flagTransitions, "open", nextFlagState);
    walk(appealTransitions, "submitted", nextAppealState);
    walk(reportTransitions, "new", nextReportState);
  });

  it("let no action that is over come back into force, except when what replaced it is undone", () => {
    const over = ["expired", "lifted", "superseded", "overturned", "cancelled"] as const;
    const events = (eventsOf(actionTransitions) as ActionEvent[]).filter((event) => event !== "reinstate");
    fc.assert(
      fc.property(fc.constantFrom(...over), fc.array(fc.constantFrom(...events)), (start, given) => {
        let state: (typeof actionStates)[number] = start;
        for (const event of given) state = nextActionState(state, event) ?? state;
        expect(over).toContain(state);
      }),
    );
    expect(actionStates.filter((state) => nextActionState(state, "reinstate"))).toEqual(["superseded"]);
  });

  it("decide an appeal once, and nothing moves it afterwards", () => {
    const decisions: AppealEvent[] = ["grant", "grant_partly", "reject", "withdraw"];
    for (const event of decisions)
      expect(appealStates.filter((state) => nextAppealState(state, event))).toEqual([...openAppealStates]);
    for (const state of appealStates.filter((one) => !(openAppealStates as readonly string[]).includes(one)))
      expect(appealTransitions[state]).toEqual({});
  });

  it("close every report that is open, and keep a closed one closed", () => {
    expect(reportStates.filter((state) => !nextReportState(state, "close" satisfies ReportEvent))).toEqual(["closed"]);
  });

  it("cancel only what is not in force, and lift only what is", () => {
    expect(actionStates.filter((state) => nextActionState(state, "cancel"))).toEqual([
      "draft",
      "pending_approval",
      "scheduled",
    ]);
    expect(actionStates.filter((state) => nextActionState(state, "lift"))).toEqual(["applying", "active"]);
  });

  it("reopen only closed cases, and close every other", () => {
    expect(caseStates.filter((state) => nextCaseState(state, "reopen"))).toEqual(["closed"]);
    expect(caseStates.filter((state) => !nextCaseState(state, "close" satisfies CaseEvent))).toEqual(["closed"]);
  });

  it("decide a flag only inside a case, and once", () => {
    const decisions: FlagEvent[] = ["confirm", "dismiss"];
    for (const event of decisions)
      expect(flagStates.filter((state) => nextFlagState(state, event))).toEqual(["in_case"]);
  });
});

describe("a flag that was dismissed", () => {
  const hours = (n: number) => n * 3_600_000;
  const earlier = { decision: "dismissed" as const, decidedAtMs: hours(480_000), severity: 1, magnitude: 100 };
  it.each([
    ["the same, an hour later", 1, 100, 1, false],
    ["worse, an hour later", 3, 900, 1, false],
    ["the same, two days later", 1, 100, 48, false],
    ["more severe, two days later", 2, 100, 48, true],
    ["twice as much, two days later", 1, 200, 48, true],
    ["twice as much, exactly a day later", 1, 200, 24, true],
    ["almost twice as much, two days later", 1, 199, 48, false],
  ])("%s", (_what, severity, magnitude, after, opens) => {
    expect(mayOpenAgain(earlier, { severity, magnitude }, hours(480_000 + after))).toBe(opens);
  });
  it("comes back at once when it was confirmed before", () => {
    expect(mayOpenAgain({ ...earlier, decision: "confirmed" }, { severity: 1, magnitude: 1 }, 1)).toBe(true);
  });
});
