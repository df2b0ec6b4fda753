import type { Logger } from "./log.ts";

/**
 * Keeps this process alive through what the driver (postgres 3.4) throws where nobody can catch it; any other error that nobody
 * catches is logged with `ending` and ends it.
 */
export function surviveDriverFaults(log: Logger, ending: string): void {
  process.on("uncaughtException", (error) => {
    if (isDriverFault(error)) {
      log.warn({ err: error }, "A connection to the database was lost while the driver worked on it.");
      return;
    }
    log.fatal({ err: error }, ending);
    process.exit(1);
  });
}

/**
 * The driver writes to a connection that closed meanwhile, from a timer of its own; and nobody waits for the types that it asks
 * each new connection for. Whoever waits for a query of that connection is told as well.
 */
function isDriverFault(error: Error): boolean {
  if (error instanceof TypeError) return /\bnextWrite\b/.test(error.stack ?? "") && /postgres/.test(error.stack ?? "");
  return "query" in error && /^\s*select b\.oid, b\.typarray\b/.test(String(error.query));
}
