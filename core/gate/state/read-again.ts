import { setTimeout as sleep } from "node:timers/promises";
import type { GateStore } from "./store.ts";

/** Before each further attempt. Together far below what a gateway waits, so that a database that is away is soon said to be. */
const pausesMs = [10, 50, 200];

/**
 * The store, whose reads for a decision are tried again before a request is refused for want of them: a connection that died
 * unnoticed, or a server that has no more of them for a moment, is no reason to turn a client away. `onFailed` hears of each
 * failure.
 */
export function readingAgain(store: GateStore, onFailed: (error: unknown) => void): GateStore {
  const again = async <T>(read: () => Promise<T>): Promise<T> => {
    for (const pauseMs of pausesMs) {
      try {
        return await read();
      } catch (error) {
        onFailed(error);
        await sleep(pauseMs);
      }
    }
    return read();
  };
  return {
    ...store,
    loadTokens: (hashesHex) => again(() => store.loadTokens(hashesHex)),
    loadAccounts: (ids) => again(() => store.loadAccounts(ids)),
    loadSpentOf: (accountId, dayMs) => again(() => store.loadSpentOf(accountId, dayMs)),
  };
}
