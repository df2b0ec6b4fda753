import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import { z } from "zod";

/** Token → decision code → requests. */
export type TokenCounts = Map<string, Map<string, number>>;

export const countsSchema = z.record(z.string(), z.record(z.string(), z.number().int()));

/** What the database has counted for these tokens, over all days. */
export async function databaseCounts(
  sql: Sql,
  tokens: readonly { accountId: string; tokenId: string }[],
): Promise<TokenCounts> {
  const rows = await sql`
    select token_id, outcome, sum(requests) as requests from usage_day
    where account_id = any(${tokens.map((one) => one.accountId)}::uuid[])
      and token_id = any(${tokens.map((one) => one.tokenId)}::uuid[])
    group by token_id, outcome`;
  const counts: TokenCounts = new Map();
  for (const row of rows) add(counts, String(row.token_id), String(row.outcome), Number(row.requests));
  return counts;
}

/** Reads until nothing has changed for `stillMs`: the import is through with what the gate has decided. */
export async function settledCounts(read: () => Promise<TokenCounts>, stillMs: number): Promise<TokenCounts> {
  let last = await read();
  for (let stillSinceMs = performance.now(); performance.now() - stillSinceMs < stillMs; ) {
    await sleep(250);
    const next = await read();
    if (totalOf(next) !== totalOf(last)) stillSinceMs = performance.now();
    last = next;
  }
  return last;
}

/** Reads until it is what was expected, or until nothing has changed for `stillMs`. */
export async function awaitCounts(
  read: () => Promise<TokenCounts>,
  isExpected: (counts: TokenCounts) => boolean,
  stillMs: number,
): Promise<TokenCounts> {
  let last = await read();
  for (let stillSinceMs = performance.now(); !isExpected(last) && performance.now() - stillSinceMs < stillMs; ) {
    await sleep(250);
    const next = await read();
    if (totalOf(next) !== totalOf(last)) stillSinceMs = performance.now();
    last = next;
  }
  return last;
}

export function add(counts: TokenCounts, tokenId: string, code: string, requests: number): void {
  const codes = counts.get(tokenId) ?? new Map<string, number>();
  codes.set(code, (codes.get(code) ?? 0) + requests);
  counts.set(tokenId, codes);
}

export function totalOf(counts: TokenCounts): number {
  let total = 0;
  for (const codes of counts.values()) for (const requests of codes.values()) total += requests;
  return total;
}

/** `after` without `before`, and without what is zero. */
export function minus(after: TokenCounts, before: TokenCounts): TokenCounts {
  const rest: TokenCounts = new Map();
  for (const tokenId of new Set([...after.keys(), ...before.keys()])) {
    for (const code of new Set([...(after.get(tokenId)?.keys() ?? []), ...(before.get(tokenId)?.keys() ?? [])])) {
      const difference = (after.get(tokenId)?.get(code) ?? 0) - (before.get(tokenId)?.get(code) ?? 0);
      if (difference !== 0) add(rest, tokenId, code, difference);
    }
  }
  return rest;
}

/** Over all tokens, largest first. */
export function byCode(counts: TokenCounts): [code: string, requests: number][] {
  const sums = new Map<string, number>();
  for (const codes of counts.values()) {
    for (const [code, requests] of codes) sums.set(code, (sums.get(code) ?? 0) + requests);
  }
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

export function fromRecord(record: z.output<typeof countsSchema>): TokenCounts {
  return new Map(Object.entries(record).map(([token, codes]) => [token, new Map(Object.entries(codes))]));
}
