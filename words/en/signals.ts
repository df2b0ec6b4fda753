import type { SignalFacts } from "../../core/rules/detectors/signal-facts.ts";
import { count, percent, percentTo } from "./numbers.ts";
import { utc } from "./time.ts";

/**
 * What a detector saw, in one sentence without a full stop: staff read it on the flag, and owners in the text proposed to them.
 * `sinceMs` = only what came after that moment was counted, since all before it had been decided.
 */
export function signal(facts: SignalFacts, sinceMs: number | null = null): string {
  const counted = sinceMs === null ? "" : `; counted since the last decision, ${utc(sinceMs)}`;
  return `${seen(facts)}${counted}`;
}

function seen(facts: SignalFacts): string {
  switch (facts.kind) {
    case "rate_excess":
      return `${percent(facts.shareOf10Minutes)} refused over 10 min, ${percent(facts.shareOf60Minutes)} over 60 min: ${count(facts.refused)} of ${count(facts.requests)} requests`;
    case "retry_storm":
      return `${count(facts.early)} requests before Retry-After had passed, ${percent(facts.early / facts.refused)} of ${count(facts.refused)} refusals in 10 min`;
    case "quota_burn": {
      const days = facts.days > 1 ? `, on ${facts.days} of the last 7 days` : "";
      return `The daily quota of ${count(facts.quota)} was used up at ${utc(facts.usedUpAtMs, "time")}${days}; ${count(facts.refused)} calls were refused after it`;
    }
    case "quota_overrun":
      return facts.quota === 0
        ? `${count(facts.refused)} calls refused today by a quota of 0`
        : `${count(facts.refused)} calls refused by the quota today, ${ofQuota(facts.refused / facts.quota)} the daily quota of ${count(facts.quota)}`;
    case "spike":
      return `${count(facts.requests)} requests in an hour, usually ${count(facts.usual)} at this time; ${facts.isRunning === false ? "as high in another of the last four hours" : "the hour before was as high"}`;
    case "credential_attack":
      return facts.from === null
        ? `Tokens of this account failed from ${count(facts.addresses)} addresses in 10 min`
        : `At least ${count(facts.tokens)} unknown tokens tried in ${count(facts.attempts)} calls in 10 min from ${facts.from}, ${facts.isOwnAddress ? "an address" : "a network"} that only this account uses`;
    case "probing":
      return probingOf(facts);
    case "known_scan":
      return scanOf(facts);
    case "broken_client":
      return `${percent(facts.errors / facts.reported)} of ${count(facts.reported)} reported answers in an hour were client errors`;
    case "token_sharing":
      return `Used from ${count(facts.networks)} networks today, usually from ${count(facts.usual)} a day at most`;
    case "dormant_wakes":
      return `${count(facts.requests)} requests in an hour after ${count(facts.idleDays)} days without any`;
    case "new_account_races":
      return `${count(facts.requests)} requests today, ${count(facts.ageDays)} days after opening; 95% of accounts on its plan stay below ${count(facts.cohortP95)} a day`;
    case "dead_token_use":
      return `${count(facts.calls)} calls in an hour with ${facts.isRevoked ? "a revoked" : "an expired"} token`;
    case "bounce_rate":
      return `${rateOf(facts.bad, facts.recipients)} bounced in 7 days`;
    case "complaint_rate":
      return `${rateOf(facts.bad, facts.recipients)} complained in 7 days`;
    case "privacy_policy_missing":
      return policyOf(facts);
  }
}

/** What a network that tries out tokens has done, and who it may be mistaken for. */
export function tokenGuessing({ tokens, attempts, accounts }: { tokens: number; attempts: number; accounts: number }) {
  const users =
    accounts === 0
      ? "No account uses this network."
      : accounts === 1
        ? "One account uses this network."
        : `${count(accounts)} accounts use this network; none of them is flagged for it.`;
  return `at least ${count(tokens)} unknown tokens in ${count(attempts)} calls. ${users}`;
}

/** Guessing that is spread over many networks, a few tokens from each. */
export function spreadGuessing({ networks, attempts }: { networks: number; attempts: number }): string {
  return `${count(networks)} more networks tried a few unknown tokens each, in ${count(attempts)} calls. No account is flagged for it.`;
}

function probingOf(facts: Extract<SignalFacts, { kind: "probing" }>): string {
  const { answered = 0, from = null, tokens = 1 } = facts;
  const least = facts.isSample ? "At least " : "";
  const paths = `${least}${count(facts.distinctPaths)} distinct ${answered > 0 ? "paths in an hour that were refused or not there" : "refused paths in an hour"}`;
  const by = from !== null ? ` from ${from}` : "";
  const holding = tokens > 1 ? ` with ${count(tokens)} tokens` : "";
  const not = answered > 0 ? "were refused or answered with a client error" : "were not allowed";
  return `${paths}${by}${holding}; ${count(facts.refused)} of ${count(facts.requests)} requests ${not}`;
}

const longestExample = 60;

function scanOf({ what, distinct, example }: Extract<SignalFacts, { kind: "known_scan" }>): string {
  const shown = example.length > longestExample ? `${example.slice(0, longestExample)}…` : example;
  switch (what) {
    case "scanner_client":
      return `${count(distinct)} distinct wrong paths in an hour from a client that calls itself ${shown}`;
    case "traversal":
      return `${count(distinct)} distinct paths in an hour that lead out of their folder, such as ${shown}`;
    case "sensitive_files":
      return `${count(distinct)} distinct files that scanners look for in an hour, such as ${shown}; all were refused`;
  }
}

/** Refusals have no end: beyond the whole quota they are times of it, not a share. */
function ofQuota(ratio: number): string {
  return ratio <= 1 ? `${percent(ratio)} of` : `${(Math.floor(ratio * 10) / 10).toFixed(1)} times`;
}

function rateOf(bad: number, recipients: number): string {
  return `${count(bad)} of ${count(recipients)} recipients (${percentTo(2, bad / recipients)})`;
}

function policyOf({ integration, others, isNamed }: Extract<SignalFacts, { kind: "privacy_policy_missing" }>): string {
  const [who, collect] =
    others > 0 ? [`“${integration}” and ${count(others)} more`, "collect"] : [`“${integration}”`, "collects"];
  return `${who} ${collect} data about people ${isNamed ? "under a privacy policy that cannot be reached" : "without a privacy policy"}`;
}
