import type { LastingStatus } from "../../core/rules/diagnosis/answered.ts";
import type {
  CostToday,
  DeadTokenCode,
  FindingKind,
  HopelessCode,
  LimiterFacts,
  MistakeFacts,
} from "../../core/rules/diagnosis/finding.ts";
import { findLimit } from "../../core/rules/limits/catalogue.ts";
import { limitSize } from "./limits.ts";
import { count, duration, percent } from "./numbers.ts";
import { rate, route } from "./routes.ts";

/** A mistake of a client as its owner reads it: its name, the numbers in one sentence, and the one thing to change. */
export type FindingWords = { title: string; evidence: string; instruction: string };

type Sentences<Kind extends FindingKind> = {
  title: string;
  evidence: (facts: MistakeFacts[Kind]) => string;
  instruction: (facts: MistakeFacts[Kind]) => string;
};

const findings: { [Kind in FindingKind]: Sentences<Kind> } = {
  cost_above_limit: {
    title: "One request costs more than the limit",
    evidence: ({ requests, cost, limiter }) =>
      `At least ${count(requests)} requests in 24 hours cost up to ${count(cost)} each, more than the whole limit of ${limitOf(limiter)}: such a request is always refused.`,
    instruction: () => "Split the request, or ask for a higher limit. Do not retry it: waiting does not help.",
  },
  retries_without_waiting: {
    title: "Retries without waiting",
    evidence: ({ early, refused }) =>
      `${count(early)} of ${count(refused)} refused requests in ten minutes were sent before Retry-After had passed.`,
    instruction: ({ limiter }) =>
      `After a 429, send nothing until the time in Retry-After has passed.${limiter ? ` At ${rate(limiter.limit, limiter.windowSeconds)}, ${evenPace(limiter)} is never refused.` : ""}`,
  },
  thundering_herd: {
    title: "All requests in the same second",
    evidence: ({ within, all, fromSecond, toSecond, times, everySeconds }) =>
      `${percent(within / all)} of ${count(all)} requests arrived between second :${two(fromSecond)} and :${two(toSecond)} of the minute, ${count(times)} times, about every ${duration(everySeconds)}.`,
    instruction: ({ limiter }) =>
      `Spread the calls${limiter ? `, ${evenPace(limiter)}` : " over the minute"}, or start each job after a random delay of up to 60 s.`,
  },
  parallel_workers: {
    title: "Parallel workers share one token",
    evidence: ({ workers, addresses, refused }) =>
      `At least ${count(workers)} workers were waiting at the same time${addresses > 1 ? `, from ${count(addresses)} addresses` : ""}; the rate limit refused ${count(refused)} requests in 24 hours.`,
    instruction: ({ limiter }) =>
      `Feed all workers from one queue that sends at most ${limiter ? rate(limiter.limit, limiter.windowSeconds) : "as many as the limit allows"} and pauses all of them for Retry-After: the limit counts them together.`,
  },
  no_backoff: {
    title: "No back-off after refusals",
    evidence: ({ early, refused, gapMs, toldSeconds }) =>
      `${count(early)} of ${count(refused)} refused requests in ten minutes were retries after a fixed wait of about ${seconds(gapMs)}, where Retry-After said ${seconds(toldSeconds * 1000)}.`,
    instruction: () =>
      "Wait as long as Retry-After says before each retry. Where an answer has no Retry-After, double the wait after each failure in a row and add a random delay.",
  },
  demand_above_limit: {
    title: "Wants more than the limit",
    evidence: ({ refused, minutes, perWindow, limiter }) =>
      `${perWindow > limiter.limit ? `It tries about ${count(perWindow)} requests where the limit is ${rate(limiter.limit, limiter.windowSeconds)}` : `It reaches the limit of ${rate(limiter.limit, limiter.windowSeconds)}`}: ${count(refused)} were refused in ${count(minutes)} of ten minutes. It waits as it should.`,
    instruction: ({ limiter }) =>
      `Ask for a higher limit, or send many in one call where the API can. To stay below it, send ${evenPace(limiter)}; after a 429, keep waiting for Retry-After.`,
  },
  calls_after_quota: {
    title: "Calls after the quota is used up",
    evidence: ({ requests, isTokenCap }) =>
      `${count(requests)} requests were sent today after the ${isTokenCap ? "token's daily cap" : "daily quota"} was used up.`,
    instruction: () =>
      "Stop at the first quota_exceeded and resume after 00:00 UTC; Retry-After gives the seconds until then. If the work can wait, check the quota first.",
  },
  quota_spent_by_one_token: {
    title: "One token spends the shared quota",
    evidence: ({ spent, spentByAll, quotaPerDay, refusedOthers }) =>
      `This token used ${count(spent)} of today's ${count(quotaPerDay)} requests, ${percent(spent / spentByAll)} of all that was used; ${refusedOthers === 0 ? "the other tokens share the rest" : `${count(refusedOthers)} requests of other tokens were refused`}.`,
    instruction: () => "Set a daily cap on this token under Edit so that the other tokens keep their share.",
  },
  single_sends: {
    title: "Single calls where a bulk call exists",
    evidence: ({ cost }) => `${sentenceOf(`${count(cost.requests)} single calls today`, cost)}.`,
    instruction: ({ bulk }) => `Send many in one call with ${route(bulk)}: each call counts once.`,
  },
  tight_polling: {
    title: "Tight polling of one path",
    evidence: ({ perMinute, minutes, cost }) =>
      `The same path about ${count(perMinute)} times a minute in ${count(minutes)} of the last 60 minutes; ${sentenceOf(`${count(cost.requests)} calls today`, cost)}.`,
    instruction: () =>
      "Poll less often: wait longer while nothing changes, cache the last answer, or use a webhook if the API has one.",
  },
  missing_scope: {
    title: "Missing scope",
    evidence: ({ requests, scope }) =>
      `${count(requests)} requests in 24 hours were refused because the token lacks ${scope ? `the scope ${scope}` : "a scope"}.`,
    instruction: ({ scope }) =>
      `Add the scope${scope ? ` ${scope}` : ""} to the token under Edit if its client needs it, or remove the call from the client.`,
  },
  dead_token: {
    title: "Dead or paused token in use",
    evidence: ({ requests, code }) => `${count(requests)} requests in 24 hours used this ${deadTokens[code].is} token.`,
    instruction: ({ code }) => deadTokens[code].instruction,
  },
  same_request_refused: {
    title: "Same refused request repeated",
    evidence: ({ requests, code, method, path }) =>
      `${requestOf(method, path)} was refused at least ${count(requests)} times in 24 hours: ${hopeless[code].because}.`,
    instruction: ({ code }) => hopeless[code].instruction,
  },
  wrong_content_type: {
    title: "Wrong content type",
    evidence: ({ requests, method, path }) =>
      `The API answered ${requestIn(method, path)} with 415 Unsupported Media Type ${count(requests)} times in 24 hours.`,
    instruction: () =>
      "Set the Content-Type header that the API reference names for this call, usually application/json.",
  },
  same_request_failed: {
    title: "Failing request repeated",
    evidence: ({ requests, all, status, method, path }) =>
      `The API answered ${requestIn(method, path)} with ${status} ${count(requests)} times in 24 hours, ${percent(requests / all)} of the token's calls there.`,
    instruction: ({ status }) => failing[status],
  },
  walking_ids: {
    title: "Tries ids one after the other",
    evidence: ({ ids, lowest, highest, method, path }) =>
      `${count(ids)} different numbers from ${lowest} to ${highest} were tried as ${requestIn(method, path)} in 24 hours, and the API answered that they are not there or not allowed.`,
    instruction: () =>
      "List what exists with the API's list call, and ask only for ids that it returned. Drop ids that were deleted.",
  },
};

const readTheAnswer =
  "Read in the body of the API's answer what is wrong, and correct the request before you send it again: the same request gets the same answer.";
const failing: Record<LastingStatus, string> = {
  400: readTheAnswer,
  401: "Send the credentials that the API itself asks for. Do not retry: the same request gets the same answer.",
  403: "Ask the provider whether this account may make the call, and remove it from the client until then.",
  405: "Use the method that the API reference names for this path. Do not retry a 405.",
  406: "Set the Accept header to a format that the API reference names.",
  411: "Send the Content-Length of the body.",
  413: "Send less in one request: split the body.",
  414: "Send the parameters in the body instead of the address.",
  422: readTheAnswer,
  431: "Send fewer or shorter headers; cookies are usually the longest.",
};

const deadTokens: Record<DeadTokenCode, { is: string; instruction: string }> = {
  token_revoked: {
    is: "revoked",
    instruction: "Find the client that still sends this token. Give it a new one or switch it off.",
  },
  token_expired: {
    is: "expired",
    instruction:
      "Give the client a new token, or extend this one under Edit. If nobody needs the client, switch it off.",
  },
  token_paused: {
    is: "paused",
    instruction: "Unpause the token if its client should run. Otherwise switch the client off.",
  },
};

const hopeless: Record<HopelessCode, { because: string; instruction: string }> = {
  unknown_endpoint: {
    because: "it matches no endpoint of this API",
    instruction: "Fix the method or the path using the API reference. Do not retry a 404.",
  },
  endpoint_denied: {
    because: "the endpoint is closed",
    instruction: "Remove this call from the client, or ask the provider when the endpoint opens again.",
  },
  account_ip_not_allowed: {
    because: "it came from an address outside the account's allow-list",
    instruction: "Have an owner add the client's network under Settings, or call from a listed network.",
  },
  ip_not_allowed: {
    because: "it came from an address outside the token's allow-list",
    instruction: "Add the client's network to the token under Edit, or call from a listed network.",
  },
};

/** The words of a finding, of its kind and the facts the diagnosis found. */
export function finding<Kind extends FindingKind>({
  kind,
  facts,
}: {
  kind: Kind;
  facts: MistakeFacts[Kind];
}): FindingWords {
  const { title, evidence, instruction } = findings[kind];
  return { title, evidence: evidence(facts), instruction: instruction(facts) };
}

/** "“billing-cron”, POST /v1/email": where a finding was seen, as far as it has a place. */
export function findingPlace({ tokenName, endpoint }: { tokenName: string | null; endpoint: string | null }): string {
  return [tokenName && `“${tokenName}”`, endpoint].filter(Boolean).join(", ");
}

/** "one request every 0.5 s": requests spread evenly under a limit. */
export function evenPace({ limit, windowSeconds }: Pick<LimiterFacts, "limit" | "windowSeconds">): string {
  const seconds = windowSeconds / Math.max(1, limit);
  if (seconds < 0.01) return `${count(Math.floor(limit / windowSeconds))} requests a second`;
  return `one request every ${seconds < 1 ? Math.ceil(seconds * 100) / 100 : Math.ceil(seconds * 10) / 10} s`;
}

function sentenceOf(first: string, { quotaShare, refused }: CostToday): string {
  const parts = [
    ...(quotaShare >= 0.01 ? [`${percent(quotaShare)} of the daily quota`] : []),
    ...(refused > 0 ? [`${count(refused)} of them refused`] : []),
  ];
  return [first, ...parts].join(", ");
}

/** In the middle of a sentence. */
function requestIn(method: string | null, path: string | null): string {
  return path === null ? "this call" : requestOf(method, path);
}

const longestPath = 80;

function requestOf(method: string | null, path: string | null): string {
  if (path === null) return "The same request";
  const shown = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
  return method === null ? shown : `${method} ${shown}`;
}

/** A day's limit is counted by the UTC day. */
function limitOf({ name, limit, windowSeconds }: LimiterFacts): string {
  return limitSize({ kind: findLimit(name)?.kind ?? "rate", limit, windowSeconds });
}

/** 1000 → "1 s", 250 → "0.3 s". */
function seconds(ms: number): string {
  return ms < 950 ? `${Math.max(0.1, Math.round(ms / 100) / 10)} s` : `${count(ms / 1000)} s`;
}

function two(second: number): string {
  return String(second).padStart(2, "0");
}
