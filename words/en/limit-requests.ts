import type { Forecast } from "../../core/rules/usage/forecast.ts";
import type { LimitRequestState } from "../../core/rules/vocabulary-intake.ts";
import { limitSize } from "./limits.ts";
import { count } from "./numbers.ts";
import { utc } from "./time.ts";

/** A limit in a sentence: "the daily quota", "the rate limit of email.send". */
export function askedLimit({ endpointName }: { endpointName: string | null }): string {
  return endpointName === null ? "the daily quota" : `the rate limit of ${endpointName}`;
}

/** `12,000 per UTC day`, `120 per minute`; null = no limit. Without a window it is the quota. */
export function askedSize(value: number | null, windowSeconds: number | null): string {
  if (value === null) return "no limit";
  return windowSeconds === null
    ? limitSize({ kind: "quota", limit: value, windowSeconds: 86_400 })
    : limitSize({ kind: "rate", limit: value, windowSeconds });
}

export const limitRequestStates: Record<LimitRequestState, string> = {
  open: "waiting for an answer",
  granted: "granted",
  declined: "declined",
  withdrawn: "withdrawn",
};

type Asked = { endpointName: string | null; windowSeconds: number | null; value: number };

export function limitGranted(asked: Asked & { startsAt: Date; endsAt: Date; answer: string | null; isLoad: boolean }) {
  const { startsAt, endsAt, answer, isLoad } = asked;
  return {
    subject: `Granted: ${askedSize(asked.value, asked.windowSeconds)}`,
    body: [
      `The provider raised ${askedLimit(asked)} to ${askedSize(asked.value, asked.windowSeconds)}, from ${utc(startsAt, "long")} to ${utc(endsAt, "long")}. You are told before it ends.`,
      ...(isLoad ? ["The load in that time is expected and not treated as abuse."] : []),
      ...(answer === null ? [] : [answer]),
    ].join(" "),
  };
}

export function limitDeclined(asked: Asked & { answer: string }) {
  return {
    subject: `Declined: ${askedSize(asked.value, asked.windowSeconds)}`,
    body: `The provider did not raise ${askedLimit(asked)} to ${askedSize(asked.value, asked.windowSeconds)}. ${asked.answer}`,
  };
}

export function exceptionEnding(of: Asked & { valueAfter: number | null; endsAt: Date }) {
  return {
    subject: `Ends soon: ${askedSize(of.value, of.windowSeconds)}`,
    body: `Your exception for ${askedLimit(of)} ends at ${utc(of.endsAt, "long")}. From then on it is ${askedSize(of.valueAfter, of.windowSeconds)}. If you need more after that, ask before it ends.`,
  };
}

/** Refusals of what was asked for. */
export const limitRequestErrors = {
  chooseLimit: "Choose a limit.",
  giveWanted: "Enter how many requests you need.",
  sayNeed: "Say what it is for, in a sentence or two.",
  notLimited: "This has no limit, so there is nothing to raise.",
  askMore: (now: string) => `Ask for more than you have then: ${now}.`,
  windowPast: "Choose an end in the future.",
  windowTooFar: "Choose a start within the next 60 days.",
  windowTooLong: "A window lasts at most 31 days. Leave its end empty to ask for a larger limit.",
  alreadyAsked: "You have already asked for this limit. Withdraw that request first, or wait for the answer.",
  tooMany: (most: number) => `An account can ask ${most} times in 24 hours. Try again tomorrow.`,
  decided: "This request was answered or withdrawn.",
  windowOver: "The time it asks for is over. Decline it, or choose a later end.",
  sayWhyDeclined: "Tell the owner why, in a sentence or two.",
};

/** What today comes to, after "used". */
export function forecastInShort(forecast: Forecast): string {
  switch (forecast.kind) {
    case "unlimited":
      return "there is no quota";
    case "stopped":
      return "every call is refused now";
    case "used_up":
      return "the quota is used up";
    case "no_use":
      return "nothing in the last hour";
    case "lasts":
      return `up to ${count(forecast.expected.high)} expected by the reset`;
    case "runs_out":
      return `it ${forecast.untilMs === null ? "may run" : "runs"} out from ${utc(new Date(forecast.fromMs), "time")} on`;
  }
}
