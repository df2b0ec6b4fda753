import type { OverrideInForce } from "../rules/limits.ts";
import type { ActionInForce } from "../rules/standing.ts";
import type { Surface } from "../rules/vocabulary.ts";
import type { ReportedOutcome } from "./read-outcomes.ts";

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
  planId: number;
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
  /** Id of the policy version in force; null = none published. */
  policyVersion: number | null;
  /** Gateway credentials that are not revoked. */
  credentials: { id: string; hashHex: string }[];
};

/** Cost taken today by one token, over all its endpoints. */
export type SpentToday = { accountId: string; tokenId: string; spent: number };

/** What the gate asks of the database. Every call may reject when it is away. */
export interface GateStore {
  loadTokens(hashesHex: readonly string[]): Promise<StoredToken[]>;
  /** The hash (hex) of the newest live secret of a token; null = there is no such token. */
  findTokenHash(tokenId: string): Promise<string | null>;
  loadAccounts(ids: readonly string[]): Promise<StoredAccount[]>;
  loadProvider(): Promise<StoredProvider>;
  /** Of the UTC day that begins at `dayMs`. */
  loadSpentToday(dayMs: number): Promise<SpentToday[]>;
  /** The same of one account. */
  loadSpentOf(accountId: string, dayMs: number): Promise<SpentToday[]>;
  /** Accounts with a change that waits for the confirmation of this gate, with their present standing version. */
  loadUnconfirmed(gateId: string): Promise<{ accountId: string; standingVersion: number }[]>;
  confirmStanding(gateId: string, accountId: string, standingVersion: number): Promise<void>;
  /** Stores what is not stored yet. */
  addOutcomes(reported: NewOutcomes): Promise<AddedOutcomes>;
  /** Says that the gate lives, and sends itself a notification that proves the way back. */
  beat(beat: Heartbeat): Promise<void>;
  markStopped(gateId: string): Promise<void>;
}

export type Heartbeat = {
  gateId: string;
  pid: number;
  startedAtMs: number;
  decisions: number;
  journalLagBytes: number;
  /** Comes back on the channel `gate_ping`. */
  ping: string;
  /** Ids of the gateway credentials that were used since the last one. */
  usedCredentials: readonly string[];
};

/** `reporterId` is empty for a caller on the gate's own machine. */
export type NewOutcomes = { reporterId: string; receivedMs: number; outcomes: readonly ReportedOutcome[] };
/** `repeated` were stored before, `unknown` are about tokens that do not exist. */
export type AddedOutcomes = { stored: number; repeated: number; unknown: number };
