import { expect, it } from "vitest";
import { isAlsoLoad, isProvidersLimit, tellEndFromMs } from "./limit-request.ts";

const hour = 3_600_000;
const day = 24 * hour;

it.each([
  ["90 days", 90 * day, 7 * day],
  ["28 days", 28 * day, 7 * day],
  ["a day", day, 6 * hour],
  ["4 hours", 4 * hour, hour],
  ["20 minutes", hour / 3, hour / 4],
])("the end of an exception of %s is told in time to act on it", (_, lengthMs, leadMs) => {
  expect(tellEndFromMs(1_000, 1_000 + lengthMs)).toBe(1_000 + lengthMs - leadMs);
});

it("a window is an announced load as long as a load may last, and what has no end is none", () => {
  expect(isAlsoLoad(0, 72 * hour)).toBe(true);
  expect(isAlsoLoad(0, 72 * hour + 1)).toBe(false);
  expect(isAlsoLoad(0, null)).toBe(false);
});

it.each([
  ["quota_exceeded", "account-quota", true],
  ["rate_limited", "endpoint-rate", true],
  ["quota_exceeded", "token-quota", false],
  ["rate_limited", "token-rate", false],
  ["rate_limited", null, true],
  ["token_paused", null, false],
])("more is asked for where the provider's own limit refused: %s by %s", (code, name, isAsked) => {
  expect(isProvidersLimit({ code, limiter: name === null ? null : { name } })).toBe(isAsked);
});
