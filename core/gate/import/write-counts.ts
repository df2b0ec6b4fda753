import type { TransactionSql } from "postgres";
import type { Queries } from "../state/connect.ts";
import { addAttempts, addRecipients, addRefusals } from "./import-store.ts";
import { dayMs } from "./import-tally.ts";
import { addSecretUse } from "./secret-use-store.ts";
import type { Tally } from "./tally.ts";
import { addTraffic } from "./traffic-store.ts";
import { addNetworks, addUsage, setLastUses } from "./usage-store.ts";

/** A batch of the adversary's kind, each decision about another token, takes seconds; one that hangs must end. */
export const commitTimeoutMs = 120_000;

/** Adds a tally to every table that counts. Runs in the transaction that moves the position; `onStep` is called between the tables. */
export async function writeCounts(
  tx: TransactionSql,
  gateId: string,
  sums: Tally,
  onStep: (step: string) => void = () => undefined,
): Promise<void> {
  // Sorts of very many rows, which would else go through files.
  await tx`set local work_mem = '64MB'`;
  await addUsage(tx, sums.minutes);
  onStep("usage");
  await addTraffic(tx, sums.traffic);
  onStep("traffic");
  await addRefusals(tx, gateId, sums.refusals);
  onStep("refusals");
  await addNetworks(tx, sums.networks);
  onStep("networks");
  await addSecretUse(tx, sums.secrets);
  onStep("secrets");
  await addAttempts(tx, sums.attempts);
  await addRecipients(tx, sums.recipients);
  onStep("recipients");
  await setLastUses(tx, sums.lastUses);
  onStep("last uses");
}

/** Makes the partitions that usage rows need. Days made before are remembered. */
export class UsagePartitions {
  readonly #queries: Queries;
  readonly #days = new Set<number>();

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** Each day by itself: a clock that was wrong for a moment must not make a partition for every day in between. */
  async ensure(timesMs: Iterable<number>): Promise<void> {
    for (const day of new Set([...timesMs].map((atMs) => atMs - (atMs % dayMs)))) {
      if (this.#days.has(day)) continue;
      const at = new Date(day).toISOString();
      await this.#queries.run(
        (sql) => sql`select ensure_usage_partitions(${at}::timestamptz, ${at}::timestamptz)`,
        commitTimeoutMs,
      );
      this.#days.add(day);
    }
  }
}
