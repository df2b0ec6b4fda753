import type { TransactionSql } from "postgres";
import { limitNamed } from "../../rules/limits/catalogue.ts";
import { parseAddress } from "../../rules/networks.ts";
import { nilId } from "../../rules/uuid.ts";
import type { JournalRecord } from "../journal/journal-line.ts";
import { plainArray, textArray } from "../state/sql-array.ts";
import { addReceipts } from "./add-receipts.ts";
import {
  type AttemptCount,
  type LastUse,
  minuteMs,
  type NetworkCount,
  type RecipientCount,
  type SecondCount,
  tokenBitCount,
  type UsageCount,
} from "./import-tally.ts";
import { type KeptBefore, KeptRefusals } from "./kept-refusals.ts";

/**
 * All SQL of the import except the position. Everything runs in the transaction that moves the position, and rows are
 * written in the order of their key, so that two gates never lock them crosswise.
 */

type Tx = TransactionSql;

/** Minutes, and from them hours and days: the three grains always agree. */
export async function addUsage(tx: Tx, counts: readonly UsageCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    with counted as materialized (
      select * from unnest(
        ${plainArray(counts, (c) => c.accountId)}::text::uuid[], ${plainArray(counts, (c) => c.atMs / 1000)}::text::bigint[],
        ${plainArray(counts, (c) => c.tokenId)}::text::uuid[], ${plainArray(counts, (c) => c.endpointId)}::text::int[],
        ${plainArray(counts, (c) => c.surface)}::text::text[], ${plainArray(counts, (c) => c.outcome)}::text::text[],
        ${plainArray(counts, (c) => c.requests)}::text::bigint[], ${plainArray(counts, (c) => c.spent)}::text::bigint[])
        as c (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)),
    minutes as (
      insert into usage_minute as u (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select account_id, to_timestamp(at), token_id, endpoint_id, surface, outcome, requests, spent from counted order by 1, 2, 3, 4, 5, 6
      on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
      do update set requests = u.requests + excluded.requests, spent = u.spent + excluded.spent),
    hours as (
      insert into usage_hour as u (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      select account_id, to_timestamp(at - at % 3600), token_id, endpoint_id, surface, outcome, sum(requests), sum(spent)
      from counted group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
      on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
      do update set requests = u.requests + excluded.requests, spent = u.spent + excluded.spent)
    insert into usage_day as u (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select account_id, to_timestamp(at - at % 86400), token_id, endpoint_id, surface, outcome, sum(requests), sum(spent)
    from counted group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
    on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
    do update set requests = u.requests + excluded.requests, spent = u.spent + excluded.spent`;
}

export async function addSeconds(tx: Tx, counts: readonly SecondCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into usage_second as u (account_id, at, token_id, endpoint_id, allowed, refused)
    select account_id, to_timestamp(at), token_id, endpoint_id, allowed, refused from unnest(
      ${plainArray(counts, (c) => c.accountId)}::text::uuid[], ${plainArray(counts, (c) => c.atMs / 1000)}::text::bigint[],
      ${plainArray(counts, (c) => c.tokenId)}::text::uuid[], ${plainArray(counts, (c) => c.endpointId)}::text::int[],
      ${plainArray(counts, (c) => c.allowed)}::text::int[], ${plainArray(counts, (c) => c.refused)}::text::int[])
      as c (account_id, at, token_id, endpoint_id, allowed, refused)
    order by 1, 2, 3, 4
    on conflict (account_id, at, token_id, endpoint_id)
    do update set allowed = u.allowed + excluded.allowed, refused = u.refused + excluded.refused`;
}

export async function addNetworks(tx: Tx, counts: readonly NetworkCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into network_day as n (account_id, day, token_id, network, requests)
    select account_id, day, token_id, network, requests from unnest(
      ${plainArray(counts, (c) => c.accountId)}::text::uuid[], ${plainArray(counts, (c) => isoDay(c.dayMs))}::text::date[],
      ${plainArray(counts, (c) => c.tokenId)}::text::uuid[], ${plainArray(counts, (c) => c.network)}::text::cidr[],
      ${plainArray(counts, (c) => c.requests)}::text::bigint[]) as c (account_id, day, token_id, network, requests)
    order by 1, 2, 3, 4
    on conflict (account_id, day, token_id, network) do update set requests = n.requests + excluded.requests`;
}

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

/** Forward only. A token that was deleted meanwhile is passed over. */
export async function setLastUses(tx: Tx, uses: readonly LastUse[]): Promise<void> {
  if (uses.length === 0) return;
  await tx`
    insert into token_last_use as l (token_id, at, ip, endpoint_id, user_agent)
    select n.token_id, to_timestamp(n.at / 1000.0), n.ip, n.endpoint_id, n.user_agent from unnest(
      ${plainArray(uses, (u) => u.tokenId)}::text::uuid[], ${plainArray(uses, (u) => u.atMs)}::text::bigint[],
      ${plainArray(uses, (u) => u.ip)}::text::inet[], ${plainArray(uses, (u) => u.endpointId)}::text::int[],
      ${textArray(uses, (u) => u.userAgent)}::text::text[])
      as n (token_id, at, ip, endpoint_id, user_agent) join token t on t.id = n.token_id
    -- It would stay for ever where everything else has been erased.
    join account a on a.id = t.account_id and a.erased_at is null
    order by 1
    on conflict (token_id) do update set at = excluded.at, ip = excluded.ip, endpoint_id = excluded.endpoint_id,
      user_agent = excluded.user_agent
    where l.at <= excluded.at`;
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

function isoDay(dayMs: number): string {
  return new Date(dayMs).toISOString().slice(0, 10);
}

function addressText(ip: string | null): string | null {
  return ip === null ? null : (parseAddress(ip)?.toString() ?? null);
}

function limiterJson({ refusal }: JournalRecord): string | null {
  const limiter = refusal?.limiter ?? null;
  if (limiter === null) return null;
  return JSON.stringify({ ...limiter, kind: limitNamed[limiter.name].kind });
}
