import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actionTransitions, nextActionState } from "../standing/action-machine.ts";
import { appealTransitions, nextAppealState, openAppealStates } from "../standing/appeal-machine.ts";
import { type ActionState, actionStates, appealStates, caseStates, flagStates, reportStates } from "../vocabulary.ts";
import { caseTransitions, nextCaseState } from "./case-machine.ts";
import { flagTransitions, mayOpenAgain, nextFlagState } from "./flag-machine.ts";
import { nextReportState, reportTransitions } from "./report-machine.ts";

type Table = Record<string, Partial<Record<string, string>>>;

/** Each with the state its objects begin in and the states in which nothing more happens to them. */
const machines: { what: string; table: Table; states: readonly string[]; start: string; ends: string[] }[] = [
  { what: "a flag", table: flagTransitions, states: flagStates, start: "open", ends: ["muted"] },
  { what: "a case", table: caseTransitions, states: caseStates, start: "new", ends: [] },
  {
    what: "an action",
    table: actionTransitions,
    states: actionStates,
    start: "draft",
    ends: ["overturned", "cancelled"],
  },
  {
    ...{ what: "an appeal", table: appealTransitions, states: appealStates, start: "submitted" },
    ends: ["granted", "partly_granted", "rejected", "withdrawn"],
  },
  { what: "a report", table: reportTransitions, states: reportStates, start: "new", ends: ["closed"] },
];

const next = (table: Table, state: string, event: string) => table[state]?.[event] ?? null;
const eventsOf = (table: Table) => [...new Set(Object.values(table).flatMap((row) => Object.keys(row)))];
/** The states in which the event can happen. */
const takes = (table: Table, event: string) => Object.keys(table).filter((state) => next(table, state, event) !== null);
function reachable(table: Table, from: string): Set<string> {
  const found = new Set([from]);
  for (const state of found) for (const to of Object.values(table[state] ?? {})) if (to !== undefined) found.add(to);
  return found;
}

describe.each(machines)("$what", ({ table, states, start, ends }) => {
  it("knows every state of the word list and leads only to such states", () => {
    expect(Object.keys(table).sort()).toEqual([...states].sort());
    for (const row of Object.values(table)) for (const to of Object.values(row)) expect(states).toContain(to);
  });

  it("can come into every state", () => {
    expect([...reachable(table, start)].sort()).toEqual([...states].sort());
  });

  it("stays in its last states, and in no other", () => {
    expect(states.filter((state) => eventsOf(table).every((event) => next(table, state, event) === null))).toEqual(
      ends,
    );
  });

  it("can always come to an end", () => {
    for (const state of states.filter((one) => ends.length > 0 && !ends.includes(one)))
      expect(
        ends.some((end) => reachable(table, state).has(end)),
        state,
      ).toBe(true);
  });

  it("is never left, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...eventsOf(table))), (events) => {
        expect(states).toContain(events.reduce((state, event) => next(table, state, event) ?? state, start));
      }),
    );
  });

  it("comes by one event into one state, wherever it was, or stays where it is", () => {
    const targets = (event: string) =>
      new Set(
        takes(table, event).flatMap((state) =>
          next(table, state, event) === state ? [] : [next(table, state, event)],
        ),
      );
    // To undo what is not yet in force is to cancel it.
    const split = eventsOf(table).filter((event) => targets(event).size > 1);
    expect(split).toEqual(table === actionTransitions ? ["undo"] : []);
  });
});

describe("an action", () => {
  const over = ["expired", "lifted", "superseded", "overturned", "cancelled"];
  const ahead = ["draft", "pending_approval", "scheduled"];
  const inForce = ["applying", "active"];

  it("that is over stays over, except when what replaced it is undone", () => {
    for (const state of over)
      for (const [event, to] of Object.entries(actionTransitions[state as ActionState]))
        if (event !== "reinstate") expect(over, `${state} + ${event}`).toContain(to);
    expect(takes(actionTransitions, "reinstate")).toEqual(["superseded"]);
  });

  it("comes into force from every state before it", () => {
    expect(takes(actionTransitions, "apply")).toEqual(ahead);
  });

  it("is cancelled before it is in force, and lifted after", () => {
    expect(takes(actionTransitions, "cancel")).toEqual(ahead);
    expect(takes(actionTransitions, "lift")).toEqual(inForce);
  });

  it("can be undone until it is over", () => {
    expect(takes(actionTransitions, "undo")).toEqual([...ahead, ...inForce]);
    for (const state of ahead) expect(next(actionTransitions, state, "undo")).toBe("cancelled");
    for (const state of inForce) expect(next(actionTransitions, state, "undo")).toBe("lifted");
  });

  it("asks for approval first or not at all, and waits for its start in one state", () => {
    expect(takes(actionTransitions, "ask_approval")).toEqual(["draft"]);
    expect(takes(actionTransitions, "schedule")).toEqual(["draft", "pending_approval"]);
  });

  it("ends in the same ways before and after the gates have confirmed", () => {
    const ways = (state: ActionState) => Object.keys(actionTransitions[state]).filter((event) => event !== "confirm");
    expect(ways("applying").sort()).toEqual(ways("active").sort());
    expect(takes(actionTransitions, "confirm")).toEqual(["applying"]);
  });

  it.each(["uphold", "tell"])("is as much in force as before when somebody comes to %s it", (event) => {
    expect(takes(actionTransitions, event).map((state) => next(actionTransitions, state, event))).toEqual(inForce);
  });

  it("ends by the clock, by a person and by another action", () => {
    for (const event of ["expire", "lapse", "lift", "supersede", "overturn"])
      expect(takes(actionTransitions, event), event).toEqual(expect.arrayContaining(inForce));
  });

  it("can be overturned once it has been in force, also when it is long over", () => {
    const been = [...reachable(actionTransitions, "applying")].filter((state) => state !== "overturned");
    expect(takes(actionTransitions, "overturn").sort()).toEqual(been.sort());
  });
});

describe("an appeal", () => {
  it.each(["grant", "grant_partly", "reject", "withdraw"])(
    "can be closed by %s while it is open, and once",
    (event) => {
      expect(takes(appealTransitions, event)).toEqual([...openAppealStates]);
    },
  );

  it("that waits for the owner waits on when somebody takes it", () => {
    expect(next(appealTransitions, "waiting_for_owner", "assign")).toBe("waiting_for_owner");
    expect(takes(appealTransitions, "assign")).toEqual([...openAppealStates]);
  });

  it("is the staff's again with the owner's answer", () => {
    expect(takes(appealTransitions, "owner_answers")).toEqual(["waiting_for_owner"]);
    expect(next(appealTransitions, "waiting_for_owner", "owner_answers")).toBe("assigned");
    expect(takes(appealTransitions, "ask_owner")).toEqual(["submitted", "assigned"]);
  });
});

describe("a report", () => {
  it("can be closed until it is, and joins one case", () => {
    expect(takes(reportTransitions, "close")).toEqual(["new", "assigned", "in_case"]);
    expect(takes(reportTransitions, "join_case")).toEqual(["new", "assigned"]);
  });

  it("is taken while it is in no case", () => {
    expect(takes(reportTransitions, "assign")).toEqual(["new", "assigned"]);
  });
});

describe("a case", () => {
  it("can be closed until it is, and reopened after", () => {
    expect(takes(caseTransitions, "close")).toEqual(caseStates.filter((state) => state !== "closed"));
    expect(takes(caseTransitions, "reopen")).toEqual(["closed"]);
  });

  it.each(["claim", "hand_over"])("keeps its approval waiting through %s", (event) => {
    expect(next(caseTransitions, "pending_approval", event)).toBe("pending_approval");
    expect(takes(caseTransitions, event)).toEqual(caseStates.filter((state) => state !== "closed"));
  });

  it("leaves the wait for approval by the decision and by its end", () => {
    const ways = Object.entries(caseTransitions.pending_approval).filter(([, to]) => to !== "pending_approval");
    expect(ways.map(([event]) => event)).toEqual(["approval_decided", "close"]);
  });

  it("can do all the same work wherever else it is open", () => {
    const open = caseStates.filter((state) => state !== "closed" && state !== "pending_approval");
    for (const event of ["snooze", "ask_owner", "ask_approval", "escalate"])
      expect(takes(caseTransitions, event), event).toEqual(open);
  });

  it.each([
    ["assigned", "release", "new"],
    ["snoozed", "wake", "assigned"],
    ["waiting_for_owner", "owner_answers", "assigned"],
    ["pending_approval", "approval_decided", "assigned"],
  ])("that is %s goes on by %s, and no other does", (state, event, to) => {
    expect(takes(caseTransitions, event)).toEqual([state]);
    expect(next(caseTransitions, state, event)).toBe(to);
  });
});

describe("a flag", () => {
  it.each(["confirm", "dismiss"])("is decided by %s only inside a case", (event) => {
    expect(takes(flagTransitions, event)).toEqual(["in_case"]);
  });

  it("that a person has decided is not touched by traffic", () => {
    const decided = ["confirmed", "dismissed", "muted"];
    for (const event of ["joins_case", "goes_quiet", "seen_again", "runs_out"])
      expect(
        takes(flagTransitions, event).filter((state) => decided.includes(state)),
        event,
      ).toEqual([]);
  });

  it("can be muted in every other state", () => {
    expect(takes(flagTransitions, "mute").sort()).toEqual(flagStates.filter((state) => state !== "muted").sort());
  });

  it("joins a case while it is in none", () => {
    expect(takes(flagTransitions, "joins_case")).toEqual(["open", "recovering"]);
  });

  it("recovers before it runs out, and opens again when it is seen", () => {
    expect(takes(flagTransitions, "goes_quiet")).toEqual(["open"]);
    expect(takes(flagTransitions, "runs_out")).toEqual(["recovering"]);
    expect(next(flagTransitions, "recovering", "seen_again")).toBe("open");
    expect(takes(flagTransitions, "seen_again")).toEqual(["open", "recovering", "in_case"]);
  });

  it("that was confirmed goes back into its case, is found wrong, or is let go", () => {
    expect(takes(flagTransitions, "reconsider")).toEqual(["confirmed"]);
    expect(takes(flagTransitions, "overturn")).toEqual(["confirmed"]);
    expect(takes(flagTransitions, "let_go")).toEqual(["in_case", "confirmed"]);
  });
});

describe("a step that no table has", () => {
  it("is refused", () => {
    expect(nextActionState("cancelled", "apply")).toBeNull();
    expect(nextCaseState("closed", "claim")).toBeNull();
    expect(nextFlagState("muted", "confirm")).toBeNull();
    expect(nextAppealState("granted", "reject")).toBeNull();
    expect(nextReportState("closed", "assign")).toBeNull();
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
