/** For how long an old secret may keep working, in hours. */
export const overlaps = [
  { hours: 0, label: "Not at all", help: "It stops immediately. For a leaked secret." },
  { hours: 1, label: "1 hour", help: "For one client that you change now." },
  { hours: 24, label: "24 hours", help: "For clients you deploy today." },
  { hours: 168, label: "7 days", help: "For clients that others maintain." },
  { hours: 720, label: "30 days", help: "The maximum." },
] as const;
