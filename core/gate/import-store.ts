import type { TransactionSql } from "postgres";
import type { AttemptCount, LastUse, NetworkCount, SecondCount, UsageCount } from "./import-tally.ts";
import { nilId } from "./import-tally.ts";
import type { JournalRecord } from "./journal-line.ts";
import { parseAddress } from "./networks.ts";

/** All SQL of the import except the position. Everything runs in the transaction that moves the position. */

/** Per token, code and minute; what is left out is still counted in usage. */
export const refusalsKept = 30;
/** Attempts with tokens that name no account share one nil token. */
export const unknownRefusalsKept = 300;

type Tx = TransactionSql;

const iso = (atMs: number) => new Date(atMs).toISOString();

export async function addUsage(tx: Tx, table: "minute" | "hour" | "day", counts: readonly UsageCount[]): Promise<void> {
  if (counts.length === 0) return;
  const name = tx(`usage_${table}`);
  await tx`
    insert into ${name} as u (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select * from unnest(${counts.map((c) => c.accountId)}::uuid[], ${counts.map((c) => iso(c.atMs))}::timestamptz[],
      ${counts.map((c) => c.tokenId)}::uuid[], ${counts.map((c) => c.endpointId)}::int[], ${counts.map((c) => c.surface)}::text[],
      ${counts.map((c) => c.outcome)}::text[], ${counts.map((c) => c.requests)}::bigint[], ${counts.map((c) => c.spent)}::bigint[])
    on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
    do update set requests = u.requests + excluded.requests, spent = u.spent + excluded.spent`;
}

export async function addSeconds(tx: Tx, counts: readonly SecondCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into usage_second as u (account_id, at, token_id, endpoint_id, allowed, refused)
    select * from unnest(${counts.map((c) => c.accountId)}::uuid[], ${counts.map((c) => iso(c.atMs))}::timestamptz[],
      ${counts.map((c) => c.tokenId)}::uuid[], ${counts.map((c) => c.endpointId)}::int[], ${counts.map((c) => c.allowed)}::int[],
      ${counts.map((c) => c.refused)}::int[])
    on conflict (account_id, at, token_id, endpoint_id)
    do update set allowed = u.allowed + excluded.allowed, refused = u.refused + excluded.refused`;
}

export async function addNetworks(tx: Tx, counts: readonly NetworkCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into network_day as n (account_id, day, token_id, network, requests)
    select * from unnest(${counts.map((c) => c.accountId)}::uuid[], ${counts.map((c) => iso(c.dayMs).slice(0, 10))}::date[],
      ${counts.map((c) => c.tokenId)}::uuid[], ${counts.map((c) => c.network)}::cidr[], ${counts.map((c) => c.requests)}::bigint[])
    on conflict (account_id, day, token_id, network) do update set requests = n.requests + excluded.requests`;
}

export async function addAttempts(tx: Tx, counts: readonly AttemptCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx`
    insert into unknown_attempt as a (at, network, code, requests)
    select * from unnest(${counts.map((c) => iso(c.atMs))}::timestamptz[], ${counts.map((c) => c.network)}::cidr[],
      ${counts.map((c) => c.code)}::text[], ${counts.map((c) => c.requests)}::bigint[])
    on conflict (at, network, code) do update set requests = a.requests + excluded.requests`;
}

/** Forward only. A token that was deleted meanwhile is passed over. */
export async function setLastUses(tx: Tx, uses: readonly LastUse[]): Promise<void> {
  if (uses.length === 0) return;
  await tx`
    insert into token_last_use as l (token_id, at, ip, endpoint_id, user_agent)
    select n.* from unnest(${uses.map((u) => u.tokenId)}::uuid[], ${uses.map((u) => iso(u.atMs))}::timestamptz[],
      ${uses.map((u) => u.ip)}::inet[], ${uses.map((u) => u.endpointId)}::int[], ${uses.map((u) => u.userAgent)}::text[])
      as n (token_id, at, ip, endpoint_id, user_agent) join token t on t.id = n.token_id
    on conflict (token_id) do update set at = excluded.at, ip = excluded.ip, endpoint_id = excluded.endpoint_id,
      user_agent = excluded.user_agent
    where l.at <= excluded.at`;
}

/** Keeps the first refusals of each token, code and minute, counting those of earlier batches. */
export async function addRefusals(tx: Tx, gateId: string, records: readonly JournalRecord[]): Promise<void> {
  if (records.length === 0) return;
  const kept = await keptBefore(tx, records);
  const rows = records.filter((record) => {
    const key = keyOf(record.tokenId ?? nilId, record.atMs, record.code);
    const before = kept.get(key) ?? 0;
    kept.set(key, before + 1);
    return before < (record.tokenId === null ? unknownRefusalsKept : refusalsKept);
  });
  if (rows.length === 0) return;
  await tx`
    insert into refusal (receipt, account_id, at, token_id, endpoint_id, surface, code, method, path, ip, user_agent,
      request_id, gate_id, limiter, retry_after_seconds, missing_scope)
    select n.receipt, n.account_id, n.at, n.token_id, n.endpoint_id, n.surface, n.code, n.method, n.path, n.ip, n.user_agent,
      n.request_id, ${gateId}, n.limiter::jsonb, n.retry_after_seconds, n.missing_scope
    from unnest(${rows.map((r) => r.refusal?.receipt ?? "")}::text[], ${rows.map((r) => r.accountId ?? nilId)}::uuid[],
      ${rows.map((r) => iso(r.atMs))}::timestamptz[], ${rows.map((r) => r.tokenId ?? nilId)}::uuid[],
      ${rows.map((r) => r.endpointId)}::int[], ${rows.map((r) => r.surface)}::text[], ${rows.map((r) => r.code)}::text[],
      ${rows.map((r) => r.refusal?.method ?? null)}::text[], ${rows.map((r) => r.refusal?.path ?? null)}::text[],
      ${rows.map((r) => addressText(r.ip))}::inet[], ${rows.map((r) => r.userAgent)}::text[],
      ${rows.map((r) => r.requestId)}::text[], ${rows.map((r) => limiterJson(r))}::text[],
      ${rows.map((r) => r.refusal?.retryAfterSeconds ?? null)}::int[], ${rows.map((r) => r.refusal?.missingScope ?? null)}::text[])
      as n (receipt, account_id, at, token_id, endpoint_id, surface, code, method, path, ip, user_agent, request_id, limiter,
        retry_after_seconds, missing_scope)
    on conflict do nothing`;
}

async function keptBefore(tx: Tx, records: readonly JournalRecord[]): Promise<Map<string, number>> {
  const tokens = [...new Set(records.map((record) => record.tokenId ?? nilId))];
  const times = records.map((record) => record.atMs - (record.atMs % 60_000));
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b)) + 60_000;
  const rows = await tx`
    select token_id, extract(epoch from date_trunc('minute', at)) * 1000 as minute, code, count(*) as kept from refusal
    where token_id = any(${tokens}::uuid[]) and at >= ${iso(first)}::timestamptz and at < ${iso(last)}::timestamptz
    group by 1, 2, 3`;
  return new Map(
    rows.map((row) => [keyOf(String(row.token_id), Number(row.minute), String(row.code)), Number(row.kept)]),
  );
}

function keyOf(tokenId: string, atMs: number, code: string): string {
  return `${tokenId} ${atMs - (atMs % 60_000)} ${code}`;
}

function addressText(ip: string | null): string | null {
  return ip === null ? null : (parseAddress(ip)?.toString() ?? null);
}

function limiterJson({ refusal }: JournalRecord): string | null {
  const limiter = refusal?.limiter ?? null;
  if (limiter === null) return null;
  const kind = limiter.name.endsWith("-rate") ? "rate" : "quota";
  return JSON.stringify({ ...limiter, kind });
}
