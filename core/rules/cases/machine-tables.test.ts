import { expect, it } from "vitest";
import { actionTransitions } from "../standing/action-machine.ts";
import { appealTransitions, decideWithinMs } from "../standing/appeal-machine.ts";
import { caseTransitions, claimMs, reopenWithinMs } from "./case-machine.ts";
import { flagTransitions } from "./flag-machine.ts";
import { reportTransitions } from "./report-machine.ts";

/** The life of every object as it is published, row by row: a step that is added, lost or led elsewhere fails here. */
const steps = (table: Record<string, Partial<Record<string, string>>>) =>
  Object.entries(table).flatMap(([state, row]) =>
    Object.entries(row).map(([event, next]) => `${state} + ${event} = ${next}`),
  );
const fromEach = (states: string[], rows: string[]) =>
  states.flatMap((state) => rows.map((row) => `${state} + ${row}`));

it("a flag opens, recovers and expires, or is decided or let go in a case, and can be muted from anywhere", () => {
  expect(steps(flagTransitions).sort()).toEqual(
    [
      "open + goes_quiet = recovering",
      "recovering + runs_out = expired",
      ...fromEach(["open", "recovering"], ["joins_case = in_case", "seen_again = open"]),
      "in_case + seen_again = in_case",
      "in_case + confirm = confirmed",
      "in_case + dismiss = dismissed",
      ...fromEach(["in_case", "confirmed"], ["let_go = expired"]),
      "confirmed + reconsider = in_case",
      "confirmed + overturn = dismissed",
      ...fromEach(["open", "recovering", "in_case", "confirmed", "dismissed", "expired"], ["mute = muted"]),
    ].sort(),
  );
});

it("a case is taken, put off, waits or is escalated until it is closed, and closed is reopened", () => {
  const working = [
    "claim = assigned",
    "hand_over = assigned",
    "snooze = snoozed",
    "ask_owner = waiting_for_owner",
    "ask_approval = pending_approval",
    "escalate = escalated",
    "close = closed",
  ];
  expect(steps(caseTransitions).sort()).toEqual(
    [
      ...fromEach(["new", "assigned", "snoozed", "waiting_for_owner", "escalated"], working),
      "assigned + release = new",
      "snoozed + wake = assigned",
      "waiting_for_owner + owner_answers = assigned",
      // Who takes it meanwhile does not take the approval away.
      "pending_approval + claim = pending_approval",
      "pending_approval + hand_over = pending_approval",
      "pending_approval + approval_decided = assigned",
      "pending_approval + close = closed",
      "closed + reopen = new",
    ].sort(),
  );
  expect([claimMs / 60_000, reopenWithinMs / 86_400_000]).toEqual([10, 14]);
});

it("an action waits, is in force, and ends once, or is cancelled before", () => {
  const ends = ["expire = expired", "lapse = expired", "lift = lifted", "undo = lifted", "supersede = superseded"];
  expect(steps(actionTransitions).sort()).toEqual(
    [
      "draft + ask_approval = pending_approval",
      ...fromEach(["draft", "pending_approval"], ["schedule = scheduled"]),
      ...fromEach(
        ["draft", "pending_approval", "scheduled"],
        ["apply = applying", "cancel = cancelled", "undo = cancelled"],
      ),
      "applying + confirm = active",
      ...["applying", "active"].flatMap((state) => [`${state} + uphold = ${state}`, `${state} + tell = ${state}`]),
      ...fromEach(["applying", "active"], [...ends, "overturn = overturned"]),
      // An appeal can be granted when the action is long over.
      ...fromEach(["expired", "lifted", "superseded"], ["overturn = overturned"]),
      "superseded + reinstate = applying",
    ].sort(),
  );
});

it("an appeal is a dialogue until it is decided or withdrawn", () => {
  const decisions = ["grant = granted", "grant_partly = partly_granted", "reject = rejected", "withdraw = withdrawn"];
  expect(steps(appealTransitions).sort()).toEqual(
    [
      ...fromEach(["submitted", "assigned"], ["assign = assigned", "ask_owner = waiting_for_owner"]),
      "waiting_for_owner + assign = waiting_for_owner",
      "waiting_for_owner + owner_answers = assigned",
      ...fromEach(["submitted", "assigned", "waiting_for_owner"], decisions),
    ].sort(),
  );
  expect(decideWithinMs / 86_400_000).toBe(7);
});

it("a report is taken, joins a case, and is closed once", () => {
  expect(steps(reportTransitions).sort()).toEqual(
    [
      ...fromEach(["new", "assigned"], ["assign = assigned", "join_case = in_case", "close = closed"]),
      "in_case + close = closed",
    ].sort(),
  );
});
