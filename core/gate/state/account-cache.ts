import type { OverrideInForce } from "../../rules/limits/effective-limits.ts";
import { type Networks, parseNetworks } from "../../rules/networks.ts";
import { asciiJson } from "./ascii-json.ts";
import type { StoredAccount, StoredAction } from "./rows.ts";
import type { GateStore } from "./store.ts";

/** Almost every account has neither actions nor overrides: they share one empty list. */
const none: readonly never[] = [];

/** The provider's own id of an account, with its JSON text, which every answer holds. */
export type ExternalId = { text: string; json: string };

/** What all tokens of an account share. One object per account, changed in place, so that every token sees the change. */
export class CachedAccount {
  externalId: ExternalId | null = null;
  planId = 0;
  /** Epoch milliseconds; null = open. */
  closedAtMs: number | null = null;
  /** Null = any address. */
  networks: Networks | null = null;
  standingVersion = 0;
  actions: readonly StoredAction[] = none;
  overrides: readonly OverrideInForce[] = none;
  /** Cached tokens that point here; at 0 it is forgotten. */
  holders = 0;
  /** The newest version announced. */
  wantedVersion = 0;
  /** Set while a change is being read: decisions about the account wait for it. */
  reload: Promise<void> | null = null;
  /** Of the counters. */
  counts: unknown = null;

  constructor(
    readonly id: string,
    row: StoredAccount,
  ) {
    this.take(row);
  }

  take(row: StoredAccount): void {
    this.externalId = row.externalId === null ? null : { text: row.externalId, json: asciiJson(row.externalId) };
    this.planId = row.planId;
    this.closedAtMs = row.closedAtMs;
    this.networks = row.allowedNetworks.length === 0 ? null : parseNetworks(row.allowedNetworks);
    this.standingVersion = row.standingVersion;
    this.actions = row.actions.length === 0 ? none : row.actions;
    this.overrides = row.overrides.length === 0 ? none : row.overrides;
  }
}

/** Account states by id, with the guard that a load overtaken by a change is read again before anything relies on it. */
export class AccountCache {
  readonly #store: GateStore;
  readonly #accounts = new Map<string, CachedAccount>();
  /** Versions announced while loads are under way. */
  readonly #announced = new Map<string, number>();
  #loads = 0;

  constructor(store: GateStore) {
    this.#store = store;
  }

  get size(): number {
    return this.#accounts.size;
  }

  /** Reads the accounts that are not here yet. Afterwards `hold` finds each that exists. Rejects when the database is away. */
  async load(ids: Iterable<string>): Promise<void> {
    let missing = [...new Set(ids)].filter((id) => !this.#accounts.has(id));
    this.#loads++;
    try {
      while (missing.length > 0) {
        const rows = await this.#store.loadAccounts(missing);
        for (const row of rows) if (!this.#isOvertaken(row)) this.#put(row);
        missing = rows.filter((row) => this.#isOvertaken(row)).map((row) => row.id);
      }
    } finally {
      if (--this.#loads === 0) this.#announced.clear();
    }
  }

  hold(id: string): CachedAccount | null {
    const account = this.#accounts.get(id);
    if (!account) return null;
    account.holders++;
    return account;
  }

  release(account: CachedAccount): void {
    if (--account.holders === 0) this.#accounts.delete(account.id);
  }

  /** Drops accounts that a load brought in but no token holds. */
  dropUnheld(ids: Iterable<string>): void {
    for (const id of ids) if (this.#accounts.get(id)?.holders === 0) this.#accounts.delete(id);
  }

  /**
   * Applies a change announced by the database: resolves when no decision can be made from the state before it.
   * Rejects when the database is away; decisions about the account then keep waiting for the next successful reload.
   */
  async apply(accountId: string, standingVersion: number): Promise<void> {
    // Announcements of one change may come late, by another way.
    if (this.#loads > 0) this.#announced.set(accountId, Math.max(standingVersion, this.#announced.get(accountId) ?? 0));
    const account = this.#accounts.get(accountId);
    if (!account || account.standingVersion >= standingVersion) return;
    account.wantedVersion = Math.max(account.wantedVersion, standingVersion);
    await this.#reload(account);
  }

  async #reload(account: CachedAccount): Promise<void> {
    const reading = this.#read(account);
    account.reload = reading;
    await reading;
    if (account.reload === reading) account.reload = null;
  }

  async #read(account: CachedAccount): Promise<void> {
    const [row] = await this.#store.loadAccounts([account.id]);
    if (row && row.standingVersion >= account.standingVersion) account.take(row);
    // Also when it was another read that did it: what becomes of the last one matters no more.
    if (account.standingVersion >= account.wantedVersion) account.reload = null;
  }

  #isOvertaken(row: StoredAccount): boolean {
    return row.standingVersion < (this.#announced.get(row.id) ?? 0);
  }

  #put(row: StoredAccount): void {
    if (this.#accounts.has(row.id)) return;
    this.#accounts.set(row.id, new CachedAccount(row.id, row));
  }
}
