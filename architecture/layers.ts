/**
 * The rooms of `core`, lowest first: a room imports itself and rooms before it. A new room gets its place here.
 * ARCHITECTURE.md says what is in each.
 */
export const coreRooms = [
  "rules",
  "runtime",
  "gate",
  "facts",
  "frame",
  "policy",
  "personal-data",
  "mail",
  "cases",
  "usage",
  "enforcement",
  "auth",
  "members",
  "alerts",
  "detection",
  "audit",
  "tokens",
  "staff",
  "invitations",
  "single-sign-on",
  "accounts",
  "limit-requests",
  "portal",
  "integrations",
  "notices",
  "exports",
  "appeals",
  "provider",
  "webhooks",
  "gateways",
  "leaks",
  "reports",
  "mail-intake",
  "search",
  "investigate",
  "staff-keys",
  "api",
  "jobs",
] as const;

/** The rooms of the gate, and which other rooms of the gate each may import. */
export const gateRooms: Record<string, readonly string[]> = {
  state: [],
  counters: ["state"],
  journal: [],
  decision: ["state", "counters", "journal"],
  import: ["state", "journal"],
  doors: ["decision", "state", "counters", "journal"],
  start: ["doors", "decision", "import", "state", "counters", "journal"],
};

/** The rooms of the rules, and which other rooms of the rules each may import. The files beside them are open to all. */
export const ruleRooms: Record<string, readonly string[]> = {
  standing: [],
  limits: ["standing"],
  tokens: ["standing", "limits"],
  people: [],
  cases: [],
  "mail-intake": ["cases"],
  usage: ["limits"],
  detectors: ["usage", "limits"],
  diagnosis: ["usage", "limits"],
};
