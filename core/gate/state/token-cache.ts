import { hash } from "node:crypto";
import type { TokenFacts } from "../../rules/limits/check-order.ts";
import { type Networks, parseNetworks } from "../../rules/networks.ts";
import type { AccountCache, CachedAccount } from "./account-cache.ts";
import type { StoredToken } from "./rows.ts";
import { type ScopeSet, ScopeSets } from "./scope-sets.ts";
import type { GateStore } from "./store.ts";

/** A live or dead token as the decision needs it. */
export class CachedToken implements TokenFacts {
  readonly id: string;
  /** Null = the token's only secret. */
  readonly secretId: string | null;
  readonly expiresAtMs: number | null;
  readonly pausedAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly secretRetiresAtMs: number | null;
  /** Null = any address. */
  readonly networks: Networks | null;
  readonly capPerDay: number | null;
  readonly capPerMinute: number | null;
  /** Used since the last time the eviction passed by. */
  isRecent = false;
  /** Of the counters. */
  counts: unknown = null;

  constructor(
    row: StoredToken,
    readonly account: CachedAccount,
    readonly scopeSet: ScopeSet,
  ) {
    this.id = row.id;
    this.secretId = row.secretId;
    this.expiresAtMs = row.expiresAtMs;
    this.pausedAtMs = row.pausedAtMs;
    this.revokedAtMs = row.revokedAtMs;
    this.secretRetiresAtMs = row.secretRetiresAtMs;
    this.networks = row.allowedNetworks.length === 0 ? null : parseNetworks(row.allowedNetworks);
    this.capPerDay = row.capPerDay;
    this.capPerMinute = row.capPerMinute;
  }

  get scopes(): ReadonlySet<string> {
    return this.scopeSet.names;
  }
}

/** Null = there is no such token. */
export type TokenLookup = CachedToken | null;

type Waiting = { promise: Promise<TokenLookup>; settle: (found: TokenLookup) => void; fail: (error: unknown) => void };

/** The cache's key of a token text: its SHA-256 in hex. The text itself is kept nowhere. */
export function tokenKey(text: string): string {
  return hash("sha256", text, "hex");
}

/**
 * Tokens by hash. Misses of one turn are read in one query, each hash once however many ask for it. What is not found is
 * remembered too, in a store of its own, so that guessing tokens cannot push out real ones.
 * Eviction gives what was used since its last round a second chance.
 */
export class TokenCache {
  readonly #store: GateStore;
  readonly #accounts: AccountCache;
  readonly #limits: { tokens: number; unknown: number };
  readonly #tokens = new Map<string, CachedToken>();
  readonly #unknown = new Set<string>();
  readonly #scopes = new ScopeSets();
  readonly #inFlight = new Map<string, Waiting>();
  #queue: string[] = [];
  /** Keys dropped while being read: what comes back may be older than the change. */
  readonly #overtaken = new Set<string>();

  constructor(store: GateStore, accounts: AccountCache, limits = { tokens: 1_000_000, unknown: 100_000 }) {
    this.#store = store;
    this.#accounts = accounts;
    this.#limits = limits;
  }

  get size(): number {
    return this.#tokens.size;
  }

  get unknownSize(): number {
    return this.#unknown.size;
  }

  /** At once when cached, else a promise that rejects when the database is away. */
  find(key: string): TokenLookup | Promise<TokenLookup> {
    const token = this.#tokens.get(key);
    if (token) {
      token.isRecent = true;
      return token;
    }
    if (this.#unknown.has(key)) return null;
    return this.#load(key);
  }

  /** Only what is here, without asking the database. */
  peek(key: string): TokenLookup | undefined {
    return this.#tokens.get(key) ?? (this.#unknown.has(key) ? null : undefined);
  }

  /** Forgets tokens and "unknown" answers by hash (hex), after a change was announced. */
  drop(hashesHex: readonly string[]): void {
    for (const key of hashesHex) {
      if (this.#inFlight.has(key)) this.#overtaken.add(key);
      this.#remove(key);
      this.#unknown.delete(key);
    }
  }

  /** Forgets everything, after notifications may have been missed. */
  clear(): void {
    for (const key of this.#inFlight.keys()) this.#overtaken.add(key);
    for (const key of [...this.#tokens.keys()]) this.#remove(key);
    this.#unknown.clear();
  }

  #load(key: string): Promise<TokenLookup> {
    const already = this.#inFlight.get(key);
    if (already) return already.promise;
    let settle: Waiting["settle"] = () => undefined;
    let fail: Waiting["fail"] = () => undefined;
    const promise = new Promise<TokenLookup>((resolve, reject) => {
      settle = resolve;
      fail = reject;
    });
    this.#inFlight.set(key, { promise, settle, fail });
    this.#enqueue(key);
    return promise;
  }

  #enqueue(key: string): void {
    if (this.#queue.push(key) === 1) setImmediate(() => void this.#readQueue());
  }

  async #readQueue(): Promise<void> {
    const keys = this.#queue;
    this.#queue = [];
    try {
      const rows = await this.#store.loadTokens(keys);
      const accountIds = rows.map((row) => row.accountId);
      await this.#accounts.load(accountIds);
      const byKey = new Map(rows.map((row) => [row.hashHex, row]));
      for (const key of keys) this.#arrived(key, byKey.get(key));
      this.#accounts.dropUnheld(accountIds);
    } catch (error) {
      for (const key of keys) {
        this.#inFlight.get(key)?.fail(error);
        this.#inFlight.delete(key);
        this.#overtaken.delete(key);
      }
    }
  }

  #arrived(key: string, row: StoredToken | undefined): void {
    const account = row ? this.#accounts.hold(row.accountId) : null;
    // A found token without its account: another load dropped the account in between.
    if (this.#overtaken.delete(key) || (row && !account)) {
      if (account) this.#accounts.release(account);
      this.#enqueue(key);
      return;
    }
    const token = row && account ? this.#keep(key, row, account) : null;
    if (token === null) this.#keepUnknown(key);
    this.#inFlight.get(key)?.settle(token);
    this.#inFlight.delete(key);
  }

  #keep(key: string, row: StoredToken, account: CachedAccount): CachedToken {
    const token = new CachedToken(row, account, this.#scopes.of(row.scopes));
    this.#remove(key);
    this.#tokens.set(key, token);
    this.#evict();
    return token;
  }

  #keepUnknown(key: string): void {
    this.#unknown.add(key);
    if (this.#unknown.size <= this.#limits.unknown) return;
    for (const oldest of this.#unknown) {
      this.#unknown.delete(oldest);
      break;
    }
  }

  #evict(): void {
    while (this.#tokens.size > this.#limits.tokens) {
      for (const [key, token] of this.#tokens) {
        if (!token.isRecent) {
          this.#remove(key);
          break;
        }
        token.isRecent = false;
        this.#tokens.delete(key);
        this.#tokens.set(key, token);
      }
    }
  }

  #remove(key: string): void {
    const token = this.#tokens.get(key);
    if (!token) return;
    this.#tokens.delete(key);
    this.#accounts.release(token.account);
  }
}
