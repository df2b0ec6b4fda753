import { groupBy } from "../group-by.ts";
import type { CountedSecond, Told } from "../usage/waiting.ts";
import type { CaseOutcome, DecisionCode, FlagScope, ReasonCode } from "../vocabulary.ts";
import type { SignalFacts } from "./signal-facts.ts";
import type { ThresholdKey } from "./threshold-keys.ts";

/** Usage of one account in one minute. */
export type MinuteCount = {
  atMs: number;
  tokenId: string;
  endpointId: number;
  outcome: DecisionCode;
  requests: number;
};

/** A request whose path says something, refused by the gate or, with the code `allowed`, answered by the API with 400 to 499; oldest first. */
export type RefusedPath = {
  atMs: number;
  tokenId: string;
  code: DecisionCode;
  /** By its shape, see `pathShape`. */
  path: string;
  /** What the API answered; absent = the gate refused it. */
  status?: number;
  /** How many alike this stands for; absent = itself only. */
  requests?: number;
  /** As it was sent, masked; absent where a registered route says what it is. */
  asked?: string;
  address?: string | null;
  /** User-Agent. */
  client?: string | null;
};

/** Requests of one second, in a minute that saw a refusal. */
export type SecondCount = CountedSecond & { tokenId: string; endpointId: number };

/** A refusal by a rate limit and how long it said to wait. */
export type ToldToWait = Told & { tokenId: string; endpointId: number };

/** What detectors of the last minutes look at: one account's last hour, but nothing from before its last decision. */
export type AccountWindow = {
  nowMs: number;
  accountId: string;
  minutes: readonly MinuteCount[];
  refusedPaths: readonly RefusedPath[];
  /** Of the last ten minutes, from a whole minute on. */
  seconds: readonly SecondCount[];
  waits: readonly ToldToWait[];
  /**
   * Distinct client addresses of the kept refusals that concern credentials, last ten minutes, by token. `isKnown` = the account used their
   * network before today and yesterday; absent = it did not.
   */
  failingAddresses: readonly { tokenId: string; address: string; isKnown?: boolean }[];
  /** Networks that one token of the account used on a usual day before, the most of them; absent = none. */
  usualNetworks?: number;
  /**
   * Attempts with unknown tokens in the last ten minutes from networks that this account uses: at least so many distinct ones, how many
   * accounts use that network, and the address from which most of them came if this account alone has used it.
   */
  unknownAttempts: readonly {
    network: string;
    requests: number;
    tokens: number;
    accounts: number;
    ownAddress: string | null;
  }[];
  /** Tokens of the account: whether the token itself, not only an old secret of it, is revoked. */
  tokens: readonly { id: string; isRevoked: boolean }[];
};

/** What detectors of the last days and weeks look at. */
export type AccountHistory = {
  nowMs: number;
  accountId: string;
  createdAtMs: number;
  /** The owner's last fix or the last decision: what came before is answered. 0 = there was none. */
  countedFromMs: number;
  /** The last decision of staff. What is known by the day counts from there only: an owner could blank every day by a fix. */
  decidedFromMs: number;
  /**
   * Requests per whole hour of the last 28 days, and of those around one and two months ago, any order; hours without a request may be missing.
   */
  hours: readonly { atMs: number; requests: number }[];
  /**
   * Share of today's requests that came from networks which the account had used before, as a part of what that share was yesterday; null or
   * absent = the gateway tells no addresses.
   */
  knownShare?: number | null;
  /** Today, and the days on which the quota ran out, counted back from today. */
  quota: {
    limit: number | null;
    spentToday: number;
    refusedToday: number;
    exhaustedDays: number;
    exhaustedAtMs: number | null;
  };
  /** Distinct networks (/24, /48) per token and UTC day of the last 28 days, today included, and requests from them; absent = not known. */
  networks: readonly { tokenId: string; day: string; networks: number; requests?: number }[];
  /**
   * Tokens used in the day in which the last hour began that were not used in the 23 days before its week: when they were made, the first day of the last week on which they were used (absent = that
   * day), and the last day before it on which they were; null = never. `wakesBefore` = the most requests on a day on which it had come back
   * after two idle months or more; absent = it never had.
   */
  usedTokens: readonly {
    id: string;
    createdAtMs: number;
    wokeDayMs?: number;
    lastDayMs: number | null;
    requestsLastHour: number;
    wakesBefore?: number;
  }[];
  /** 95th percentile of yesterday's requests over accounts on the same plan that are older than 30 days; null = too few. */
  cohortP95: number | null;
  /** One of its owners owns an account that is older than 90 days; absent = no. */
  hasOlderSister?: boolean;
  requestsToday: number;
  /** Outcomes that the API has reported, of the last hour and of the last seven days since the last decision. */
  reported: {
    statusesLastHour: number;
    clientErrorsLastHour: number;
    recipients: number;
    bounces: number;
    complaints: number;
  };
  /** Integrations in use that collect data and name no privacy policy, or one that has not been there for a day. `problem` null = none named. */
  withoutPolicy: readonly { id: string; name: string; problem: string | null }[];
};

/** Every detector there is, by its id. */
export const detectorIds = [
  "rate_excess",
  "retry_storm",
  "quota_burn",
  "quota_overrun",
  "spike",
  "credential_attack",
  "probing",
  "known_scan",
  "broken_client",
  "token_sharing",
  "token_leak",
  "retired_secret",
  "dormant_wakes",
  "new_account_races",
  "dead_token_use",
  "bounce_rate",
  "complaint_rate",
  "privacy_policy_missing",
  "report",
] as const;
export type DetectorId = (typeof detectorIds)[number];

export type Signal = {
  scope: FlagScope;
  scopeId: string;
  severity: 1 | 2 | 3;
  /** How much of it there was, to compare with an earlier flag of the same key. */
  magnitude: number;
  /** What was seen; words/ makes its one sentence. */
  facts: SignalFacts;
  evidence: Record<string, number>;
  /** When the calls were that it speaks of, where the counts of the gate's answers do not say. */
  seen?: { fromMs: number; toMs: number };
};

type Config = Record<string, number>;
/** A name that is not in the list does not compile, so that none is without words. */
type Known<C> = { [Key in keyof C]: Key extends ThresholdKey ? number : never };

/** Calls with these answers, looked back for from the moment of the judgement on, or from the start of the UTC day. */
export type Offence = { outcomes: readonly DecisionCode[] | "any"; lookBackMs: number | "utc_day" };

type Facts<C extends Config> = {
  id: DetectorId;
  /** Raised when the formula changes; kept with every flag. */
  version: number;
  reasonCode: ReasonCode;
  halfLifeDays: number;
  /** Share in the case score, 0 to 1. */
  weight: number;
  /** True = silent while the account is suspended: the suspension answers it. */
  isSilencedBySuspension: boolean;
  /** True = silent while a load that the owner announced is under way. */
  respectsAnnouncedLoad: boolean;
  /** True = silent where a leaked token explains it. */
  isSilencedByLeak: boolean;
  /** The traffic that it speaks of, whose times a flag gives; null = it does not speak of calls to the gate. */
  offence: Offence | null;
  /** For so long after a decision it says nothing: what it sees is no traffic, and stays until somebody mends it. */
  quietAfterDecisionMs?: number;
  /** What staff usually do about it. */
  usualOutcome?: CaseOutcome;
  defaults: C;
};

/** `minutes` = every few seconds over the last hour; `history` = every minute over days; `reported` = raised by people and intakes. */
export type Detector<C extends Config = Config> = Facts<C> &
  (
    | { looksAt: "minutes"; evaluate: (window: AccountWindow, config: C) => Signal[] }
    | { looksAt: "history"; evaluate: (history: AccountHistory, config: C) => Signal[] }
    | { looksAt: "reported" }
  );

/** A detector that still knows the names of its own thresholds, so that the words for them can be checked. */
type Defined<C extends Config> = Detector & { readonly defaults: C };

/** Keeps the configuration's type while a file is written; forgets it in the registry, where `defaults` fits `evaluate` anyway. */
export function defineDetector<C extends Config & Known<C>>(detector: Detector<C>): Defined<C> {
  const whole = (config: Config): C => ({ ...detector.defaults, ...config });
  switch (detector.looksAt) {
    case "minutes": {
      const evaluate = (window: AccountWindow, config: Config) => detector.evaluate(window, whole(config));
      return { ...detector, evaluate };
    }
    case "history": {
      const evaluate = (history: AccountHistory, config: Config) => detector.evaluate(history, whole(config));
      return { ...detector, evaluate };
    }
    case "reported":
      return detector;
  }
}

export function sum(counts: readonly MinuteCount[], fromMs: number, outcomes?: readonly DecisionCode[]): number {
  let total = 0;
  for (const count of counts) {
    if (count.atMs >= fromMs && (!outcomes || outcomes.includes(count.outcome))) total += count.requests;
  }
  return total;
}

/** Rows by their token, in order. */
export function byToken<Row extends { tokenId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return groupBy(rows, (row) => row.tokenId);
}

/** Rows of a UTC day, as `2026-11-30`. */
export function isoDayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
