import { expect, it } from "vitest";
import { hourMs } from "../time.ts";
import { roleTieMs } from "./enforcement.ts";
import { type GivenRole, oneHandUntil } from "./one-hand.ts";

/** Who gave whom a role, and how many hours ago. */
const gave = (byUserId: string, userId: string, hoursAgo: number): GivenRole => ({
  ...{ byUserId, userId },
  atMs: -hoursAgo * hourMs,
});
const after = (hours: number) => hours * hourMs;

it.each<[string, GivenRole[], number | null]>([
  ["nobody gave either a role lately", [], null],
  ["one gave the other their role", [gave("ada", "bea", 1)], after(23)],
  ["and the other way round", [gave("bea", "ada", 1)], after(23)],
  ["a day later they are two", [gave("ada", "bea", 24)], null],
  ["over a third", [gave("ada", "cleo", 3), gave("cleo", "bea", 1)], after(21)],
  ["a third gave both", [gave("cleo", "ada", 20), gave("cleo", "bea", 1)], after(4)],
  ["a third gave one", [gave("cleo", "bea", 1)], null],
  ["a step of the way is older than a day", [gave("ada", "cleo", 25), gave("cleo", "bea", 1)], null],
  ["both gave each other a role", [gave("ada", "bea", 5), gave("bea", "ada", 2)], after(22)],
])("two people count as one while %s: %j", (_what, roles, untilMs) => {
  expect(oneHandUntil("ada", "bea", roles, 0)).toBe(untilMs);
  expect(oneHandUntil("bea", "ada", roles, 0)).toBe(untilMs);
});

it("a person is always one hand with themselves, without an end", () => {
  expect(oneHandUntil("ada", "ada", [], 0)).toBeNull();
  expect(roleTieMs).toBe(24 * hourMs);
});
