import { defineDetector } from "./detector.ts";

/** What an API answers in the ordinary course: it is not there, somebody else was faster, not so often. */
export const ordinaryErrors: readonly number[] = [404, 409, 410, 412, 423, 425, 429];

/** Most of what the client sends is wrong, as the API itself reports it. It needs help. */
export const brokenClient = defineDetector({
  id: "broken_client",
  version: 2,
  reasonCode: "other",
  halfLifeDays: 1,
  weight: 0.5,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: null,
  usualOutcome: "broken_client_helped",
  looksAt: "history",
  defaults: { share: 0.5, minimumReported: 500 },
  evaluate: ({ accountId, reported }, config) => {
    const { statusesLastHour, clientErrorsLastHour } = reported;
    if (statusesLastHour < config.minimumReported || clientErrorsLastHour < config.share * statusesLastHour) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: 1,
        magnitude: clientErrorsLastHour,
        facts: { kind: "broken_client", errors: clientErrorsLastHour, reported: statusesLastHour },
        evidence: { reported60Minutes: statusesLastHour, clientErrors60Minutes: clientErrorsLastHour },
      },
    ];
  },
});
