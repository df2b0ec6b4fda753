import { setTimeout as sleep } from "node:timers/promises";
import { parseNetworkList } from "../../rules/networks.ts";
import type { Counters } from "../counters/counters.ts";
import { MemoryCounters } from "../counters/memory-counters.ts";
import { RedisCounters } from "../counters/redis-counters.ts";
import { RedisLink } from "../counters/redis-link.ts";
import { Gate } from "../decision/gate.ts";
import { policyListener } from "../doors/policy-listener.ts";
import { gateServer } from "../doors/server.ts";
import { drain, listenOn, portOf } from "../doors/server-life.ts";
import { ImportLink } from "../import/import-link.ts";
import { Importer } from "../import/importer.ts";
import { unreadyAfterMs } from "../import/stalled-after.ts";
import { JournalHead } from "../journal/journal-head.ts";
import { AccountCache } from "../state/account-cache.ts";
import { takeUsed } from "../state/callers.ts";
import { systemClock } from "../state/clock.ts";
import { Connection } from "../state/connect.ts";
import { DatabaseLink } from "../state/database-link.ts";
import { Freshness } from "../state/freshness.ts";
import { GateLease, GateNameHeld } from "../state/gate-lease.ts";
import type { Provider } from "../state/provider-cache.ts";
import { TokenCache } from "../state/token-cache.ts";
import { CountingWatch } from "./counting-watch.ts";
import type { GateConfig } from "./gate-config.ts";
import { claimOf } from "./journal-claim.ts";
import { countLeftJournals } from "./left-journals.ts";
import { metricsText } from "./metrics.ts";
import { openStore } from "./open-store.ts";
import { readGauges } from "./read-gauges.ts";
import { journalKeepMs } from "./rebuild.ts";
import { type Becoming, rebuildState } from "./rebuild-state.ts";

export type RunningGate = {
  gate: Gate;
  /** The port it listens on, also when 0 was asked for. */
  port: number;
  /** Of the listener for Postfix; 0 = there is none. */
  policyPort: number;
  /** Resolves when the state is complete and requests are decided. Rejects when it cannot become so. */
  ready: Promise<void>;
  /** Resolves if another gate takes this one's name: it must be stopped, which counts what it has decided. */
  lost: Promise<GateNameHeld>;
  /** Stops accepting, answers what has begun, counts the journal and says that it has stopped. */
  stop: () => Promise<void>;
};

/** Starts a gate. Listens at once and answers 503 until its state is rebuilt. Throws what keeps it from starting. */
export async function startGate(config: GateConfig): Promise<RunningGate> {
  const { databaseUrl, gateId, log } = config;
  const clock = config.clock ?? systemClock();
  const startedAtMs = clock().wallMs;
  const { lock, claim } = claimOf(config, startedAtMs);
  const { folder, journalId } = claim;
  const connection = new Connection(databaseUrl, `gatehouse-${gateId}`, 4);
  const store = openStore(connection, clock, log);
  const lease = new GateLease(store, claim);
  const accounts = new AccountCache(store);
  const tokens = new TokenCache(store, accounts);
  const memoryCounters = config.redisUrl === null ? new MemoryCounters() : null;
  const counters: Counters =
    memoryCounters ??
    new RedisCounters({ link: new RedisLink(config.redisUrl ?? "", log), loadSpent: store.loadSpentOf });
  const freshness = new Freshness(config.maxStaleSeconds);
  const gate = new Gate({ clock, tokens, accounts, counters, freshness, fail: config.fail });
  const head = new JournalHead();
  const counting = new CountingWatch(clock, head);
  let tellLost: (error: GateNameHeld) => void = () => undefined;
  const lost = new Promise<GateNameHeld>((resolve) => {
    tellLost = resolve;
  });
  let isStopping = false;
  let imports: ImportLink | null = null;
  let leftCounted: Promise<void> = Promise.resolve();

  const lagBytes = () => Math.max(0, (gate.journal?.writtenBytes ?? 0) - gate.counts.importedBytes);
  const takeProvider = (provider: Provider) => {
    gate.provider = provider;
    imports?.keep(journalKeepMs(provider));
  };
  const link = new DatabaseLink({
    databaseUrl,
    gateId,
    store,
    tokens,
    accounts,
    freshness,
    clock,
    lease,
    startedAtMs,
    log,
    onProvider: takeProvider,
    onLost: tellLost,
    onBeat: (isAnswering) => imports && counting.look(isAnswering),
    load: () => ({
      decisions: gate.counts.decisions,
      journalLagBytes: lagBytes(),
      uncountedSinceMs: counting.waitingSinceMs,
      usedCredentials: takeUsed(gate.provider?.callers),
    }),
  });
  const measured = {
    clock,
    gate,
    freshness,
    tokens,
    accounts,
    counters,
    memoryCounters,
    counting,
    lagBytes,
    importBusySeconds: () => imports?.busySeconds ?? 0,
  };

  const trustedProxies = parseNetworkList(config.trustedProxies);
  const doors = gateServer(
    {
      gate,
      publicUrl: config.publicUrl,
      trustedProxies,
      maxStaleSeconds: config.maxStaleSeconds,
      addOutcomes: store.addOutcomes,
      isCounting: () => counting.waitingMs <= unreadyAfterMs,
      metrics: () => metricsText(gate.counts, readGauges(measured)),
    },
    config.isPlainRead,
  );
  const policy = policyListener({ gate, findTokenHash: store.findTokenHash });
  try {
    await listenOn(doors.server, config.host, config.port);
    if (config.policyPort !== null) await listenOn(policy, config.host, config.policyPort);
  } catch (error) {
    lock.release();
    counters.end();
    await connection.end();
    throw error;
  }
  const touching = setInterval(() => {
    if (lock.touch() || isStopping) return;
    log.fatal({ folder }, "Another gate has taken this journal; this one stops at once.");
    process.exit(1);
  }, 1_000);
  const sweeping = setInterval(() => counters.sweep(clock()), 100);

  const becoming: Becoming = {
    config,
    connection,
    store,
    lease,
    journalId,
    gate,
    counters: memoryCounters,
    head,
    clock,
    folder,
    isStopping: () => isStopping,
  };
  const ready = rebuildState(becoming).then(async (keepMs) => {
    if (config.importerScript) {
      imports = new ImportLink(
        config.importerScript,
        { databaseUrl, folder, gateId, journalId, head: head.buffer, keepMs },
        gate.counts,
        log,
        (position) => counting.counted(position),
      );
      imports.start();
    }
    link.start();
    while (!gate.isReady && !isStopping) await sleep(10);
    log.info("The gate decides.");
    leftCounted = countLeftJournals({ queries: connection, folder, nowMs: clock().wallMs, log }).catch(
      (error: unknown) => log.warn({ err: error }, "Journals of other gates in this folder could not be looked at."),
    );
  });
  ready.catch((error: unknown) => {
    if (isStopping) return;
    log.fatal({ err: error }, error instanceof GateNameHeld ? error.message : "The gate could not rebuild its state.");
  });
  // A long rebuild must not let the lease run out.
  const renewing = setInterval(() => void lease.renew().catch(() => undefined), 5_000);
  const endRenewing = () => clearInterval(renewing);
  ready.then(endRenewing, endRenewing);

  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await ready.catch(() => undefined);
    policy.end();
    await drain(doors);
    clearInterval(sweeping);
    await gate.journal?.close();
    counters.end();
    if (imports) await imports.stop(10_000);
    else if (gate.journal)
      await new Importer({ queries: connection, folder, gateId, journalId, head }).importAll().catch(() => 0);
    await link.stop();
    await leftCounted;
    const { held } = lease;
    if (held) await withPatience(() => store.markStopped(held));
    await connection.end();
    clearInterval(touching);
    lock.release();
  };
  return { gate, port: portOf(doors.server), policyPort: portOf(policy), ready, lost, stop };
}

/**
 * Gives the name free, again when a connection breaks just then: kept, it would hold up who takes its place for the rest of the lease.
 * A database that stays away keeps nobody here.
 */
async function withPatience(release: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return await release();
    } catch {
      await sleep(150 * attempt);
    }
  }
}
