import { describe, expect, it } from "vitest";
import type { SignalFacts } from "../../core/rules/detectors/signal-facts.ts";
import { signal } from "./signals.ts";

describe("a signal", () => {
  it.each<[SignalFacts, string]>([
    [
      { kind: "rate_excess", shareOf10Minutes: 0.25, shareOf60Minutes: 0.25, refused: 100, requests: 400 },
      "25% refused over 10 min, 25% over 60 min: 100 of 400 requests",
    ],
    [
      { kind: "retry_storm", early: 300, refused: 400 },
      "300 requests before Retry-After had passed, 75% of 400 refusals in 10 min",
    ],
    [
      { kind: "quota_burn", quota: 10_000, usedUpAtMs: Date.parse("2026-11-24T04:05:00Z"), days: 1, refused: 60 },
      "The daily quota of 10,000 was used up at 04:05 UTC; 60 calls were refused after it",
    ],
    [
      { kind: "quota_burn", quota: 10_000, usedUpAtMs: Date.parse("2026-11-24T04:05:00Z"), days: 3, refused: 60 },
      "The daily quota of 10,000 was used up at 04:05 UTC, on 3 of the last 7 days; 60 calls were refused after it",
    ],
    [
      { kind: "quota_overrun", refused: 4_000, quota: 10_000 },
      "4,000 calls refused by the quota today, 40% of the daily quota of 10,000",
    ],
    [{ kind: "quota_overrun", refused: 4_000, quota: 0 }, "4,000 calls refused today by a quota of 0"],
    [
      { kind: "spike", requests: 5_000, usual: 312.4 },
      "5,000 requests in an hour, usually 312 at this time; the hour before was as high",
    ],
    [
      { kind: "credential_attack", from: "192.0.2.0/24", attempts: 40, tokens: 25, isOwnAddress: false },
      "At least 25 unknown tokens tried in 40 calls in 10 min from 192.0.2.0/24, a network that only this account uses",
    ],
    [
      { kind: "credential_attack", from: "192.0.2.7", attempts: 40, tokens: 25, isOwnAddress: true },
      "At least 25 unknown tokens tried in 40 calls in 10 min from 192.0.2.7, an address that only this account uses",
    ],
    [
      { kind: "credential_attack", from: null, addresses: 25 },
      "Tokens of this account failed from 25 addresses in 10 min",
    ],
    [
      { kind: "probing", distinctPaths: 40, isSample: false, refused: 40, requests: 60 },
      "40 distinct refused paths in an hour; 40 of 60 requests were not allowed",
    ],
    [
      { kind: "probing", distinctPaths: 30, isSample: true, refused: 60, requests: 60 },
      "At least 30 distinct refused paths in an hour; 60 of 60 requests were not allowed",
    ],
    [
      { kind: "probing", distinctPaths: 30, isSample: false, refused: 41, requests: 60, answered: 12 },
      "30 distinct paths in an hour that were refused or not there; 41 of 60 requests were refused or answered with a client error",
    ],
    [
      {
        ...{ kind: "probing", distinctPaths: 30, isSample: false, refused: 30, requests: 60, answered: 0 },
        ...{ from: "192.0.2.7", tokens: 5 },
      },
      "30 distinct refused paths in an hour from 192.0.2.7 with 5 tokens; 30 of 60 requests were not allowed",
    ],
    [
      { kind: "known_scan", what: "scanner_client", distinct: 12, example: "sqlmap" },
      "12 distinct wrong paths in an hour from a client that calls itself sqlmap",
    ],
    [
      { kind: "known_scan", what: "traversal", distinct: 4, example: `/${"../".repeat(40)}etc/passwd` },
      `4 distinct paths in an hour that lead out of their folder, such as /${"../".repeat(40).slice(0, 59)}…`,
    ],
    [
      { kind: "known_scan", what: "sensitive_files", distinct: 5, example: "/.env" },
      "5 distinct files that scanners look for in an hour, such as /.env; all were refused",
    ],
    [
      { kind: "broken_client", errors: 600, reported: 1_000 },
      "60% of 1,000 reported answers in an hour were client errors",
    ],
    [{ kind: "token_sharing", networks: 40, usual: 3 }, "Used from 40 networks today, usually from 3 a day at most"],
    [{ kind: "dormant_wakes", requests: 500, idleDays: 120 }, "500 requests in an hour after 120 days without any"],
    [
      { kind: "new_account_races", requests: 50_000, ageDays: 3, cohortP95: 1_200 },
      "50,000 requests today, 3 days after opening; 95% of accounts on its plan stay below 1,200 a day",
    ],
    [{ kind: "dead_token_use", calls: 200, isRevoked: true }, "200 calls in an hour with a revoked token"],
    [{ kind: "dead_token_use", calls: 200, isRevoked: false }, "200 calls in an hour with an expired token"],
    [{ kind: "bounce_rate", bad: 50, recipients: 1_000 }, "50 of 1,000 recipients (5%) bounced in 7 days"],
    [{ kind: "complaint_rate", bad: 4, recipients: 970 }, "4 of 970 recipients (0.41%) complained in 7 days"],
    [
      { kind: "privacy_policy_missing", integration: "Shop", others: 0, isNamed: true },
      "“Shop” collects data about people under a privacy policy that cannot be reached",
    ],
    [
      { kind: "privacy_policy_missing", integration: "Shop", others: 2, isNamed: false },
      "“Shop” and 2 more collect data about people without a privacy policy",
    ],
  ])("%j is said in one sentence with its numbers", (facts, sentence) => {
    expect(signal(facts)).toBe(sentence);
  });
});
