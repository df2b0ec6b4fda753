import type { TransactionSql } from "postgres";
import { plainArray, textArray } from "../state/sql-array.ts";
import { copyRows, copyText, manyRows } from "./copy-rows.ts";
import { hourMs, startOf } from "./import-tally.ts";
import type { TrafficCount } from "./traffic-count.ts";

const hourOf = ({ usage }: TrafficCount) => startOf(usage.atMs, hourMs) / 1000;

/**
 * Appends who called, from where and with which client, by the hour. Nothing is looked up and no index is written; the worker adds
 * the rows up (`foldTraffic`).
 */
export async function addTraffic(tx: TransactionSql, counts: readonly TrafficCount[]): Promise<void> {
  if (counts.length === 0) return;
  if (counts.length >= manyRows) return copyTraffic(tx, counts);
  await tx`
    insert into traffic_new (account_id, at, token_id, endpoint_id, surface, outcome, network, client, requests)
    select account_id, to_timestamp(at), token_id, endpoint_id, surface, outcome, network, client, requests from unnest(
      ${plainArray(counts, (c) => c.usage.accountId)}::text::uuid[], ${plainArray(counts, hourOf)}::text::bigint[],
      ${plainArray(counts, (c) => c.usage.tokenId)}::text::uuid[], ${plainArray(counts, (c) => c.usage.endpointId)}::text::int[],
      ${plainArray(counts, (c) => c.usage.surface)}::text::text[], ${plainArray(counts, (c) => c.usage.outcome)}::text::text[],
      ${plainArray(counts, (c) => c.network)}::text::cidr[], ${textArray(counts, (c) => c.client)}::text::text[],
      ${plainArray(counts, (c) => c.requests)}::text::bigint[])
      as c (account_id, at, token_id, endpoint_id, surface, outcome, network, client, requests)`;
}

/** Straight into the table: there is nothing to merge with. */
async function copyTraffic(tx: TransactionSql, counts: readonly TrafficCount[]): Promise<void> {
  const times = new Map<number, string>();
  const timeOf = (seconds: number) => {
    const known = times.get(seconds) ?? new Date(seconds * 1000).toISOString();
    times.set(seconds, known);
    return known;
  };
  await copyRows(
    tx`copy traffic_new (account_id, at, token_id, endpoint_id, surface, outcome, network, client, requests) from stdin`.writable(),
    counts,
    (c) =>
      `${c.usage.accountId}\t${timeOf(hourOf(c))}\t${c.usage.tokenId}\t${c.usage.endpointId}\t${c.usage.surface}\t${c.usage.outcome}\t${c.network}\t${copyText(c.client)}\t${c.requests}\n`,
  );
}
