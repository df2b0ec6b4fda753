/** What an account's endpoints can be told. */
export const accountEvents = [
  "token.created",
  "token.changed",
  "token.rotated",
  "token.paused",
  "token.unpaused",
  "token.revoked",
  "token.expiring",
  "token.leaked",
  "quota.threshold",
  "quota.exceeded",
  "limit.pressure",
  "notice.sent",
  "action.applied",
  "action.lifted",
  "action.expired",
  "appeal.submitted",
  "appeal.answered",
  "appeal.decided",
] as const;

/** What only the provider's own endpoints are told, beside all of the above. */
export const staffEvents = [
  "flag.opened",
  "case.opened",
  "action.scheduled",
  "report.received",
  /** A live gate has not confirmed an action in time, and: the alarm is over. */
  "gate.unconfirmed",
  "gate.confirmed",
] as const;

export const webhookEvents = [...accountEvents, ...staffEvents] as const;

/** Sent on request to try an endpoint out; every endpoint gets it. */
export const testEvent = "webhook.test";

/** Whether an endpoint is told of an event. `chosen` empty = everything it may be told. */
export function isToldOf(
  type: string,
  { isProvider, chosen }: { isProvider: boolean; chosen: readonly string[] },
): boolean {
  const may = isProvider ? webhookEvents : accountEvents;
  return (may as readonly string[]).includes(type) && (chosen.length === 0 || chosen.includes(type));
}
