import { mkdirSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../log.ts";
import { dayStartMs } from "../rules/quota.ts";
import { AccountCache } from "./account-cache.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Connection } from "./connect.ts";
import { DatabaseLink } from "./database-link.ts";
import { Freshness } from "./freshness.ts";
import { Gate } from "./gate.ts";
import { ImportLink } from "./import-link.ts";
import { Importer } from "./importer.ts";
import { Journal } from "./journal.ts";
import { JournalHead } from "./journal-head.ts";
import { lockJournal } from "./journal-lock.ts";
import { listSegments } from "./journal-segments.ts";
import { MemoryCounters } from "./memory-counters.ts";
import { metricsText } from "./metrics.ts";
import { parseNetworks } from "./networks.ts";
import { postgresStore } from "./postgres-store.ts";
import { compileProvider, type Provider } from "./provider-cache.ts";
import { journalKeepMs, rebuild } from "./rebuild.ts";
import { gateServer } from "./server.ts";
import { TokenCache } from "./token-cache.ts";

export type GateConfig = {
  databaseUrl: string;
  dataDir: string;
  gateId: string;
  host: string;
  port: number;
  publicUrl: string;
  maxStaleSeconds: number;
  fail: "closed" | "open";
  isSynced: boolean;
  /** CIDR blocks, separated by commas or spaces. */
  trustedProxies: string;
  /** The built importer; null = nobody counts the journal until `stop`, which then does it in this thread. */
  importerScript: URL | null;
  clock?: Clock;
  log: Logger;
};

export type RunningGate = {
  gate: Gate;
  /** The port it listens on, also when 0 was asked for. */
  port: number;
  /** Resolves when the state is complete and requests are decided. Rejects when it cannot become so. */
  ready: Promise<void>;
  /** Stops accepting, answers what has begun, counts the journal and says that it has stopped. */
  stop: () => Promise<void>;
};

/** Starts a gate. Listens at once and answers 503 until its state is rebuilt. Throws what keeps it from starting. */
export async function startGate(config: GateConfig): Promise<RunningGate> {
  const { databaseUrl, gateId, log } = config;
  const clock = config.clock ?? systemClock();
  const folder = join(config.dataDir, "journal", gateId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockJournal(folder);
  const connection = new Connection(databaseUrl, `gatehouse-${gateId}`, 4);
  const store = postgresStore(connection);
  const accounts = new AccountCache(store);
  const tokens = new TokenCache(store, accounts);
  const counters = new MemoryCounters();
  const freshness = new Freshness(config.maxStaleSeconds);
  const gate = new Gate({ clock, tokens, accounts, counters, freshness, fail: config.fail });
  const head = new JournalHead();
  let isStopping = false;
  let imports: ImportLink | null = null;

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
    log,
    onProvider: takeProvider,
    load: () => ({ decisions: gate.counts.decisions, journalLagBytes: lagBytes() }),
  });
  const metrics = () =>
    metricsText(gate.counts, {
      isReady: gate.isReady,
      isStale: freshness.isStale(clock().steadyMs),
      cacheAgeSeconds: freshness.ageMs(clock().steadyMs) / 1000,
      tokens: tokens.size,
      unknownTokens: tokens.unknownSize,
      accounts: accounts.size,
      rings: counters.ringCount,
      rememberedRequests: gate.memory.size,
      journalWrittenBytes: gate.journal?.writtenBytes ?? 0,
      journalLagBytes: lagBytes(),
      journalFaults: gate.journal?.faults ?? 0,
      importBusySeconds: imports?.busySeconds ?? 0,
    });

  const trustedProxies = parseNetworks(config.trustedProxies.split(/[\s,]+/).filter((text) => text !== ""));
  const server = gateServer({ gate, publicUrl: config.publicUrl, trustedProxies, metrics });
  try {
    await listenOn(server, config.host, config.port);
  } catch (error) {
    lock.release();
    await connection.end();
    throw error;
  }
  const touching = setInterval(() => {
    if (lock.touch() || isStopping) return;
    log.fatal({ folder }, "Another gate has taken this journal; this one stops at once.");
    process.exit(1);
  }, 1_000);
  const sweeping = setInterval(() => counters.sweep(clock()), 100);

  /** Everything that needs the database, in the order that makes the state complete. */
  async function becomeReady(): Promise<void> {
    const importer = new Importer({ queries: connection, folder, gateId, head });
    const provider = await persist(async () => compileProvider(await store.loadProvider()));
    const imported = await persist(() => importer.importAll());
    const now = clock();
    const rebuilt = rebuild(folder, provider, counters, gate.memory, now);
    const dayMs = dayStartMs(now.wallMs);
    for (const row of await persist(() => store.loadSpentToday(dayMs))) {
      counters.restoreDay(row.accountId, row.tokenId, row.spent, dayMs);
    }
    const position = await persist(() => importer.readPosition());
    const journal = new Journal({
      folder,
      gateId,
      firstSegment: Math.max(position.segment, listSegments(folder).at(-1) ?? 0) + 1,
      head,
      now: () => clock().wallMs,
      isSynced: config.isSynced,
      onFault: (error) => log.error({ err: error }, "The journal cannot be written; GATE_FAIL decides about requests."),
    });
    journal.open();
    gate.journal = journal;
    gate.provider = provider;
    const keepMs = journalKeepMs(provider);
    if (config.importerScript) {
      imports = new ImportLink(
        config.importerScript,
        { databaseUrl, folder, gateId, head: head.buffer, keepMs },
        gate.counts,
        log,
      );
      imports.start();
    }
    link.start();
    while (!gate.isReady && !isStopping) await sleep(10);
    log.info({ imported, rebuilt }, "The gate decides.");
  }

  /** Tries again until the database answers. */
  async function persist<T>(work: () => Promise<T>): Promise<T> {
    for (let isSaid = false; ; ) {
      if (isStopping) throw new Error("The gate is stopping.");
      try {
        return await work();
      } catch (error) {
        if (!isSaid) log.warn({ err: error }, "Waiting for the database.");
        isSaid = true;
        await sleep(500);
      }
    }
  }

  const ready = becomeReady();
  ready.catch((error: unknown) => isStopping || log.fatal({ err: error }, "The gate could not rebuild its state."));

  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await ready.catch(() => undefined);
    await drain(server);
    clearInterval(sweeping);
    await gate.journal?.close();
    if (imports) await imports.stop(10_000);
    else await new Importer({ queries: connection, folder, gateId, head }).importAll().catch(() => 0);
    await link.stop();
    await store.markStopped(gateId).catch(() => undefined);
    await connection.end();
    clearInterval(touching);
    lock.release();
  };
  return { gate, port: portOf(server), ready, stop };
}

function listenOn(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, 1024, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Lets requests that have begun end, at most 5 s; connections close with their next answer. */
async function drain(server: Server): Promise<void> {
  server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(timer);
}
