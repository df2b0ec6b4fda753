import type { ISql } from "postgres";
import { nilId } from "../../rules/uuid.ts";
import type { Queries } from "./connect.ts";
import type { AddedOutcomes, NewOutcomes } from "./rows.ts";
import { plainArray, textArray } from "./sql-array.ts";

/** Stores reports of outcomes, each reporter's id once. The account is the token's, whatever the reporter thinks. */
export function addOutcomes(queries: Queries, reported: NewOutcomes): Promise<AddedOutcomes> {
  return queries.run((sql) => storeOutcomes(sql, reported));
}

/** The same within a transaction of the caller's. */
export async function storeOutcomes(sql: ISql, reported: NewOutcomes): Promise<AddedOutcomes> {
  const { outcomes, receivedMs } = reported;
  const reporterId = reported.reporterId || nilId;
  const [row] = await sql`
    with given as materialized (
      select distinct on (n.id) n.*, t.account_id from unnest(
        ${textArray(outcomes, (o) => o.id)}::text::text[], ${plainArray(outcomes, (o) => o.tokenId)}::text::uuid[],
        ${plainArray(outcomes, (o) => o.endpointId)}::text::int[], ${plainArray(outcomes, (o) => o.kind)}::text::text[],
        ${plainArray(outcomes, (o) => o.status)}::text::int[], ${textArray(outcomes, (o) => o.requestId)}::text::text[],
        ${plainArray(outcomes, (o) => o.atMs)}::text::bigint[], ${textArray(outcomes, (o) => o.method)}::text::text[],
        ${textArray(outcomes, (o) => o.path)}::text::text[], ${plainArray(outcomes, (o) => o.ip)}::text::inet[],
        ${textArray(outcomes, (o) => o.userAgent)}::text::text[])
        as n (id, token_id, endpoint_id, kind, status, request_id, at, method, path, ip, user_agent)
      left join token t on t.id = n.token_id order by n.id),
    stored as (
      insert into outcome (reporter_id, id, account_id, token_id, endpoint_id, kind, status, request_id, at, received_at,
        method, path, ip, user_agent)
      select ${reporterId}::uuid, id, account_id, token_id, endpoint_id, kind, status, request_id,
        to_timestamp(at / 1000.0), to_timestamp(${receivedMs}::bigint / 1000.0), method, path, ip, user_agent
      from given where account_id is not null
      on conflict do nothing returning 1)
    select (select count(*) from stored)::int as stored, (select count(*) from given where account_id is null)::int as unknown`;
  const stored = Number(row?.stored);
  const unknown = Number(row?.unknown);
  return { stored, repeated: outcomes.length - stored - unknown, unknown };
}
