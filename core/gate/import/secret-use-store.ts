import type { TransactionSql } from "postgres";
import { plainArray, textArray } from "../state/sql-array.ts";
import { type SecretCount, unknownNetwork } from "./import-tally.ts";

/** Pairs of network and client kept apart per secret and hour; further ones are counted together. */
export const secretPairsKept = 50;

/** Use of the secrets of tokens that have had several. A secret that was deleted meanwhile is passed over. */
export async function addSecretUse(tx: TransactionSql, counts: readonly SecretCount[]): Promise<void> {
  if (counts.length === 0) return;
  const seen = await tx`
    select secret_id, (extract(epoch from at) * 1000)::float8 as at_ms, text(network) as network, client from secret_use
    where secret_id = any(${plainArray([...new Set(counts.map((c) => c.secretId))], (id) => id)}::text::uuid[])
      and at >= to_timestamp(${counts.reduce((first, c) => Math.min(first, c.atMs), Number.MAX_SAFE_INTEGER) / 1000})`;
  const pairs = new Map<string, Set<string>>();
  const pairsOf = (secretId: string, atMs: number) => {
    const key = `${secretId} ${atMs}`;
    const found = pairs.get(key) ?? new Set();
    pairs.set(key, found);
    return found;
  };
  for (const row of seen) pairsOf(String(row.secret_id), Number(row.at_ms)).add(`${row.network} ${row.client}`);
  const folded = counts.map((count) => {
    const known = pairsOf(count.secretId, count.atMs);
    const pair = `${count.network} ${count.client}`;
    if (known.has(pair)) return count;
    if (known.size >= secretPairsKept) return { ...count, network: unknownNetwork, client: "" };
    known.add(pair);
    return count;
  });
  await tx`
    insert into secret_use as u (secret_id, at, network, client, requests, last_at)
    select n.secret_id, to_timestamp(n.at), n.network, n.client, sum(n.requests), to_timestamp(max(n.last_at) / 1000.0) from unnest(
      ${plainArray(folded, (c) => c.secretId)}::text::uuid[], ${plainArray(folded, (c) => c.atMs / 1000)}::text::bigint[],
      ${plainArray(folded, (c) => c.network)}::text::cidr[], ${textArray(folded, (c) => c.client)}::text::text[],
      ${plainArray(folded, (c) => c.requests)}::text::bigint[], ${plainArray(folded, (c) => c.lastAtMs)}::text::bigint[])
      as n (secret_id, at, network, client, requests, last_at) join token_secret s on s.id = n.secret_id
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (secret_id, at, network, client)
    do update set requests = u.requests + excluded.requests, last_at = greatest(u.last_at, excluded.last_at)`;
}
