import type { TransactionSql } from "postgres";
import { parseAddress } from "../../rules/networks.ts";
import { plainArray, textArray } from "../state/sql-array.ts";
import { copyRows, copyText, goesByCopy } from "./copy-rows.ts";
import type { LastUse, NetworkCount } from "./import-tally.ts";
import type { UsageCount } from "./usage-count.ts";

/**
 * SQL of the import for what every decision adds to. Everything runs in the transaction that moves the position, and rows are
 * written in the order of their key, so that two gates never lock them crosswise.
 */

type Tx = TransactionSql;

/** Minutes with their shape, and from them hours and days: the three grains always agree. */
export async function addUsage(tx: Tx, counts: readonly UsageCount[]): Promise<void> {
  if (counts.length === 0) return;
  const isCopied = await goesByCopy(tx, counts.length);
  if (isCopied) await copyUsage(tx, counts);
  const source = isCopied ? tx`select * from pg_temp.importing_usage` : arraysOfUsage(tx, counts);
  await tx`
    with counted as materialized (${source}),
    minutes as (
      insert into usage_minute as u (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent, seconds)
      select account_id, to_timestamp(at), token_id, endpoint_id, surface, outcome, requests, spent, decode(seconds, 'hex')
      from counted order by 1, 2, 3, 4, 5, 6
      on conflict (account_id, at, token_id, endpoint_id, surface, outcome)
      do update set requests = u.requests + excluded.requests, spent = u.spent + excluded.spent,
        seconds = coalesce(u.seconds, '') || excluded.seconds),
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

const arraysOfUsage = (tx: Tx, counts: readonly UsageCount[]) => tx`select * from unnest(
  ${plainArray(counts, (c) => c.accountId)}::text::uuid[], ${plainArray(counts, (c) => c.atMs / 1000)}::text::bigint[],
  ${plainArray(counts, (c) => c.tokenId)}::text::uuid[], ${plainArray(counts, (c) => c.endpointId)}::text::int[],
  ${plainArray(counts, (c) => c.surface)}::text::text[], ${plainArray(counts, (c) => c.outcome)}::text::text[],
  ${plainArray(counts, (c) => c.requests)}::text::bigint[], ${plainArray(counts, (c) => c.spent)}::text::bigint[],
  ${plainArray(counts, (c) => c.seconds)}::text::text[])
  as c (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent, seconds)`;

async function copyUsage(tx: Tx, counts: readonly UsageCount[]): Promise<void> {
  await tx`create temporary table if not exists importing_usage (account_id uuid, at bigint, token_id uuid, endpoint_id int,
    surface text, outcome text, requests bigint, spent bigint, seconds text) on commit delete rows`;
  await copyRows(
    tx`copy pg_temp.importing_usage from stdin`.writable(),
    counts,
    (c) =>
      `${c.accountId}\t${c.atMs / 1000}\t${c.tokenId}\t${c.endpointId}\t${c.surface}\t${c.outcome}\t${c.requests}\t${c.spent}\t${c.seconds}\n`,
  );
}

export async function addNetworks(tx: Tx, counts: readonly NetworkCount[]): Promise<void> {
  if (counts.length === 0) return;
  const isCopied = await goesByCopy(tx, counts.length);
  if (isCopied) await copyNetworks(tx, counts);
  const source = isCopied ? tx`select * from pg_temp.importing_network` : arraysOfNetworks(tx, counts);
  await tx`
    insert into network_day as n (account_id, day, token_id, network, requests)
    select account_id, day, token_id, network, requests from (${source}) c order by 1, 2, 3, 4
    on conflict (account_id, day, token_id, network) do update set requests = n.requests + excluded.requests`;
}

const arraysOfNetworks = (tx: Tx, counts: readonly NetworkCount[]) => tx`select * from unnest(
  ${plainArray(counts, (c) => c.accountId)}::text::uuid[], ${plainArray(counts, (c) => isoDay(c.dayMs))}::text::date[],
  ${plainArray(counts, (c) => c.tokenId)}::text::uuid[], ${plainArray(counts, (c) => c.network)}::text::cidr[],
  ${plainArray(counts, (c) => c.requests)}::text::bigint[]) as c (account_id, day, token_id, network, requests)`;

async function copyNetworks(tx: Tx, counts: readonly NetworkCount[]): Promise<void> {
  await tx`create temporary table if not exists importing_network (account_id uuid, day date, token_id uuid, network cidr,
    requests bigint) on commit delete rows`;
  await copyRows(
    tx`copy pg_temp.importing_network from stdin`.writable(),
    counts,
    (c) => `${c.accountId}\t${isoDay(c.dayMs)}\t${c.tokenId}\t${c.network}\t${c.requests}\n`,
  );
}

/** Forward only. A token that was deleted meanwhile is passed over. */
export async function setLastUses(tx: Tx, uses: readonly LastUse[]): Promise<void> {
  if (uses.length === 0) return;
  const addresses = new Map<string, string | null>();
  const addressOf = ({ ip }: LastUse) => (ip === null ? null : addressNamed(addresses, ip));
  const isCopied = await goesByCopy(tx, uses.length);
  if (isCopied) await copyUses(tx, uses, addressOf);
  const source = isCopied ? tx`select * from pg_temp.importing_use` : arraysOfUses(tx, uses, addressOf);
  await tx`
    insert into token_last_use as l (token_id, at, ip, endpoint_id, user_agent)
    select n.token_id, to_timestamp(n.at / 1000.0), n.ip, n.endpoint_id, n.user_agent
    from (${source}) n join token t on t.id = n.token_id
    -- It would stay for ever where everything else has been erased.
    join account a on a.id = t.account_id and a.erased_at is null
    order by 1
    on conflict (token_id) do update set at = excluded.at, ip = excluded.ip, endpoint_id = excluded.endpoint_id,
      user_agent = excluded.user_agent
    where l.at <= excluded.at`;
}

type AddressOf = (use: LastUse) => string | null;

const arraysOfUses = (tx: Tx, uses: readonly LastUse[], addressOf: AddressOf) => tx`select * from unnest(
  ${plainArray(uses, (u) => u.tokenId)}::text::uuid[], ${plainArray(uses, (u) => u.atMs)}::text::bigint[],
  ${plainArray(uses, addressOf)}::text::inet[], ${plainArray(uses, (u) => u.endpointId)}::text::int[],
  ${textArray(uses, (u) => u.userAgent)}::text::text[]) as n (token_id, at, ip, endpoint_id, user_agent)`;

async function copyUses(tx: Tx, uses: readonly LastUse[], addressOf: AddressOf): Promise<void> {
  await tx`create temporary table if not exists importing_use (token_id uuid, at bigint, ip inet, endpoint_id int,
    user_agent text) on commit delete rows`;
  await copyRows(
    tx`copy pg_temp.importing_use from stdin`.writable(),
    uses,
    (u) => `${u.tokenId}\t${u.atMs}\t${copyText(addressOf(u))}\t${u.endpointId}\t${copyText(u.userAgent)}\n`,
  );
}

function addressNamed(addresses: Map<string, string | null>, ip: string): string | null {
  let address = addresses.get(ip);
  if (address === undefined) {
    address = parseAddress(ip)?.toString() ?? null;
    addresses.set(ip, address);
  }
  return address;
}

function isoDay(dayMs: number): string {
  return new Date(dayMs).toISOString().slice(0, 10);
}
