import type { Sql } from "postgres";
import type { AccountCache } from "./account-cache.ts";
import type { Clock } from "./clock.ts";
import { connect } from "./connect.ts";
import type { Freshness } from "./freshness.ts";
import { type GateLease, GateNameHeld } from "./gate-lease.ts";
import { compileProvider, type Provider } from "./provider-cache.ts";
import { readAccountChange, readTokenChange } from "./read-notification.ts";
import type { Heartbeat } from "./rows.ts";
import { SerialReload } from "./serial-reload.ts";
import type { GateStore } from "./store.ts";
import type { TokenCache } from "./token-cache.ts";

export type DatabaseLinkOptions = {
  databaseUrl: string;
  gateId: string;
  store: GateStore;
  tokens: TokenCache;
  accounts: AccountCache;
  freshness: Freshness;
  clock: Clock;
  lease: GateLease;
  startedAtMs: number;
  onProvider: (provider: Provider) => void;
  /** Another gate has this one's name: it must stop. Said once. */
  onLost: (error: GateNameHeld) => void;
  /** Told with each heartbeat whether the database answered it. */
  onBeat: (isAnswering: boolean) => void;
  /** What the heartbeat tells. */
  load: () => Pick<Heartbeat, "decisions" | "journalLagBytes" | "uncountedSinceMs" | "usedCredentials">;
  log: { warn: (fields: object, message: string) => void; info: (fields: object, message: string) => void };
};

const beatEveryMs = 1_000;
/** A listening connection that is silent for so long while queries work is dead without knowing it. */
const deafAfterMs = 4_000;

/**
 * Keeps the gate's state true: hears of changes, applies and confirms them, and proves once a second that it still hears.
 * After any gap everything cached is forgotten, because what was said meanwhile is not repeated.
 */
export class DatabaseLink {
  readonly #options: DatabaseLinkOptions;
  readonly #provider: SerialReload;
  /** Changes announced but not confirmed yet: account → standing version. */
  readonly #unconfirmed = new Map<string, number>();
  #listener: Sql | null = null;
  #listeningSinceMs = 0;
  #isStopped = false;
  #isFailing = false;
  #isBeatDue = false;
  #pings = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DatabaseLinkOptions) {
    this.#options = options;
    this.#provider = new SerialReload(async () => {
      options.onProvider(compileProvider(await options.store.loadProvider()));
    });
  }

  start(): void {
    this.#listen();
    void this.#beat();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#listener?.end({ timeout: 1 }).catch(() => undefined);
  }

  #listen(): void {
    const { databaseUrl, gateId, log } = this.#options;
    const old = this.#listener;
    const fresh = connect(databaseUrl, `gatehouse-${gateId}-listen`, 1);
    this.#listener = fresh;
    this.#listeningSinceMs = this.#options.clock().steadyMs;
    void old?.end({ timeout: 0 }).catch(() => undefined);
    const heard: Record<string, (payload: string) => void> = {
      gate_token: (payload) => this.#tokenChanged(payload),
      gate_account: (payload) => this.#accountChanged(payload),
      gate_provider: () => this.#providerChanged(),
      gate_ping: (payload) => this.#pingReturned(payload),
    };
    for (const [channel, hear] of Object.entries(heard)) {
      const guarded = (payload: string) => fresh === this.#listener && hear(payload);
      fresh
        .listen(channel, guarded, () => this.#listening(fresh))
        .catch((error: unknown) => {
          if (!this.#isStopped) log.warn({ channel, reason: reasonOf(error) }, "Cannot listen to the database.");
        });
    }
  }

  /** Called for each channel, at first and after each loss; the last call comes when all are heard again. */
  #listening(listener: Sql): void {
    if (listener !== this.#listener) return;
    this.#listeningSinceMs = this.#options.clock().steadyMs;
    this.#options.freshness.lost();
    this.#options.tokens.clear();
    this.#provider.changed();
    // Proves at once, not in a second, that it hears again.
    this.#isBeatDue = true;
    if (this.#timer) this.#beatAgain();
  }

  #tokenChanged(payload: string): void {
    const change = readTokenChange(payload);
    // A message that cannot be read may have been about any token.
    if (change) this.#options.tokens.drop(change.hashes);
    else this.#options.tokens.clear();
  }

  #accountChanged(payload: string): void {
    const change = readAccountChange(payload);
    if (!change) {
      this.#options.tokens.clear();
      return;
    }
    this.#expect(change.accountId, change.standingVersion);
    this.#confirm(change.accountId).catch((error: unknown) => this.#failed(error));
  }

  #providerChanged(): void {
    this.#provider.changed();
    this.#provider.settle().catch((error: unknown) => this.#failed(error));
  }

  #pingReturned(payload: string): void {
    this.#options.freshness.returned(payload);
    this.#listeningSinceMs = this.#options.clock().steadyMs;
  }

  #expect(accountId: string, standingVersion: number): void {
    this.#unconfirmed.set(accountId, Math.max(standingVersion, this.#unconfirmed.get(accountId) ?? 0));
  }

  /** Applies the change, then says so. An account that is not cached has nothing stale to serve, and is confirmed at once. */
  async #confirm(accountId: string): Promise<void> {
    const version = this.#unconfirmed.get(accountId);
    if (version === undefined) return;
    const { accounts, store, gateId } = this.#options;
    await accounts.apply(accountId, version);
    await store.confirmStanding(gateId, accountId, version);
    if (this.#unconfirmed.get(accountId) === version) this.#unconfirmed.delete(accountId);
  }

  async #beat(): Promise<void> {
    const { store, gateId, freshness, clock, startedAtMs, log } = this.#options;
    this.#timer = null;
    this.#isBeatDue = false;
    try {
      await this.#provider.settle();
      for (const row of await store.loadUnconfirmed(gateId)) {
        this.#expect(row.accountId, row.standingVersion);
      }
      for (const accountId of [...this.#unconfirmed.keys()]) await this.#confirm(accountId);
      // Sent last: that it comes back says that all of the above is applied.
      const ping = `${gateId} ${startedAtMs} ${this.#pings++}`;
      freshness.sent(ping, clock().steadyMs);
      await this.#sayAlive(ping);
      this.#options.onBeat(true);
      if (this.#isFailing) log.info({}, "The database is back.");
      this.#isFailing = false;
      if (clock().steadyMs - this.#listeningSinceMs > deafAfterMs) this.#listen();
    } catch (error) {
      if (error instanceof GateNameHeld) {
        if (!this.#isStopped) this.#options.onLost(error);
        return;
      }
      this.#options.onBeat(false);
      this.#failed(error);
    }
    this.#beatAgain();
  }

  /** A lease that is not this gate's any more is claimed again, which fails for good only when another gate has it. */
  async #sayAlive(ping: string): Promise<void> {
    const { store, lease, startedAtMs, load } = this.#options;
    const { held } = lease;
    if (held && (await store.beat({ lease: held, pid: process.pid, startedAtMs, ping, ...load() }))) return;
    await lease.claim();
    this.#isBeatDue = true;
  }

  #beatAgain(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.#beat(), this.#isBeatDue ? 20 : beatEveryMs);
  }

  /** Said once, not every second. */
  #failed(error: unknown): void {
    if (this.#isFailing || this.#isStopped) return;
    this.#isFailing = true;
    this.#options.log.warn(
      { reason: reasonOf(error) },
      "The database cannot be reached; deciding from memory for now.",
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
