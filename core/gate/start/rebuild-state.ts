import { setTimeout as sleep } from "node:timers/promises";
import { dayStartMs } from "../../rules/limits/quota.ts";
import type { MemoryCounters } from "../counters/memory-counters.ts";
import type { Gate } from "../decision/gate.ts";
import { Importer } from "../import/importer.ts";
import { settlePosition } from "../import/settle-position.ts";
import { Journal } from "../journal/journal.ts";
import type { JournalHead } from "../journal/journal-head.ts";
import { listSegments } from "../journal/journal-segments.ts";
import type { Clock } from "../state/clock.ts";
import type { Queries } from "../state/connect.ts";
import { type GateLease, GateNameHeld } from "../state/gate-lease.ts";
import { compileProvider } from "../state/provider-cache.ts";
import type { GateStore } from "../state/store.ts";
import type { GateConfig } from "./gate-config.ts";
import { journalKeepMs, rebuild } from "./rebuild.ts";

/** A gate on its way to deciding. */
export type Becoming = {
  config: GateConfig;
  connection: Queries;
  store: GateStore;
  lease: GateLease;
  /** Of the journal's folder. */
  journalId: string;
  gate: Gate;
  /** Null = counters that several gates share need no rebuilding. */
  counters: MemoryCounters | null;
  head: JournalHead;
  clock: Clock;
  folder: string;
  isStopping: () => boolean;
};

/**
 * Gives the gate its state, in the order that makes it complete: what the last run left in the journal is counted first, so
 * that the quotas read afterwards hold everything. Waits for the database as long as it takes. Returns how long segments
 * of the journal must be kept, in milliseconds. Rejects when the gate is stopped meanwhile, another has its name, or the journal
 * cannot be opened.
 */
export async function rebuildState(becoming: Becoming): Promise<number> {
  const { config, connection, store, lease, journalId, gate, counters, head, clock, folder } = becoming;
  const { gateId, log } = config;
  await persist(becoming, () => lease.claim());
  const journal = { queries: connection, folder, gateId, journalId };
  const settled = await persist(becoming, () => settlePosition({ ...journal, nowMs: clock().wallMs }));
  if (settled)
    log.warn(settled, "Not all of this journal stood where it was counted; what the database lacked is counted now.");
  const importer = new Importer({ ...journal, head });
  const provider = await persist(becoming, async () => compileProvider(await store.loadProvider()));
  const imported = await persist(becoming, () => importer.importAll());
  const now = clock();
  const rebuilt = rebuild(folder, provider, counters, gate.memory, now);
  const dayMs = dayStartMs(now.wallMs);
  if (counters !== null) {
    const startOfDay = { ...now, wallMs: dayMs };
    for (const { spent, ...of } of await persist(becoming, () => store.loadSpentToday(dayMs))) {
      // Usage is added up over all endpoints.
      counters.restore("usage", { ...of, endpointId: 0, windowSeconds: 0 }, spent, startOfDay);
    }
  }
  const position = await persist(becoming, () => importer.readPosition());
  const writer = new Journal({
    folder,
    gateId,
    // A database that has counted further than this folder knows must not take new segments for old ones.
    firstSegment: Math.max(position.segment, listSegments(folder).at(-1) ?? 0) + 1,
    head,
    now: () => clock().wallMs,
    isSynced: config.isSynced,
    ...(config.disk ? { disk: config.disk } : {}),
    onFault: (error) => log.error({ err: error }, "The journal cannot be written; GATE_FAIL decides about requests."),
  });
  writer.open();
  gate.journal = writer;
  gate.provider = provider;
  log.info({ imported, rebuilt }, "Limits and quotas are rebuilt.");
  return journalKeepMs(provider);
}

/** Tries again until the database answers. */
async function persist<T>({ config, isStopping }: Becoming, work: () => Promise<T>): Promise<T> {
  for (let isSaid = false; ; isSaid = true) {
    if (isStopping()) throw new Error("The gate is stopping.");
    try {
      return await work();
    } catch (error) {
      if (error instanceof GateNameHeld) throw error;
      if (!isSaid) config.log.warn({ err: error }, "Waiting for the database.");
      await sleep(500);
    }
  }
}
