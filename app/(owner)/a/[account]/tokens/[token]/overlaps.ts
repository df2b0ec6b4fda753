/** For how long an old secret may go on working, in hours. */
export const overlaps = [
  { hours: 0, label: "Not at all", help: "It stops at once. For a secret that leaked." },
  { hours: 1, label: "1 hour", help: "For one client that you change now." },
  { hours: 24, label: "24 hours", help: "For clients that are deployed today." },
  { hours: 168, label: "7 days", help: "For clients that other people change." },
  { hours: 720, label: "30 days", help: "The longest." },
] as const;
