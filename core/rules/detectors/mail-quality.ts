import { wilsonBounds } from "../wilson.ts";
import { type AccountHistory, defineDetector, type Signal } from "./detector.ts";

type Rates = { warn: number; act: number; minimumRecipients: number; minimumRecipientsSure: number };

/** Bounces of the last seven days since the last decision; thresholds as Amazon SES publishes them (5 % and 10 %). */
export const bounceRate = defineDetector({
  id: "bounce_rate",
  version: 2,
  reasonCode: "spam",
  halfLifeDays: 7,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: null,
  looksAt: "history",
  defaults: { warn: 0.05, act: 0.1, minimumRecipients: 200, minimumRecipientsSure: 50 },
  evaluate: (history, config) => judge(history, history.reported.bounces, "bounce_rate", config),
});

/** Complaints of recipients in the last seven days since the last decision; thresholds as Amazon SES publishes them (0.1 % and 0.5 %). */
export const complaintRate = defineDetector({
  id: "complaint_rate",
  version: 2,
  reasonCode: "spam",
  halfLifeDays: 7,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: null,
  looksAt: "history",
  defaults: { warn: 0.001, act: 0.005, minimumRecipients: 200, minimumRecipientsSure: 50 },
  evaluate: (history, config) => judge(history, history.reported.complaints, "complaint_rate", config),
});

/** One or two of a few are chance. */
const fewestOfFew = 3;

function judge(history: AccountHistory, bad: number, kind: "bounce_rate" | "complaint_rate", config: Rates): Signal[] {
  // More bounces than recipients are reports of mail that was sent before.
  const recipients = Math.max(history.reported.recipients, bad);
  if (bad < config.warn * recipients || bad === 0) return [];
  // Below the minimum little is known: it is said only where even the least that the share can be is too much, and not as severe.
  const isFew = history.reported.recipients < config.minimumRecipients;
  const isSure = wilsonBounds(bad, recipients).low >= config.act;
  if (isFew && (history.reported.recipients < config.minimumRecipientsSure || bad < fewestOfFew || !isSure)) return [];
  return [
    {
      scope: "account",
      scopeId: history.accountId,
      severity: bad >= config.act * recipients && !isFew ? 3 : 1,
      magnitude: bad,
      facts: { kind, bad, recipients },
      evidence: { recipients7Days: recipients, bad7Days: bad },
    },
  ];
}
