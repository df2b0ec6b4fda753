import { describe, expect, it } from "vitest";
import type { DecisionCode } from "../vocabulary.ts";
import type { AccountHistory, AccountWindow } from "./detector.ts";
import { detectorOf, detectors } from "./registry.ts";

/** The numbers of the published table, each just reached and just missed. The expected figure is the severity; 0 = silent. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const today = 20_000 * day;
const now = today + 14 * hour + 30 * minute;

const nothing: AccountWindow = {
  ...{ nowMs: now, accountId: "acc", minutes: [], refusedPaths: [], seconds: [], waits: [] },
  ...{ failingAddresses: [], unknownAttempts: [], tokens: [] },
};
const noQuota = { limit: null, spentToday: 0, refusedToday: 0, exhaustedDays: 0, exhaustedAtMs: null };
const nothingReported = { statusesLastHour: 0, clientErrorsLastHour: 0, recipients: 0, bounces: 0, complaints: 0 };
const noHistory: AccountHistory = {
  ...{
    nowMs: now,
    accountId: "acc",
    createdAtMs: now - 400 * day,
    countedFromMs: 0,
    decidedFromMs: 0,
    hours: [],
    quota: noQuota,
    networks: [],
  },
  ...{ usedTokens: [], cohortP95: null, requestsToday: 0, reported: nothingReported, withoutPolicy: [] },
};

function severityOf(id: string, seen: Partial<AccountWindow> | Partial<AccountHistory>): number {
  const detector = detectorOf(id);
  if (detector?.looksAt === "minutes")
    return detector.evaluate({ ...nothing, ...(seen as Partial<AccountWindow>) }, {})[0]?.severity ?? 0;
  if (detector?.looksAt === "history")
    return detector.evaluate({ ...noHistory, ...(seen as Partial<AccountHistory>) }, {})[0]?.severity ?? 0;
  throw new Error(`${id} looks at nothing.`);
}

const many = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
const calls = (...rows: [minutesAgo: number, outcome: DecisionCode, requests: number][]) => ({
  minutes: rows.map(([ago, outcome, requests]) => ({
    ...{ atMs: now - ago * minute, tokenId: "t1", endpointId: 1, outcome, requests },
  })),
});
/** `early` calls inside a wait of a minute, among `refused` refusals of ten minutes. */
const retries = (early: number, refused: number) => ({
  ...calls([5, "rate_limited", refused]),
  waits: [{ atMs: now - 5 * minute, tokenId: "t1", endpointId: 1, seconds: 60, address: null }],
  seconds: [{ atMs: now - 5 * minute + 30_000, tokenId: "t1", endpointId: 1, refused: early }],
});
const spentAt = (atMs: number, exhaustedDays = 1, refusedToday = 50, limit = 1_000) => ({
  quota: { limit, spentToday: limit, refusedToday, exhaustedDays, exhaustedAtMs: today + atMs },
});
const afterQuota = (refusedToday: number, limit = 1_000) => ({
  quota: { ...spentAt(13 * hour).quota, limit, refusedToday },
});
/** Four weeks at `usual(day)` an hour, and the last two whole hours. */
const hours = (usual: (daysAgo: number) => number, last: number, before = last) => ({
  hours: many(28 * 24, (i) => {
    const atMs = today + 13 * hour - i * hour;
    return { atMs, requests: i === 0 ? last : i === 1 ? before : usual(Math.floor((today + day - atMs) / day)) };
  }),
});
const paths = (count: number, everyMs: number) => ({
  ...calls([1, "unknown_endpoint", count]),
  refusedPaths: many(count, (i) => {
    const code: DecisionCode = "unknown_endpoint";
    return { atMs: now - (count - i) * everyMs, tokenId: "t1", code, path: `/p/${i}` };
  }),
});
const asked = (all: string[], code: DecisionCode = "unknown_endpoint", client: string | null = "curl/8.9") => ({
  refusedPaths: all.map((path, i) => ({
    ...{ atMs: now - 50 * minute + i * 5 * minute, tokenId: "t1", code, path, asked: path, client },
  })),
});
const networks = (usual: number, seenNow: number) => ({
  networks: many(28, (ago) => ({
    tokenId: "t1",
    day: new Date(now - ago * day).toISOString().slice(0, 10),
    networks: ago === 0 ? seenNow : usual,
  })),
});
const networksWith = (daysAgo: number, seenThen: number, usual: number, seenNow: number) => ({
  networks: networks(usual, seenNow).networks.map((one, ago) =>
    ago === daysAgo ? { ...one, networks: seenThen } : one,
  ),
});
/** Ten times its usual volume in two hours, with so many days before them. */
const newer = (days: number) => ({
  hours: hours(() => 100, 1_001).hours.filter((one) => one.atMs >= today + 13 * hour - days * day),
});
const guesses = (tokens: number, accounts = 1, ownAddress: string | null = null, requests = 2 * tokens) => ({
  unknownAttempts: [{ network: "192.0.2.0/24", requests, tokens, accounts, ownAddress }],
});
const woke = (idleDays: number, requestsLastHour: number) => ({
  usedTokens: [
    { id: "t1", createdAtMs: now - 400 * day, countedFromMs: 0, lastDayMs: now - idleDays * day, requestsLastHour },
  ],
});
const young = (ageDays: number, requestsToday: number) => ({
  ...{ createdAtMs: now - ageDays * day, cohortP95: 1_000, requestsToday },
});
const reported = (change: Partial<AccountHistory["reported"]>) => ({ reported: { ...nothingReported, ...change } });
const statuses = (statusesLastHour: number, clientErrorsLastHour: number) =>
  reported({ statusesLastHour, clientErrorsLastHour });

describe("a detector's published numbers", () => {
  it.each<[string, string, Partial<AccountWindow> | Partial<AccountHistory>, number]>([
    ["rate_excess", "20 % of ten minutes", calls([2, "allowed", 400], [2, "rate_limited", 100]), 1],
    ["rate_excess", "less than 20 %", calls([2, "allowed", 401], [2, "rate_limited", 100]), 0],
    ["rate_excess", "10 % of the hour", calls([2, "allowed", 9], [2, "rate_limited", 100], [40, "allowed", 891]), 1],
    [
      "rate_excess",
      "less than 10 % of the hour",
      calls([2, "allowed", 9], [2, "rate_limited", 100], [40, "allowed", 892]),
      0,
    ],
    ["rate_excess", "99 refused", calls([2, "allowed", 300], [2, "rate_limited", 99]), 0],
    ["rate_excess", "half refused", calls([2, "allowed", 100], [2, "rate_limited", 100]), 2],
    ["rate_excess", "just less than half", calls([2, "allowed", 101], [2, "rate_limited", 100]), 1],
    ["retry_storm", "200 early ones, half of the refusals", retries(200, 400), 2],
    ["retry_storm", "199 early ones", retries(199, 300), 0],
    ["retry_storm", "less than half", retries(200, 401), 0],
    ["quota_burn", "spent at 11:59", spentAt(12 * hour - minute), 1],
    ["quota_burn", "spent at 12:00", spentAt(12 * hour), 0],
    ["quota_burn", "spent at 5:59", spentAt(6 * hour - minute), 2],
    ["quota_burn", "spent at 6:00", spentAt(6 * hour), 1],
    ["quota_burn", "spent late, on 3 of 7 days", spentAt(13 * hour, 3), 1],
    ["quota_burn", "spent late, on 2 of 7 days", spentAt(13 * hour, 2), 0],
    ["quota_burn", "spent at midnight, and stopped at the first refusal", spentAt(20 * minute, 7, 1), 0],
    ["quota_burn", "spent at midnight, and stopped soon", spentAt(20 * minute, 7, 49), 0],
    ["quota_burn", "spent at midnight, and less than a hundredth of the quota after it", spentAt(0, 7, 99, 10_000), 0],
    ["quota_burn", "spent at midnight, and a hundredth of the quota after it", spentAt(0, 7, 100, 10_000), 2],
    ["quota_overrun", "refused a fifth of the quota", afterQuota(200), 2],
    ["quota_overrun", "refused less", afterQuota(199), 0],
    ["spike", "three times the usual", hours(() => 100, 301), 1],
    ["spike", "less than three times", hours(() => 100, 299), 0],
    ["spike", "100 an hour", hours(() => 1, 100), 2],
    ["spike", "99 an hour", hours(() => 1, 99), 0],
    ["spike", "ten times", hours(() => 100, 1_001), 2],
    ["spike", "less than ten times", hours(() => 100, 999), 1],
    ["spike", "one hour of two", hours(() => 100, 1_000, 100), 0],
    ["spike", "a z of less than 4.5 where days differ", hours((ago) => [80, 100, 125][ago % 3] ?? 0, 400), 0],
    ["spike", "a z of more than 4.5 where days differ", hours((ago) => [80, 100, 125][ago % 3] ?? 0, 500), 1],
    [
      "credential_attack",
      "20 addresses",
      { failingAddresses: many(20, (i) => ({ tokenId: "t1", address: `${i}` })) },
      2,
    ],
    [
      "credential_attack",
      "19 addresses",
      { failingAddresses: many(19, (i) => ({ tokenId: "t1", address: `${i}` })) },
      0,
    ],
    ["credential_attack", "20 tokens from the network's only user", guesses(20), 1],
    ["credential_attack", "20 tokens from the account's own address", guesses(20, 40, "192.0.2.7"), 2],
    ["credential_attack", "19 tokens", guesses(19, 1, "192.0.2.7"), 0],
    ["credential_attack", "20 tokens from a network of two accounts", guesses(20, 2), 0],
    ["credential_attack", "one token, 900 times", guesses(1, 1, "192.0.2.7", 900), 0],
    ["probing", "11 paths at once", paths(11, 0), 2],
    ["probing", "10 paths at once", paths(10, 0), 0],
    ["probing", "100 paths, one in 9 seconds", paths(100, 9_000), 2],
    ["probing", "100 paths, one in 10 seconds", paths(100, 10_000), 0],
    ["probing", "101 paths in an hour, however slowly", paths(101, 30_000), 2],
    ["known_scan", "5 sensitive files", asked(["/.env", "/.git/HEAD", "/a.sql", "/id_rsa", "/b/c.bak"]), 2],
    ["known_scan", "4 sensitive files", asked(["/.env", "/.git/HEAD", "/a.sql", "/id_rsa"]), 0],
    ["known_scan", "4 paths out of a folder", asked(["/../a", "/%2e%2e/b", "/..%2fc", "/d/.."], "ambiguous_path"), 2],
    ["known_scan", "3 paths out of a folder", asked(["/../a", "/%2e%2e/b", "/..%2fc"], "ambiguous_path"), 0],
    [
      "known_scan",
      "5 wrong paths of a scanner",
      asked(["/a", "/b", "/c", "/d", "/e"], "unknown_endpoint", "sqlmap/1.8"),
      2,
    ],
    ["known_scan", "4 wrong paths of a scanner", asked(["/a", "/b", "/c", "/d"], "unknown_endpoint", "sqlmap/1.8"), 0],
    ["known_scan", "5 wrong paths of another client", asked(["/a", "/b", "/c", "/d", "/e"]), 0],
    ["broken_client", "half of 500", statuses(500, 250), 1],
    ["broken_client", "less than half", statuses(500, 249), 0],
    ["broken_client", "499 answers", statuses(499, 499), 0],
    ["token_sharing", "10 networks", networks(3, 10), 1],
    ["token_sharing", "9 networks", networks(2, 9), 0],
    ["token_sharing", "not more than three times the usual", networks(4, 12), 0],
    ["token_sharing", "more than three times the usual", networks(4, 13), 1],
    ["token_sharing", "49 networks", networks(3, 49), 1],
    ["token_sharing", "50 networks", networks(3, 50), 2],
    ["token_sharing", "many yesterday, which may be the same attack", networksWith(1, 40, 3, 20), 1],
    ["token_sharing", "many, on the day of a decision", { ...networks(3, 50), decidedFromMs: today }, 0],
    ["token_sharing", "many, on the day after a decision", { ...networks(3, 50), decidedFromMs: today - 1 }, 2],
    [
      "token_sharing",
      "many, on the day of a fix that its owner reports",
      { ...networks(3, 50), countedFromMs: today },
      2,
    ],
    ["spike", "of an account that is six days old", newer(6), 0],
    ["spike", "of an account that is seven days old", newer(7), 2],
    ["spike", "lifted within its two hours", { ...hours(() => 100, 1_001), countedFromMs: today + 12 * hour + 1 }, 0],
    ["spike", "lifted before them", { ...hours(() => 100, 1_001), countedFromMs: today + 12 * hour }, 2],
    ["quota_overrun", "less than the smallest number", afterQuota(99, 400), 0],
    ["quota_overrun", "the smallest number", afterQuota(100, 400), 2],
    ["dormant_wakes", "90 days and 100 an hour", woke(90, 100), 1],
    ["dormant_wakes", "89 days", woke(89, 100), 0],
    ["dormant_wakes", "99 an hour", woke(90, 99), 0],
    ["new_account_races", "30 days old and more than three times", young(30, 3_001), 1],
    ["new_account_races", "31 days old", young(31, 3_001), 0],
    ["new_account_races", "three times", young(30, 3_000), 0],
    ["new_account_races", "ten times", young(30, 10_000), 2],
    ["dead_token_use", "100 an hour", calls([50, "token_expired", 100]), 1],
    ["dead_token_use", "99 an hour", calls([50, "token_expired", 99]), 0],
    ["bounce_rate", "5 % of 200", reported({ recipients: 200, bounces: 10 }), 1],
    ["bounce_rate", "less than 5 %", reported({ recipients: 200, bounces: 9 }), 0],
    ["bounce_rate", "10 %", reported({ recipients: 200, bounces: 20 }), 3],
    ["bounce_rate", "less than 10 %", reported({ recipients: 200, bounces: 19 }), 1],
    [
      "bounce_rate",
      "199 recipients, most of whom are sure to be too many",
      reported({ recipients: 199, bounces: 60 }),
      1,
    ],
    ["bounce_rate", "199 recipients, which may be chance", reported({ recipients: 199, bounces: 22 }), 0],
    ["bounce_rate", "49 recipients", reported({ recipients: 49, bounces: 40 }), 0],
    ["complaint_rate", "0.1 %", reported({ recipients: 1_000, complaints: 1 }), 1],
    ["complaint_rate", "less than 0.1 %", reported({ recipients: 1_001, complaints: 1 }), 0],
    ["complaint_rate", "0.5 %", reported({ recipients: 1_000, complaints: 5 }), 3],
    ["complaint_rate", "less than 0.5 %", reported({ recipients: 1_000, complaints: 4 }), 1],
    ["complaint_rate", "199 recipients, of whom too many are sure", reported({ recipients: 199, complaints: 50 }), 1],
    ["complaint_rate", "199 recipients, of whom two complain", reported({ recipients: 199, complaints: 2 }), 0],
  ])("%s: %s", (id, _what, seen, severity) => {
    expect(severityOf(id, seen)).toBe(severity);
  });

  it("say how long each weighs, in days to half of it", () => {
    const halfLives = Object.fromEntries(detectors.map((one) => [one.id, one.halfLifeDays]));
    expect(halfLives).toMatchObject({
      ...{
        rate_excess: 2,
        retry_storm: 3,
        quota_burn: 3,
        quota_overrun: 2,
        spike: 1,
        credential_attack: 3,
        probing: 3,
        known_scan: 3,
      },
      ...{ broken_client: 1, token_sharing: 2, dormant_wakes: 2, new_account_races: 7, dead_token_use: 1 },
      ...{ bounce_rate: 7, complaint_rate: 7, report: 7 },
    });
  });

  it("say what silences each: a suspension that answers it, a load that was announced, a leak that explains it", () => {
    const of = (fact: "isSilencedBySuspension" | "respectsAnnouncedLoad" | "isSilencedByLeak") =>
      detectors.filter((one) => one[fact]).map((one) => one.id);
    expect({
      suspension: of("isSilencedBySuspension"),
      load: of("respectsAnnouncedLoad"),
      leak: of("isSilencedByLeak"),
    }).toEqual({
      suspension: detectors
        .map((one) => one.id)
        .filter(
          (id) => !["token_leak", "retired_secret", "dead_token_use", "privacy_policy_missing", "report"].includes(id),
        ),
      load: ["rate_excess", "retry_storm", "quota_burn", "quota_overrun", "spike", "new_account_races"],
      leak: ["spike", "token_sharing", "retired_secret", "dormant_wakes", "dead_token_use"],
    });
  });

  it("propose help, not a measure, for a client that is only broken or forgotten", () => {
    const helped = detectors.filter((one) => one.usualOutcome === "broken_client_helped").map((one) => one.id);
    expect(helped.sort()).toEqual(["broken_client", "dead_token_use"]);
  });
});
