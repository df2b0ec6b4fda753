import { minuteMs, secondMs } from "../time.ts";
import { callsAfterQuota } from "./calls-after-quota.ts";
import { costAboveLimit } from "./cost-above-limit.ts";
import { courseOf } from "./course.ts";
import { deadToken } from "./dead-token.ts";
import { demandAboveLimit } from "./demand-above-limit.ts";
import type {
  AccountDiagnosis,
  Diagnosis,
  DiagnosisFacts,
  Finding,
  FindingKind,
  Found,
  SpellDiagnosis,
} from "./finding.ts";
import { missingScope } from "./missing-scope.ts";
import { noBackoff } from "./no-backoff.ts";
import { parallelWorkers } from "./parallel-workers.ts";
import { quotaSpentByOneToken } from "./quota-spent-by-one-token.ts";
import { retriesWithoutWaiting } from "./retries-without-waiting.ts";
import { sameRequestFailed } from "./same-request-failed.ts";
import { sameRequestRefused } from "./same-request-refused.ts";
import { singleSends } from "./single-sends.ts";
import { thunderingHerd } from "./thundering-herd.ts";
import { tightPolling } from "./tight-polling.ts";
import { walkingIds } from "./walking-ids.ts";
import { wrongContentType } from "./wrong-content-type.ts";

/** Every mistake that is looked for, the most exact first. A new one is one file and one line here. */
export const diagnoses: Record<FindingKind, Diagnosis> = {
  cost_above_limit: costAboveLimit,
  retries_without_waiting: retriesWithoutWaiting,
  thundering_herd: thunderingHerd,
  parallel_workers: parallelWorkers,
  no_backoff: noBackoff,
  demand_above_limit: demandAboveLimit,
  calls_after_quota: callsAfterQuota,
  quota_spent_by_one_token: quotaSpentByOneToken,
  single_sends: singleSends,
  tight_polling: tightPolling,
  missing_scope: missingScope,
  dead_token: deadToken,
  same_request_refused: sameRequestRefused,
  wrong_content_type: wrongContentType,
  same_request_failed: sameRequestFailed,
  walking_ids: walkingIds,
};

const entries = Object.values(diagnoses);
const ofAccounts = entries.filter((one): one is AccountDiagnosis => "find" in one);
const ofSpells = Object.fromEntries(
  entries.filter((one): one is SpellDiagnosis => "findIn" in one).map((one) => [one.kind, one]),
);

/** Not seen for so long, or for two and a half of its periods, a mistake has ended. */
const overMs = 30 * minuteMs;
const overPeriods = 2.5;

/**
 * What an account's clients do wrong, from its last 24 hours; what is over last, what costs most refusals first, and of
 * those that cost the same the one that is named first. Of findings that say the same of one token and endpoint only the exact one is there.
 */
export function diagnose(facts: DiagnosisFacts): Finding[] {
  const found = [
    ...ofAccounts.flatMap(({ find }) => find(facts)),
    ...facts.spells.flatMap((spell) => courseOf(spell, facts.counts, ofSpells) ?? []),
  ];
  const isTold = (one: Found) =>
    found.some(
      (other) =>
        diagnoses[one.kind].unless?.includes(other.kind) &&
        other.tokenId === one.tokenId &&
        other.endpointId === one.endpointId,
    );
  const order = Object.keys(diagnoses);
  return found
    .filter((one) => !isTold(one))
    .map((one) => ({ ...one, isOver: facts.nowMs - one.toMs > patienceMs(one) }))
    .sort(
      (a, b) =>
        Number(a.isOver) - Number(b.isOver) || b.refused - a.refused || order.indexOf(a.kind) - order.indexOf(b.kind),
    );
}

function patienceMs(one: Found): number {
  return one.kind === "thundering_herd" ? Math.max(overMs, overPeriods * one.facts.everySeconds * secondMs) : overMs;
}
