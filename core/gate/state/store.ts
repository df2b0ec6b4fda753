import type {
  AddedOutcomes,
  GateClaim,
  GateHolder,
  Heartbeat,
  HeldLease,
  NewOutcomes,
  SpentToday,
  StoredAccount,
  StoredProvider,
  StoredToken,
} from "./rows.ts";

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
  /** Takes the gate's name for its journal, or tells who has it. */
  claimGate(claim: GateClaim): Promise<{ claimedAt: string } | GateHolder>;
  /** False = the name is no longer this claim's. */
  renewLease(lease: HeldLease): Promise<boolean>;
  /**
   * Says that the gate lives, renews its lease and sends itself a notification that proves the way back. False = the lease is lost,
   * and nothing was said.
   */
  beat(beat: Heartbeat): Promise<boolean>;
  markStopped(lease: HeldLease): Promise<void>;
}
