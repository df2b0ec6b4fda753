import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { within } from "../gate/state/within.ts";
import type { Logger } from "../runtime/log.ts";

const pingEveryMs = 15_000;
/** A connection that died without a word answers nothing, either. */
const answerWithinMs = 5_000;

/** Told with what the database notifies; called for every one of them after a gap, in which they may have been missed. */
export type Hearers = Record<string, () => void>;

export type ListenOptions = { url: string; log: Logger; hearers: Hearers; confirmed: () => void; pingEveryMs?: number };

/**
 * Listens to what the database tells the worker. Now and then it sends itself a word that has to come back: a connection that died
 * without a word, or a pooler that swallows notifications, is noticed and replaced. Returns how to stop.
 */
export function listenForWork({ url, log, hearers, confirmed, pingEveryMs: pingMs = pingEveryMs }: ListenOptions) {
  const stopping = new AbortController();
  let ping = "";
  let isBack = false;
  let isSaid = false;

  const listen = async (open: OpenDatabase): Promise<void> => {
    const missed = () => {
      for (const wake of Object.values(hearers)) wake();
    };
    await open.sql.listen("gatehouse_work", (payload) => {
      if (payload === ping) isBack = true;
      hearers[payload]?.();
    });
    await open.sql.listen("standing_confirmed", confirmed, missed);
  };

  const keepListening = async (): Promise<void> => {
    let open: OpenDatabase | null = null;
    while (!stopping.signal.aborted) {
      try {
        if (open === null) {
          open = openDatabase(url, { max: 1, applicationName: "gatehouse-worker-listen" });
          await within(answerWithinMs, listen(open));
        }
        ping = randomUUID();
        isBack = false;
        await within(answerWithinMs, open.sql`select pg_notify('gatehouse_work', ${ping})`);
        await sleep(pingMs, undefined, { signal: stopping.signal });
        if (!isBack) throw new Error("What was sent did not come back.");
      } catch (error) {
        void open?.close().catch(() => undefined);
        open = null;
        if (stopping.signal.aborted) break;
        if (!isSaid)
          log.error({ err: error }, "The database cannot be listened to; jobs look by themselves, less often");
        isSaid = true;
        await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    await open?.close().catch(() => undefined);
  };
  const listening = keepListening();
  return async () => {
    stopping.abort();
    await listening;
  };
}
