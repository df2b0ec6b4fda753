import type { Queries } from "./connect.ts";
import { asTimeMs } from "./read-column.ts";
import type { GateClaim, GateHolder, Heartbeat, HeldLease } from "./rows.ts";

/** A gate of a version without leases holds its name while it was heard from within this time, in seconds. */
export const heardWithinSeconds = 5;

/**
 * Takes a gate's name for one journal directory, or tells who has it. One claim after the other in the whole database, and by its
 * clock. For a start, the directory's own last lease is no obstacle; a copy of it elsewhere is. A claim is known by its moment, so
 * each is later than the last one of its name, also within a millisecond and after a clock was set back.
 */
export async function claimGate(queries: Queries, claim: GateClaim): Promise<{ claimedAt: string } | GateHolder> {
  const { gateId, journalId, folder, host, pid, leaseSeconds, isStart } = claim;
  const startedAt = new Date(claim.startedAtMs).toISOString();
  return queries.run((sql) =>
    sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('gatehouse gate'))`;
      const [held] = await tx`
        select id, pid, host, journal_folder, journal_id = ${journalId}::uuid as is_copy, coalesce(claimed_at, started_at) as since,
          lease_until, last_seen_at, clock_timestamp() as now from gate
        where (id = ${gateId} or journal_id = ${journalId}::uuid)
          and (lease_until > clock_timestamp()
            or stopped_at is null and last_seen_at > clock_timestamp() - make_interval(secs => ${heardWithinSeconds}))
          and (not ${isStart} or (journal_id, host, journal_folder) is distinct from (${journalId}::uuid, ${host}::text, ${folder}::text))
        order by id = ${gateId} desc limit 1`;
      if (held) return readHolder(held);
      const [made] = await tx`
        insert into gate (id, pid, started_at, last_seen_at, journal_id, journal_folder, host, claimed_at, lease_until)
        values (${gateId}, ${pid}, ${startedAt}::timestamptz, clock_timestamp(), ${journalId}::uuid, ${folder}, ${host},
          date_trunc('milliseconds', clock_timestamp()), clock_timestamp() + make_interval(secs => ${leaseSeconds}))
        on conflict (id) do update set pid = excluded.pid, started_at = excluded.started_at, last_seen_at = excluded.last_seen_at,
          decisions = 0, stopped_at = null, journal_id = excluded.journal_id, journal_folder = excluded.journal_folder,
          host = excluded.host, claimed_at = greatest(excluded.claimed_at, gate.claimed_at + interval '1 ms'), lease_until = excluded.lease_until, uncounted_since = null
        returning claimed_at::text as claimed_at`;
      return { claimedAt: String(made?.claimed_at) };
    }),
  );
}

/** Makes the lease last again from now. False = the name is no longer this claim's. */
export async function renewLease(queries: Queries, lease: HeldLease): Promise<boolean> {
  const rows = await queries.run(
    (sql) => sql`
    update gate set lease_until = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})
    where id = ${lease.gateId} and journal_id = ${lease.journalId}::uuid and claimed_at = ${lease.claimedAt}::timestamptz
    returning id`,
  );
  return rows.length > 0;
}

/** Says that the gate lives and renews its lease. False = the name is no longer this claim's, and nothing was said. */
export async function beat(queries: Queries, { lease, ...beat }: Heartbeat): Promise<boolean> {
  const uncountedSince = beat.uncountedSinceMs === null ? null : new Date(beat.uncountedSinceMs).toISOString();
  const rows = await queries.run(
    (sql) => sql`
    with beat as (
      update gate set pid = ${beat.pid}, started_at = ${new Date(beat.startedAtMs).toISOString()}::timestamptz,
        last_seen_at = clock_timestamp(), decisions = ${beat.decisions}, journal_lag_bytes = ${beat.journalLagBytes},
        uncounted_since = ${uncountedSince}::timestamptz, stopped_at = null,
        lease_until = clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})
      where id = ${lease.gateId} and journal_id = ${lease.journalId}::uuid and claimed_at = ${lease.claimedAt}::timestamptz
      returning id),
    used as (
      update gateway_credential set last_used_at = clock_timestamp()
      where id = any(${[...beat.usedCredentials]}::uuid[]) and (last_used_at is null or last_used_at < clock_timestamp()))
    select pg_notify('gate_ping', ${beat.ping}) from beat`,
  );
  return rows.length > 0;
}

/** The gate has stopped, and its name is free. Does nothing when it was taken meanwhile. */
export async function markStopped(queries: Queries, lease: HeldLease): Promise<void> {
  await queries.run(
    (sql) => sql`
    update gate set stopped_at = clock_timestamp(), last_seen_at = clock_timestamp(), journal_lag_bytes = 0,
      lease_until = clock_timestamp(), uncounted_since = null
    where id = ${lease.gateId} and journal_id = ${lease.journalId}::uuid and claimed_at = ${lease.claimedAt}::timestamptz`,
  );
}

function readHolder(row: Record<string, unknown>): GateHolder {
  return {
    gateId: String(row.id),
    pid: Number(row.pid),
    host: row.host === null ? null : String(row.host),
    folder: row.journal_folder === null ? null : String(row.journal_folder),
    isCopy: row.is_copy === true,
    sinceMs: asTimeMs(row.since) ?? 0,
    leaseUntilMs: asTimeMs(row.lease_until),
    lastSeenMs: asTimeMs(row.last_seen_at) ?? 0,
    nowMs: asTimeMs(row.now) ?? 0,
  };
}
