import type { Logger } from "../../runtime/log.ts";
import type { DiskCalls } from "../journal/journal-file.ts";
import type { Clock } from "../state/clock.ts";

export type GateConfig = {
  databaseUrl: string;
  /** Counters of several gates; null = this gate is alone and counts in memory. */
  redisUrl: string | null;
  dataDir: string;
  gateId: string;
  host: string;
  port: number;
  /** Of the listener for Postfix, on the same host; null = none. */
  policyPort: number | null;
  publicUrl: string;
  maxStaleSeconds: number;
  fail: "closed" | "open";
  isSynced: boolean;
  /** CIDR blocks, separated by commas or spaces. */
  trustedProxies: string;
  /** The built importer; null = nobody counts the journal until `stop`, which then does it in this thread. */
  importerScript: URL | null;
  /** Whether calls of the plain shape are read without node:http, which they are unless a test says otherwise. */
  isPlainRead?: boolean;
  clock?: Clock;
  /** The journal's system calls; a test gives ones that fail. */
  disk?: DiskCalls;
  log: Logger;
};
