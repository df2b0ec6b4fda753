import { expect, it } from "vitest";
import { proposeStep, type Strike } from "./propose-step.ts";

const day = 86_400_000;
const now = 1_000 * day;
const strike = (type: Strike["type"], daysAgo: number, state: Strike["state"] = "expired"): Strike => ({
  type,
  state,
  isUndone: false,
  isOfThisCase: false,
  atMs: now - daysAgo * day,
});

it("proposes one rung per strike, and longer suspensions with each suspension", () => {
  expect(proposeStep("rate_excess", [], now)).toEqual({ type: "notice", durationHours: null, strikes: 0 });
  expect(proposeStep("rate_excess", [strike("notice", 10)], now)).toMatchObject({ type: "throttle", strikes: 1 });
  const third = [strike("notice", 30), strike("throttle", 20), strike("suspension", 10)];
  expect(proposeStep("rate_excess", third, now)).toEqual({ type: "suspension", durationHours: 72, strikes: 3 });
  const many = Array.from({ length: 9 }, (_, i) => strike("suspension", i + 1));
  expect(proposeStep("rate_excess", many, now)).toMatchObject({ type: "suspension", durationHours: 720 });
});

it("forgets strikes older than twelve months, what was undone or replaced, what an appeal overturned, and the answer to this very case", () => {
  const gone = [
    strike("suspension", 366),
    strike("suspension", 5, "overturned"),
    strike("suspension", 5, "cancelled"),
    strike("throttle", 5, "superseded"),
    { ...strike("suspension", 5, "lifted"), isUndone: true },
    { ...strike("suspension", 0, "active"), isOfThisCase: true },
  ];
  expect(proposeStep("rate_excess", gone, now)).toMatchObject({ type: "notice", strikes: 0 });
  expect(proposeStep("rate_excess", [strike("throttle", 5, "lifted")], now)).toMatchObject({ strikes: 1 });
});

it("begins where the reason is grave with a pause or a suspension, not with a notice", () => {
  expect(proposeStep("token_leak", [], now).type).toBe("token_pause");
  expect(proposeStep("credential_attack", [], now).type).toBe("suspension");
});
