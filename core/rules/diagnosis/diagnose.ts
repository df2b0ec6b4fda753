import { callsAfterQuota } from "./calls-after-quota.ts";
import { costAboveLimit } from "./cost-above-limit.ts";
import { deadToken } from "./dead-token.ts";
import { demandAboveLimit } from "./demand-above-limit.ts";
import type { Diagnosis, DiagnosisFacts, Finding, FindingKind } from "./finding.ts";
import { missingScope } from "./missing-scope.ts";
import { noBackoff } from "./no-backoff.ts";
import { parallelWorkers } from "./parallel-workers.ts";
import { quotaSpentByOneToken } from "./quota-spent-by-one-token.ts";
import { retriesWithoutWaiting } from "./retries-without-waiting.ts";
import { sameRequestRefused } from "./same-request-refused.ts";
import { singleSends } from "./single-sends.ts";
import { thunderingHerd } from "./thundering-herd.ts";
import { tightPolling } from "./tight-polling.ts";

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
};

/**
 * What an account's clients do wrong, from its last 24 hours; what costs most refusals first, and of
 * those that cost the same the one that is named first. Of findings that say the same of one token and endpoint only the exact one is there.
 */
export function diagnose(facts: DiagnosisFacts): Finding[] {
  const found = Object.values(diagnoses).flatMap(({ find }) => find(facts));
  const isTold = (one: Finding) =>
    found.some(
      (other) =>
        diagnoses[one.kind].unless?.includes(other.kind) &&
        other.tokenId === one.tokenId &&
        other.endpointId === one.endpointId,
    );
  return found.filter((one) => !isTold(one)).sort((a, b) => b.refused - a.refused);
}
