import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { invalid } from "../frame/errors.ts";
import { hourMs } from "../rules/time.ts";
import type { ImposeInput } from "./impose-input.ts";

type Asked = Pick<ImposeInput, "type" | "endsAt" | "durationHours" | "forGood">;

/**
 * When an action ends, in epoch milliseconds; null = no end. A length is shortened by the time served under what it replaces.
 * Throws `invalid` when a measure that needs an end names none, or when the time served is longer than the length.
 */
export function endOf(asked: Asked, startsAtMs: number, servedMs: number): number | null {
  const { type, endsAt, durationHours, forGood } = asked;
  if (type === "notice" || type === "termination") return null;
  if (forGood) return null;
  if (endsAt !== undefined) return endsAt.getTime();
  if (durationHours === undefined) {
    throw invalid("endsAt", type === "throttle" ? words.errors.chooseEnd : deskWords.errors.chooseEndOrForGood);
  }
  const endsAtMs = startsAtMs + durationHours * hourMs - servedMs;
  if (endsAtMs <= startsAtMs) throw invalid("endsAt", deskWords.errors.endPassed);
  return endsAtMs;
}
