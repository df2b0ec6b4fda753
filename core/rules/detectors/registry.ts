import type { ReasonCode } from "../vocabulary.ts";
import { brokenClient } from "./broken-client.ts";
import { credentialAttack } from "./credential-attack.ts";
import { deadTokenUse } from "./dead-token-use.ts";
import type { Detector } from "./detector.ts";
import { dormantWakes } from "./dormant-wakes.ts";
import { knownScan } from "./known-scan.ts";
import { bounceRate, complaintRate } from "./mail-quality.ts";
import { newAccountRaces } from "./new-account-races.ts";
import { personReport } from "./person-report.ts";
import { privacyPolicyMissing } from "./privacy-policy-missing.ts";
import { probing } from "./probing.ts";
import { quotaBurn } from "./quota-burn.ts";
import { quotaOverrun } from "./quota-overrun.ts";
import { rateExcess } from "./rate-excess.ts";

import { retiredSecret } from "./retired-secret.ts";
import { retryStorm } from "./retry-storm.ts";
import { spike } from "./spike.ts";
import { tokenLeak } from "./token-leak.ts";
import { tokenSharing } from "./token-sharing.ts";

/** Every detector there is. A new one is one file and one line here. */
export const detectors: readonly Detector[] = [
  rateExcess,
  retryStorm,
  quotaBurn,
  quotaOverrun,
  spike,
  credentialAttack,
  probing,
  knownScan,
  brokenClient,
  tokenSharing,
  tokenLeak,
  retiredSecret,
  dormantWakes,
  newAccountRaces,
  deadTokenUse,
  bounceRate,
  complaintRate,
  privacyPolicyMissing,
  personReport,
];

/** The ids of the detectors whose flags an action for this reason rests on. */
export function detectorsFor(reasonCode: ReasonCode): string[] {
  return detectors.filter((detector) => detector.reasonCode === reasonCode).map(({ id }) => id);
}

export function detectorOf(id: string): Detector | undefined {
  return detectors.find((detector) => detector.id === id);
}
