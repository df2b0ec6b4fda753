import { setTimeout as sleep } from "node:timers/promises";
import { heardWithinSeconds } from "./lease-store.ts";
import type { GateClaim, GateHolder, HeldLease } from "./rows.ts";
import type { GateStore } from "./store.ts";

/** The lease outlasts the time for which its holder may decide without the database, so that two never decide under one name. */
export const leaseMarginSeconds = 10;

/** Another gate has the name or the journal. Its message names that gate and says what to do. */
export class GateNameHeld extends Error {
  constructor(claim: Omit<GateClaim, "isStart">, holder: GateHolder) {
    super(sentenceOf(claim, holder));
  }
}

/** The right of one journal directory to be the gate of its name. Renewed by the heartbeat, lost when that fails for too long. */
export class GateLease {
  readonly #store: Pick<GateStore, "claimGate" | "renewLease">;
  readonly #claim: Omit<GateClaim, "isStart">;
  #held: HeldLease | null = null;

  constructor(store: Pick<GateStore, "claimGate" | "renewLease">, claim: Omit<GateClaim, "isStart">) {
    this.#store = store;
    this.#claim = claim;
  }

  /** Null before the first claim. */
  get held(): HeldLease | null {
    return this.#held;
  }

  /**
   * Takes the name. Throws `GateNameHeld`, or what the database says. A gate of a version without leases that was heard from
   * just now may be this directory's own last process: that shows in a few seconds.
   */
  async claim(): Promise<void> {
    for (let seconds = 0; ; seconds++) {
      const claimed = await this.#store.claimGate({ ...this.#claim, isStart: this.#held === null });
      if ("claimedAt" in claimed) {
        const { gateId, journalId, leaseSeconds } = this.#claim;
        this.#held = { gateId, journalId, leaseSeconds, claimedAt: claimed.claimedAt };
        return;
      }
      if (claimed.leaseUntilMs !== null || seconds > heardWithinSeconds) throw new GateNameHeld(this.#claim, claimed);
      await sleep(1_000);
    }
  }

  /** False = it is lost. */
  async renew(): Promise<boolean> {
    return this.#held !== null && (await this.#store.renewLease(this.#held));
  }
}

function sentenceOf(claim: Omit<GateClaim, "isStart">, holder: GateHolder): string {
  const where = holder.host === null ? "of an earlier version" : `on ${holder.host}`;
  const journal = holder.folder === null ? "" : `, journal in ${holder.folder}`;
  const other = `process ${holder.pid} ${where}, since ${timeOf(holder.sinceMs)}${journal}`;
  const freeAt = timeOf(holder.leaseUntilMs ?? holder.nowMs);
  if (holder.isCopy)
    return `The journal in ${claim.folder} is in use as gate ${holder.gateId} (${other}). If one of the two is a copy, move it away; if that was this one's last life elsewhere, start again after ${freeAt}.`;
  const isSilent = holder.nowMs - holder.lastSeenMs > heardWithinSeconds * 1000 && holder.leaseUntilMs !== null;
  const hint = isSilent
    ? ` It was last heard from at ${timeOf(holder.lastSeenMs)}; if it is gone for good, start again after ${freeAt}.`
    : "";
  return `GATE_ID ${claim.gateId} belongs to another gate (${other}). Give this one a GATE_ID of its own, which also counts what ${claim.folder} holds, or stop the other.${hint}`;
}

function timeOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
