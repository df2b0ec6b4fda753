import type { DetectorId } from "../rules/detectors/detector.ts";

/**
 * How well what is kept tells what a detector would have flagged. `at_least` = the same records, looked at less often than it looks.
 * `about` = the records are whole, while plans, exceptions and owners' fixes are taken as they are today. `untold` = what it looks at
 * is not kept for a week, or it looks at no traffic.
 */
export type ReplayAccuracy = "at_least" | "about" | "untold";

export const replayAccuracy: Record<DetectorId, ReplayAccuracy> = {
  ...{ rate_excess: "at_least", retry_storm: "at_least", dead_token_use: "at_least" },
  ...{ probing: "at_least", known_scan: "at_least", broken_client: "at_least", dormant_wakes: "at_least" },
  ...{ quota_burn: "about", quota_overrun: "about", spike: "about", token_sharing: "about" },
  ...{ new_account_races: "about", bounce_rate: "about", complaint_rate: "about" },
  /** Attempts with unknown tokens are kept for a day. */
  credential_attack: "untold",
  /** Of an integration only its present state is kept. */
  privacy_policy_missing: "untold",
  ...{ token_leak: "untold", retired_secret: "untold", report: "untold" },
};
