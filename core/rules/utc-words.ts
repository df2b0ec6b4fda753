const shape = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/** "24 Nov 2026, 12:12 UTC": an instant in mails and messages, whose reader's zone is not known. */
export function utcWords(at: Date): string {
  return `${shape.format(at)} UTC`;
}
