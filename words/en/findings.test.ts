import { describe, expect, it } from "vitest";
import {
  type EndpointFacts,
  type FindingKind,
  findingKinds,
  type MistakeFacts,
} from "../../core/rules/diagnosis/finding.ts";
import { evenPace, finding, findingPlace } from "./findings.ts";

const limiter = { name: "endpoint-rate", limit: 120, windowSeconds: 60 };
const bulk: EndpointFacts = {
  ...{
    id: 2,
    name: "email.bulk",
    surface: "http",
    method: "POST",
    path: "/v1/bulk-email",
    limit: 10,
    windowSeconds: 60,
  },
};
const cost = { requests: 25_000, refused: 500, quotaShare: 0.25 };

/** Facts of each kind, and its evidence and instruction. */
const said: { [Kind in FindingKind]: [MistakeFacts[Kind], evidence: string, instruction: string] } = {
  cost_above_limit: [
    { requests: 35, cost: 200, limiter },
    "At least 35 requests in 24 hours cost up to 200 each, more than the whole limit of 120 per minute: such a request is always refused.",
    "Split the request, or ask for a higher limit. Do not retry it: waiting does not help.",
  ],
  retries_without_waiting: [
    { early: 400, refused: 1_000, limiter },
    "400 of 1,000 refused requests in ten minutes were sent before Retry-After had passed.",
    "After a 429, send nothing until the time in Retry-After has passed. At 120 per minute, one request every 0.5 s is never refused.",
  ],
  wrong_content_type: [
    { requests: 40, method: "POST", path: "/v1/email" },
    "The API answered POST /v1/email with 415 Unsupported Media Type 40 times in 24 hours.",
    "Set the Content-Type header that the API reference names for this call, usually application/json.",
  ],
  same_request_failed: [
    { requests: 1_131, all: 1_150, status: 422, method: "POST", path: "/v1/email" },
    "The API answered POST /v1/email with 422 1,131 times in 24 hours, 98% of the token's calls there.",
    "Read in the body of the API's answer what is wrong, and correct the request before you send it again: the same request gets the same answer.",
  ],
  walking_ids: [
    { requests: 310, ids: 306, lowest: 1_000, highest: 1_330, method: "GET", path: "/v1/domains/{n}" },
    "306 different numbers from 1000 to 1330 were tried as GET /v1/domains/{n} in 24 hours, and the API answered that they are not there or not allowed.",
    "List what exists with the API's list call, and ask only for ids that it returned. Drop ids that were deleted.",
  ],
  thundering_herd: [
    { within: 96, all: 120, fromSecond: 59, toSecond: 1, times: 4, everySeconds: 3_600, limiter: null },
    "80% of 120 requests arrived between second :59 and :01 of the minute, 4 times, about every 1\u00a0h.",
    "Spread the calls over the minute, or start each job after a random delay of up to 60 s.",
  ],
  parallel_workers: [
    { workers: 8, addresses: 3, refused: 2_000, limiter },
    "At least 8 workers were waiting at the same time, from 3 addresses; the rate limit refused 2,000 requests in 24 hours.",
    "Feed all workers from one queue that sends at most 120 per minute and pauses all of them for Retry-After: the limit counts them together.",
  ],
  no_backoff: [
    { early: 80, refused: 90, gapMs: 1_040, toldSeconds: 48 },
    "80 of 90 refused requests in ten minutes were retries after a fixed wait of about 1 s, where Retry-After said 48 s.",
    "Wait as long as Retry-After says before each retry. Where an answer has no Retry-After, double the wait after each failure in a row and add a random delay.",
  ],
  demand_above_limit: [
    { refused: 90, minutes: 8, perWindow: 160, limiter },
    "It tries about 160 requests where the limit is 120 per minute: 90 were refused in 8 of ten minutes. It waits as it should.",
    "Ask for a higher limit, or send many in one call where the API can. To stay below it, send one request every 0.5 s; after a 429, keep waiting for Retry-After.",
  ],
  calls_after_quota: [
    { requests: 2_000, isTokenCap: true },
    "2,000 requests were sent today after the token's daily cap was used up.",
    "Stop at the first quota_exceeded and resume after 00:00 UTC; Retry-After gives the seconds until then. If the work can wait, check the quota first.",
  ],
  quota_spent_by_one_token: [
    { spent: 64_000, spentByAll: 80_000, quotaPerDay: 100_000, refusedOthers: 0 },
    "This token used 64,000 of today's 100,000 requests, 80% of all that was used; the other tokens share the rest.",
    "Set a daily cap on this token under Edit so that the other tokens keep their share.",
  ],
  single_sends: [
    { cost, bulk },
    "25,000 single calls today, 25% of the daily quota, 500 of them refused.",
    "Send many in one call with POST /v1/bulk-email: each call counts once.",
  ],
  tight_polling: [
    { perMinute: 12.4, minutes: 50, cost: { ...cost, quotaShare: 0, refused: 0 } },
    "The same path about 12 times a minute in 50 of the last 60 minutes; 25,000 calls today.",
    "Poll less often: wait longer while nothing changes, cache the last answer, or use a webhook if the API has one.",
  ],
  missing_scope: [
    { requests: 40, scope: "email:send" },
    "40 requests in 24 hours were refused because the token lacks the scope email:send.",
    "Add the scope email:send to the token under Edit if its client needs it, or remove the call from the client.",
  ],
  dead_token: [
    { requests: 50, code: "token_paused" },
    "50 requests in 24 hours used this paused token.",
    "Unpause the token if its client should run. Otherwise switch the client off.",
  ],
  same_request_refused: [
    { requests: 20, code: "unknown_endpoint", method: "GET", path: "/v2/mail" },
    "GET /v2/mail was refused at least 20 times in 24 hours: it matches no endpoint of this API.",
    "Fix the method or the path using the API reference. Do not retry a 404.",
  ],
};

describe("a finding", () => {
  it.each(findingKinds)("of %s says the numbers and the one thing to change", (kind) => {
    const [facts, evidence, instruction] = said[kind];
    expect(finding({ kind, facts })).toMatchObject({ evidence, instruction });
  });

  it("says what is known where the scope, the limit and the path are not", () => {
    const evidence = (kind: "missing_scope" | "same_request_refused") =>
      finding(
        kind === "missing_scope"
          ? { kind, facts: { requests: 40, scope: null } }
          : { kind, facts: { requests: 20, code: "endpoint_denied", method: null, path: null } },
      ).evidence;
    expect(evidence("missing_scope")).toBe("40 requests in 24 hours were refused because the token lacks a scope.");
    expect(evidence("same_request_refused")).toBe(
      "The same request was refused at least 20 times in 24 hours: the endpoint is closed.",
    );
  });

  it("has the place it was seen in, as far as there is one", () => {
    expect(findingPlace({ tokenName: "billing-cron", endpoint: "POST /v1/email" })).toBe(
      "“billing-cron”, POST /v1/email",
    );
    expect(findingPlace({ tokenName: null, endpoint: null })).toBe("");
  });

  it.each([
    [120, 60, "one request every 0.5 s"],
    [10, 60, "one request every 6 s"],
    [7, 60, "one request every 8.6 s"],
    [100, 1, "one request every 0.01 s"],
    [1_000, 1, "1,000 requests a second"],
    [0, 60, "one request every 60 s"],
  ])("spreads %i in %i s as %s", (limit, windowSeconds, words) => {
    expect(evenPace({ limit, windowSeconds })).toBe(words);
  });
});
