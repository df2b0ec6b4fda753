import type { OverrideInForce } from "../../rules/limits/effective-limits.ts";
import { actionTypes, overrideKinds, surfaces } from "../../rules/vocabulary.ts";
import type { Queries } from "./connect.ts";
import { beat, claimGate, markStopped, renewLease } from "./lease-store.ts";
import { addOutcomes } from "./outcome-store.ts";
import { asNumber, asTimeMs, asWord, asWordOrNull } from "./read-column.ts";
import type { SpentToday, StoredAccount, StoredAction, StoredToken } from "./rows.ts";
import type { GateStore } from "./store.ts";

/** All SQL of the gate's main thread. Columns are read as `unknown`, whichever conversions the client is given. */
export function postgresStore(queries: Queries): GateStore {
  return {
    loadTokens: async (hashesHex) => {
      const rows = await queries.run(
        (sql) => sql`
        select encode(s.hash, 'hex') as hash, s.retires_at, t.id, t.account_id, t.scopes, t.allowed_networks, t.cap_per_day,
          t.cap_per_minute, t.expires_at, t.paused_at, t.revoked_at,
          case when exists (select from token_secret o where o.token_id = s.token_id and o.id <> s.id) then s.id end as secret_id
        from token_secret s join token t on t.id = s.token_id
        where s.hash in (select decode(hex, 'hex') from unnest(${[...hashesHex]}::text[]) as hex)`,
      );
      return rows.map(
        (row): StoredToken => ({
          hashHex: String(row.hash),
          id: String(row.id),
          accountId: String(row.account_id),
          scopes: asTexts(row.scopes),
          allowedNetworks: asTexts(row.allowed_networks),
          capPerDay: asNumber(row.cap_per_day),
          capPerMinute: asNumber(row.cap_per_minute),
          expiresAtMs: asTimeMs(row.expires_at),
          pausedAtMs: asTimeMs(row.paused_at),
          revokedAtMs: asTimeMs(row.revoked_at),
          secretRetiresAtMs: asTimeMs(row.retires_at),
          secretId: row.secret_id === null ? null : String(row.secret_id),
        }),
      );
    },

    findTokenHash: async (tokenId) => {
      const [row] = await queries.run(
        (sql) => sql`
        select encode(hash, 'hex') as hash from token_secret where token_id = ${tokenId}::uuid
        order by coalesce(retires_at, 'infinity') desc, created_at desc limit 1`,
      );
      return row ? String(row.hash) : null;
    },

    // One statement is one snapshot: version, actions and overrides belong together.
    loadAccounts: async (ids) => {
      const rows = await queries.run(
        (sql) => sql`
        select a.id, a.external_id, a.plan_id, a.closed_at, a.allowed_networks, a.standing_version,
          coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'type', x.type, 'surface', x.surface, 'tokenId', x.token_id,
              'endpointId', x.endpoint_id, 'factor', x.factor, 'effectiveAt', x.effective_at, 'endsAt', x.ends_at,
              'isSilent', x.is_silent, 'publicText', x.public_text) order by x.created_at)
            from action x
            where x.account_id = a.id and x.state in ('scheduled', 'applying', 'active')
              and (x.ends_at is null or x.ends_at > now())), '[]') as actions,
          coalesce((select jsonb_agg(jsonb_build_object('kind', o.kind, 'endpointId', o.endpoint_id, 'value', o.value,
              'startsAt', o.starts_at, 'endsAt', o.ends_at))
            from override o
            where o.account_id = a.id and (o.ends_at is null or o.ends_at > now())), '[]') as overrides
        from account a where a.id = any(${[...ids]}::uuid[])`,
      );
      return rows.map(
        (row): StoredAccount => ({
          id: String(row.id),
          externalId: row.external_id === null ? null : String(row.external_id),
          planId: Number(row.plan_id),
          closedAtMs: asTimeMs(row.closed_at),
          allowedNetworks: asTexts(row.allowed_networks),
          standingVersion: Number(row.standing_version),
          actions: asObjects(row.actions).map(readAction),
          overrides: asObjects(row.overrides).map(readOverride),
        }),
      );
    },

    loadProvider: async () => {
      const [endpoints, plans, planLimits, rules, policy, credentials] = await queries.run((sql) =>
        sql.begin("isolation level repeatable read", (tx) => [
          tx`select id, name, surface, method, path, scope, rate_limit, window_seconds, cost, denied_at from endpoint order by id`,
          tx`select id, quota_per_day from plan`,
          tx`select plan_id, endpoint_id, rate_limit from plan_limit`,
          tx`select matches_case, allows_encoded_slash from path_rules`,
          tx`select v.id from policy_version v join policy_document d on d.id = v.document_id
           where v.effective_at <= now() order by d.precedence, v.effective_at desc, v.number desc limit 1`,
          tx`select id, encode(hash, 'hex') as hash from gateway_credential where revoked_at is null`,
        ]),
      );
      return {
        endpoints: endpoints.map((row) => ({
          id: Number(row.id),
          name: String(row.name),
          surface: asWord(surfaces, row.surface),
          method: String(row.method),
          path: String(row.path),
          scope: row.scope === null ? null : String(row.scope),
          rateLimit: asNumber(row.rate_limit),
          windowSeconds: Math.max(1, Number(row.window_seconds)),
          cost: Math.max(0, Number(row.cost)),
          deniedAtMs: asTimeMs(row.denied_at),
        })),
        plans: plans.map((row) => ({ id: Number(row.id), quotaPerDay: asNumber(row.quota_per_day) })),
        planLimits: planLimits.map((row) => ({
          planId: Number(row.plan_id),
          endpointId: Number(row.endpoint_id),
          rateLimit: Number(row.rate_limit),
        })),
        pathRules: {
          matchesCase: rules[0]?.matches_case === true,
          allowsEncodedSlash: rules[0]?.allows_encoded_slash === true,
        },
        policyVersion: policy[0] ? Number(policy[0].id) : null,
        credentials: credentials.map((row) => ({ id: String(row.id), hashHex: String(row.hash) })),
      };
    },

    loadSpentToday: async (dayMs) => {
      const rows = await queries.run(
        (sql) => sql`
        select account_id, token_id, sum(spent) as spent from usage_day
        where at = ${new Date(dayMs).toISOString()}::timestamptz and spent > 0 group by account_id, token_id`,
      );
      return rows.map(readSpent);
    },

    loadSpentOf: async (accountId, dayMs) => {
      const rows = await queries.run(
        (sql) => sql`
        select account_id, token_id, sum(spent) as spent from usage_day
        where account_id = ${accountId}::uuid and at = ${new Date(dayMs).toISOString()}::timestamptz and spent > 0
        group by account_id, token_id`,
      );
      return rows.map(readSpent);
    },

    loadUnconfirmed: async (gateId) => {
      const rows = await queries.run(
        (sql) => sql`
        select a.id, a.standing_version from account a
        where a.id in (select account_id from action where state = 'applying')
          and not exists (select 1 from standing_confirmation c
            where c.account_id = a.id and c.gate_id = ${gateId} and c.standing_version >= a.standing_version)`,
      );
      return rows.map((row) => ({ accountId: String(row.id), standingVersion: Number(row.standing_version) }));
    },

    confirmStanding: async (gateId, accountId, standingVersion) => {
      const payload = JSON.stringify({ accountId, gateId, standingVersion });
      await queries.run(
        (sql) => sql`
        with confirmed as (
          insert into standing_confirmation (account_id, gate_id, standing_version, confirmed_at)
          values (${accountId}::uuid, ${gateId}, ${standingVersion}, clock_timestamp()) on conflict do nothing)
        select pg_notify('standing_confirmed', ${payload})`,
      );
    },

    addOutcomes: (reported) => addOutcomes(queries, reported),

    claimGate: (claim) => claimGate(queries, claim),
    renewLease: (lease) => renewLease(queries, lease),
    beat: (heartbeat) => beat(queries, heartbeat),
    markStopped: (lease) => markStopped(queries, lease),
  };
}

function readSpent(row: Record<string, unknown>): SpentToday {
  return { accountId: String(row.account_id), tokenId: String(row.token_id), spent: Number(row.spent) };
}

function readAction(row: Record<string, unknown>): StoredAction {
  return {
    id: String(row.id),
    type: asWord(actionTypes, row.type),
    surface: asWordOrNull(surfaces, row.surface),
    tokenId: row.tokenId === null ? null : String(row.tokenId),
    endpointId: asNumber(row.endpointId),
    factor: asNumber(row.factor),
    effectiveAtMs: asTimeMs(row.effectiveAt) ?? 0,
    endsAtMs: asTimeMs(row.endsAt),
    isSilent: row.isSilent === true,
    publicText: String(row.publicText),
  };
}

function readOverride(row: Record<string, unknown>): OverrideInForce {
  return {
    kind: asWord(overrideKinds, row.kind),
    endpointId: asNumber(row.endpointId),
    value: Number(row.value),
    startsAtMs: asTimeMs(row.startsAt) ?? 0,
    endsAtMs: asTimeMs(row.endsAt),
  };
}

function asTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function asObjects(value: unknown): Record<string, unknown>[] {
  const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(parsed) ? parsed : [];
}
