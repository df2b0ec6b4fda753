import type { Sql, TransactionSql } from "postgres";
import { tally } from "#core/gate/import/tally.ts";
import { addNetworks, addUsage, setLastUses } from "#core/gate/import/usage-store.ts";
import { storeOutcomes } from "#core/gate/state/outcome-store.ts";
import { dayMs } from "#core/rules/time.ts";
import { nilId } from "#core/rules/uuid.ts";
import { batched } from "./batched.ts";
import type { LoadedRequest } from "./records.ts";

export type History = {
  fileHash: string;
  fileName: string;
  requests: number;
  nowMs: number;
  /** Tokens the records name, for the sums before and after. */
  tokens: readonly { accountId: string; tokenId: string }[];
  /** UTC days that records lie on, epoch milliseconds of their start. */
  days: readonly number[];
};

export type Sums = { minute: number; hour: number; day: number };

/** The file was loaded already. */
export class LoadedAlready extends Error {}

const recordsAtOnce = 20_000;

/**
 * Counts dated records into usage of all three grains, networks and last uses: all of them in one transaction, or none. The
 * same file is refused the second time, also while it is being loaded by somebody else.
 * @returns what the three grains have gained, which is equal
 */
export async function loadHistory(
  sql: Sql,
  history: History,
  records: AsyncIterable<LoadedRequest>,
  onProgress: (done: number) => void,
): Promise<Sums> {
  // Before the transaction: making a partition locks the whole table until the commit.
  for (const day of history.days) {
    const at = new Date(day).toISOString();
    await sql`select ensure_usage_partitions(${at}::timestamptz, ${at}::timestamptz)`;
  }
  return sql.begin(async (tx) => {
    await claimFile(tx, history);
    const before = await sums(tx, history.tokens);
    let done = 0;
    for await (const batch of batched(records, recordsAtOnce)) {
      const counts = tally(batch.map(({ record }) => record));
      await addUsage(tx, counts.minutes);
      await addNetworks(tx, counts.networks);
      await setLastUses(tx, counts.lastUses);
      await addAnswers(tx, history, batch);
      done += batch.length;
      onProgress(done);
    }
    const after = await sums(tx, history.tokens);
    const gained = {
      minute: after.minute - before.minute,
      hour: after.hour - before.hour,
      day: after.day - before.day,
    };
    if (Object.values(gained).some((sum) => sum !== done)) {
      throw new Error("These accounts were counted by something else at the same time. Nothing was loaded; try again.");
    }
    return gained;
  });
}

/** Answers older than this are looked at by nobody. */
const answersOfMs = dayMs;
const reportedAtOnce = 1_000;

/** The statuses of the last day, as if the API had reported them. */
async function addAnswers(tx: TransactionSql, { fileHash, nowMs }: History, batch: readonly LoadedRequest[]) {
  const answers = batch.flatMap(({ answer }) =>
    answer === null || answer.atMs < nowMs - answersOfMs
      ? []
      : [{ ...answer, id: `${fileHash.slice(0, 16)}:${answer.id}` }],
  );
  for (let from = 0; from < answers.length; from += reportedAtOnce)
    await storeOutcomes(tx, {
      ...{ reporterId: nilId, receivedMs: nowMs, outcomes: answers.slice(from, from + reportedAtOnce) },
    });
}

async function claimFile(tx: TransactionSql, { fileHash, fileName, requests }: History): Promise<void> {
  const claimed = await tx`
    insert into usage_import (file_hash, file_name, lines) values (${fileHash}, ${fileName}, ${requests})
    on conflict (file_hash) do nothing returning id`;
  if (claimed.length > 0) return;
  const [earlier] = await tx`select file_name, lines, created_at from usage_import where file_hash = ${fileHash}`;
  const at = earlier?.created_at instanceof Date ? earlier.created_at.toISOString().slice(0, 16).replace("T", " ") : "";
  throw new LoadedAlready(
    `This file was loaded already: ${String(earlier?.lines)} requests of ${String(earlier?.file_name)} at ${at} UTC.`,
  );
}

async function sums(tx: TransactionSql, tokens: History["tokens"]): Promise<Sums> {
  const accountIds = tokens.map((one) => one.accountId);
  const tokenIds = tokens.map((one) => one.tokenId);
  const of = async (grain: keyof Sums) => {
    const [row] = await tx`
      select coalesce(sum(requests), 0) as requests from ${tx(`usage_${grain}`)}
      where account_id = any(${accountIds}::uuid[]) and token_id = any(${tokenIds}::uuid[])`;
    return Number(row?.requests);
  };
  return { minute: await of("minute"), hour: await of("hour"), day: await of("day") };
}
