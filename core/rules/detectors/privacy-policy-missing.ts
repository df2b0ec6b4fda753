import { dayMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/** Clause 2 of the policy: an integration that collects data about people shows them a privacy policy. */
export const privacyPolicyMissing = defineDetector({
  id: "privacy_policy_missing",
  version: 2,
  reasonCode: "other",
  halfLifeDays: 365,
  weight: 0.3,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: null,
  // A provider who was told to publish a policy gets time to do it.
  quietAfterDecisionMs: 14 * dayMs,
  usualOutcome: "notice",
  looksAt: "history",
  defaults: { integrations: 1 },
  evaluate: ({ accountId, withoutPolicy }, config) => {
    const [first] = withoutPolicy;
    if (!first || withoutPolicy.length < config.integrations) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: 1,
        magnitude: withoutPolicy.length,
        facts: {
          kind: "privacy_policy_missing",
          integration: first.name,
          others: withoutPolicy.length - 1,
          isNamed: first.problem !== null,
        },
        evidence: {
          integrations: withoutPolicy.length,
          unreachable: withoutPolicy.filter((one) => one.problem !== null).length,
        },
      },
    ];
  },
});
