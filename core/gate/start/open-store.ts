import type { Clock } from "../state/clock.ts";
import type { Queries } from "../state/connect.ts";
import { postgresStore } from "../state/postgres-store.ts";
import { readingAgain } from "../state/read-again.ts";
import type { GateStore } from "../state/store.ts";
import type { GateConfig } from "./gate-config.ts";

const sayEveryMs = 10_000;

/** The gate's view of the database, whose reads are tried again; failures are said now and then. */
export function openStore(connection: Queries, clock: Clock, log: GateConfig["log"]): GateStore {
  let saidMs = Number.NEGATIVE_INFINITY;
  return readingAgain(postgresStore(connection), (error) => {
    if (clock().steadyMs - saidMs < sayEveryMs) return;
    saidMs = clock().steadyMs;
    log.warn({ err: error }, "A read of the database failed; it is tried again.");
  });
}
