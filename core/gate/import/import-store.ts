import type { TransactionSql } from "postgres";
import { limitNamed } from "../../rules/limits/catalogue.ts";
import { parseAddress } from "../../rules/networks.ts";
import { nilId } from "../../rules/uuid.ts";
import type { JournalRecord } from "../journal/journal-line.ts";
import { plainArray, textArray } from "../state/sql-array.ts";
import { addReceipts } from "./add-receipts.ts";
import { type AttemptCount, minuteMs, type RecipientCount, tokenBitCount } from "./import-tally.ts";
import { type KeptBefore, KeptRefusals } from "./kept-refusals.ts";

/**
 * SQL of the import for refusals, attempts and recipients. Everything runs in the transaction that moves the position, and rows are
 * written in the order of their key, so that two gates never lock them crosswise.
 */

type Tx = TransactionSql;

export async function addAttempts(tx: Tx, counts: readonly AttemptCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into unknown_attempt as a (at, network, code, requests, token_bits)
    select to_timestamp(at), network, code, requests, token_bits from unnest(
      ${plainArray(counts, (c) => c.atMs / 1000)}::text::bigint[], ${plainArray(counts, (c) => c.network)}::text::cidr[],
      ${plainArray(counts, (c) => c.code)}::text::text[], ${plainArray(counts, (c) => c.requests)}::text::bigint[],
      ${plainArray(counts, bitsOf)}::text::bit(256)[]) as c (at, network, code, requests, token_bits)
    order by 1, 2, 3
    on conflict (at, network, code) do update set requests = a.requests + excluded.requests,
      token_bits = a.token_bits | excluded.token_bits`;
}

function bitsOf({ tokenBits }: AttemptCount): string {
  return Array.from({ length: tokenBitCount }, (_, bit) => (tokenBits.has(bit) ? "1" : "0")).join("");
}

export async function addRecipients(tx: Tx, counts: readonly RecipientCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into recipient_hour as r (account_id, at, endpoint_id, calls, recipients)
    select account_id, to_timestamp(at), endpoint_id, calls, recipients from unnest(
      ${plainArray(counts, (c) => c.accountId)}::text::uuid[], ${plainArray(counts, (c) => c.atMs / 1000)}::text::bigint[],
      ${plainArray(counts, (c) => c.endpointId)}::text::int[], ${plainArray(counts, (c) => c.calls)}::text::bigint[],
      ${plainArray(counts, (c) => c.recipients)}::text::bigint[]) as c (account_id, at, endpoint_id, calls, recipients)
    order by 1, 2, 3
    on conflict (account_id, at, endpoint_id)
    do update set calls = r.calls + excluded.calls, recipients = r.recipients + excluded.recipients`;
}

/** Keeps some refusals of each token, code and minute whole (kept-refusals), counting those of earlier batches, and of the rest the receipts. */
export async function addRefusals(tx: Tx, gateId: string, records: readonly JournalRecord[]): Promise<void> {
  if (records.length === 0) return;
  const kept = new KeptRefusals(await keptBefore(tx, records));
  const rows: JournalRecord[] = [];
  const rest: JournalRecord[] = [];
  for (const record of records) (kept.keeps(record) ? rows : rest).push(record);
  await addReceipts(tx, gateId, rest);
  if (rows.length === 0) return;
  await tx`
    insert into refusal (receipt, account_id, at, token_id, endpoint_id, surface, code, method, path, ip, user_agent,
      request_id, gate_id, limiter, retry_after_seconds, missing_scope)
    select n.receipt, n.account_id, to_timestamp(n.at / 1000.0), n.token_id, n.endpoint_id, n.surface, n.code, n.method, n.path,
      n.ip, n.user_agent, n.request_id, ${gateId}, n.limiter::jsonb, n.retry_after_seconds, n.missing_scope
    from unnest(
      ${textArray(rows, (r) => r.refusal?.receipt ?? "")}::text::text[], ${plainArray(rows, (r) => r.accountId ?? nilId)}::text::uuid[],
      ${plainArray(rows, (r) => r.atMs)}::text::bigint[], ${plainArray(rows, (r) => r.tokenId ?? nilId)}::text::uuid[],
      ${plainArray(rows, (r) => r.endpointId)}::text::int[], ${plainArray(rows, (r) => r.surface)}::text::text[],
      ${plainArray(rows, (r) => r.code)}::text::text[], ${textArray(rows, (r) => r.refusal?.method ?? null)}::text::text[],
      ${textArray(rows, (r) => r.refusal?.path ?? null)}::text::text[], ${plainArray(rows, (r) => addressText(r.ip))}::text::inet[],
      ${textArray(rows, (r) => r.userAgent)}::text::text[], ${textArray(rows, (r) => r.requestId)}::text::text[],
      ${textArray(rows, limiterJson)}::text::text[], ${plainArray(rows, (r) => r.refusal?.retryAfterSeconds ?? null)}::text::int[],
      ${textArray(rows, (r) => r.refusal?.missingScope ?? null)}::text::text[])
      as n (receipt, account_id, at, token_id, endpoint_id, surface, code, method, path, ip, user_agent, request_id, limiter,
        retry_after_seconds, missing_scope)
    on conflict do nothing`;
}

async function keptBefore(tx: Tx, records: readonly JournalRecord[]): Promise<KeptBefore[]> {
  const tokens = [...new Set(records.map((record) => record.tokenId ?? nilId))];
  const times = records.map((record) => record.atMs - (record.atMs % minuteMs));
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b)) + minuteMs;
  const rows = await tx`
    select token_id, extract(epoch from date_trunc('minute', at)) * 1000 as minute, code, endpoint_id, count(*) as kept,
      max(extract(epoch from at) * 1000 + retry_after_seconds * 1000) as wait_ends from refusal
    where token_id = any(${plainArray(tokens, (id) => id)}::text::uuid[])
      and at >= to_timestamp(${first / 1000}) and at < to_timestamp(${last / 1000})
    group by 1, 2, 3, 4`;
  return rows.map((row) => ({
    ...{ tokenId: String(row.token_id), code: String(row.code), minuteMs: Number(row.minute) },
    ...{ endpointId: Number(row.endpoint_id), kept: Number(row.kept) },
    waitEndsMs: row.wait_ends === null ? null : Number(row.wait_ends),
  }));
}

function addressText(ip: string | null): string | null {
  return ip === null ? null : (parseAddress(ip)?.toString() ?? null);
}

function limiterJson({ refusal }: JournalRecord): string | null {
  const limiter = refusal?.limiter ?? null;
  if (limiter === null) return null;
  return JSON.stringify({ ...limiter, kind: limitNamed[limiter.name].kind });
}
