import { defineDetector } from "./detector.ts";

/** Clause 2 of the policy: an integration that collects data about people shows them a privacy policy. */
export const privacyPolicyMissing = defineDetector({
  id: "privacy_policy_missing",
  version: 2,
  title: "No privacy policy",
  meaning:
    "An integration collects data about people and names no privacy policy, or one whose page has not been there for a day.",
  reasonCode: "other",
  halfLifeDays: 365,
  weight: 0.3,
  isSilencedBySuspension: false,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  usualOutcome: "notice",
  looksAt: "history",
  defaults: { integrations: 1 },
  evaluate: ({ accountId, withoutPolicy }, config) => {
    const [first] = withoutPolicy;
    if (!first || withoutPolicy.length < config.integrations) return [];
    const lacks = first.problem === null ? "names no privacy policy" : "names a privacy policy that cannot be reached";
    const more = withoutPolicy.length > 1 ? ` and ${withoutPolicy.length - 1} more` : "";
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: 1,
        magnitude: withoutPolicy.length,
        summary: `The integration “${first.name}”${more} collects data and ${lacks}`,
        evidence: {
          integrations: withoutPolicy.length,
          unreachable: withoutPolicy.filter((one) => one.problem !== null).length,
        },
      },
    ];
  },
});
