/** Reasons that Gatehouse itself writes into a record of the desk. */
export const records = {
  newSignal: "A new signal arrived.",
  snoozeOver: "The snooze ended.",
  batchUndone: "Undone as a batch.",
  linkExpired: "Its link expired before it could be delivered.",
  noMailServer: "No mail server is configured.",
  wrongTooOften: (dismissed: number, decided: number) =>
    `Wrong too often: ${dismissed} of ${decided} flags were not abuse.`,
  feedbackAbout: (type: string, subject: string) =>
    `Feedback loop: ${type}${subject === "" ? "" : ` (${subject})`}`.slice(0, 500),
  noSubject: "A message without a subject",
  noText: "The message has no text; see its evidence.",
  cappedPerHour: (most: number) => `More than ${most} flags of this detector within an hour.`,
  cappedPerDay: (most: number) => `More than ${most} flags of this detector within a day.`,
  personReports: (about: string) => `Report from a person: ${about}`,
  flaggedTogether: (flagged: number, active: number, minutes: number) =>
    `${flagged} of ${active} active accounts were flagged together within ${minutes} minutes.`,
  limitChangedBefore: (time: string) => `A limit was changed at ${time} UTC, shortly before.`,
};
