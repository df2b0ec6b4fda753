import type { OverrideInForce } from "../../rules/limits/effective-limits.ts";
import type { PathRules } from "../../rules/limits/path.ts";
import type { ActionInForce } from "../../rules/standing/standing.ts";
import type { OutcomeKind, Surface } from "../../rules/vocabulary.ts";

/** One secret with its token, as the database holds it. Times are epoch milliseconds, null = never. */
export type StoredToken = {
  /** SHA-256 of the token text, hex. */
  hashHex: string;
  id: string;
  accountId: string;
  scopes: string[];
  allowedNetworks: string[];
  capPerDay: number | null;
  capPerMinute: number | null;
  expiresAtMs: number | null;
  pausedAtMs: number | null;
  revokedAtMs: number | null;
  secretRetiresAtMs: number | null;
  /** Which secret this is, when the token has had more than one; null = its only one. */
  secretId: string | null;
};

/** An action with what a refused client is told of it. */
export type StoredAction = ActionInForce & { publicText: string };

export type StoredAccount = {
  id: string;
  /** The provider's own id; null = it has none. */
  externalId: string | null;
  planId: number;
  /** Epoch milliseconds; null = open. */
  closedAtMs: number | null;
  allowedNetworks: string[];
  standingVersion: number;
  actions: StoredAction[];
  overrides: OverrideInForce[];
};

export type StoredEndpoint = {
  id: number;
  name: string;
  surface: Surface;
  method: string;
  path: string;
  scope: string | null;
  /** Requests per window; null = no rate limit. */
  rateLimit: number | null;
  windowSeconds: number;
  cost: number;
  deniedAtMs: number | null;
};

export type StoredProvider = {
  endpoints: StoredEndpoint[];
  plans: { id: number; quotaPerDay: number | null }[];
  planLimits: { planId: number; endpointId: number; rateLimit: number }[];
  pathRules: PathRules;
  /** Id of the policy version in force; null = none published. */
  policyVersion: number | null;
  /** Gateway credentials that are not revoked. */
  credentials: { id: string; hashHex: string }[];
};

/** Cost taken today by one token, over all its endpoints. */
export type SpentToday = { accountId: string; tokenId: string; spent: number };

/** What a gate shows for its name. */
export type GateClaim = {
  /** False = it has run under this name already, so that a lease that is not its own is another process's. */
  isStart: boolean;
  gateId: string;
  /** Of the journal directory. */
  journalId: string;
  folder: string;
  host: string;
  pid: number;
  startedAtMs: number;
  leaseSeconds: number;
};

/** A claim that was granted; `claimedAt` is the database's text for when, to the millisecond. */
export type HeldLease = { gateId: string; journalId: string; claimedAt: string; leaseSeconds: number };

/** Who has a name that was claimed. Null = a gate of a version that did not say. Times by the database's clock. */
export type GateHolder = {
  gateId: string;
  pid: number;
  host: string | null;
  folder: string | null;
  /** It holds the very journal of the claim, from another place. */
  isCopy: boolean;
  sinceMs: number;
  leaseUntilMs: number | null;
  lastSeenMs: number;
  nowMs: number;
};

export type Heartbeat = {
  lease: HeldLease;
  pid: number;
  startedAtMs: number;
  decisions: number;
  journalLagBytes: number;
  /** Since when decisions wait to be counted although the database answers; null = none does. */
  uncountedSinceMs: number | null;
  /** Comes back on the channel `gate_ping`. */
  ping: string;
  /** Ids of the gateway credentials that were used since the last one. */
  usedCredentials: readonly string[];
};

/** `reporterId` is empty for a caller on the gate's own machine. */
export type NewOutcomes = { reporterId: string; receivedMs: number; outcomes: readonly ReportedOutcome[] };
/** `repeated` were stored before, `unknown` are about tokens that do not exist. */
export type AddedOutcomes = { stored: number; repeated: number; unknown: number };

/** What became of a request, as it was reported. */
export type ReportedOutcome = {
  /** The reporter's own name for this report. */
  id: string;
  tokenId: string;
  /** 0 = not told. */
  endpointId: number;
  kind: OutcomeKind;
  status: number | null;
  requestId: string | null;
  /** Of a request that was answered with 400 or above, as far as it was told; else null. */
  method: string | null;
  path: string | null;
  ip: string | null;
  userAgent: string | null;
  atMs: number;
};
