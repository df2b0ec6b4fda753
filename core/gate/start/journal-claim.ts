import { mkdirSync, realpathSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { journalIdentity } from "../journal/journal-identity.ts";
import { type JournalLock, lockJournal } from "../journal/journal-lock.ts";
import { leaseMarginSeconds } from "../state/gate-lease.ts";
import type { GateClaim } from "../state/rows.ts";
import type { GateConfig } from "./gate-config.ts";

/** Makes and locks the journal's folder, and says with what this process claims its gate's name. Throws when either cannot be had. */
export function claimOf(
  config: GateConfig,
  startedAtMs: number,
): { lock: JournalLock; claim: Omit<GateClaim, "isStart"> } {
  const folder = join(config.dataDir, "journal", config.gateId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockJournal(folder);
  try {
    const claim = {
      gateId: config.gateId,
      journalId: journalIdentity(folder),
      folder: realpathSync(folder),
      host: hostname(),
      pid: process.pid,
      startedAtMs,
      leaseSeconds: config.maxStaleSeconds + leaseMarginSeconds,
    };
    return { lock, claim };
  } catch (error) {
    lock.release();
    throw error;
  }
}
