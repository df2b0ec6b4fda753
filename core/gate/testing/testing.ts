import { randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { mintToken } from "../../rules/tokens/token.ts";
import type { Surface } from "../../rules/vocabulary.ts";
import { hashToken } from "../state/hash-token.ts";

/** Rows for tests and measurements of the gate, written as the product writes them. */

export type SeedEndpoint = {
  name: string;
  surface?: Surface;
  method?: string;
  path: string;
  scope?: string | null;
  rateLimit?: number | null;
  windowSeconds?: number;
  cost?: number;
  isDenied?: boolean;
};

export async function seedEndpoint(sql: Sql, given: SeedEndpoint): Promise<number> {
  const scope = given.scope ?? null;
  if (scope !== null) {
    await sql`insert into scope (name, area, description) values (${scope}, 'Test', 'Test') on conflict do nothing`;
  }
  const [row] = await sql`
    insert into endpoint (name, surface, method, path, scope, rate_limit, window_seconds, cost, denied_at)
    values (${given.name}, ${given.surface ?? "http"}, ${given.method ?? "*"}, ${given.path}, ${scope}, ${given.rateLimit ?? null},
      ${given.windowSeconds ?? 60}, ${given.cost ?? 1}, ${given.isDenied ? "2020-01-01" : null}) returning id`;
  return Number(row?.id);
}

export async function seedPlan(sql: Sql, quotaPerDay: number | null): Promise<number> {
  const [row] = await sql`insert into plan (name, quota_per_day) values (${randomUUID()}, ${quotaPerDay}) returning id`;
  return Number(row?.id);
}

export async function seedAccount(sql: Sql, planId: number): Promise<string> {
  const id = randomUUID();
  await sql`insert into account (id, name, slug, plan_id) values (${id}, ${`Account ${id}`}, ${id}, ${planId})`;
  return id;
}

export type SeedToken = {
  scopes?: string[];
  allowedNetworks?: string[];
  capPerDay?: number | null;
  capPerMinute?: number | null;
  expiresAt?: Date | null;
  pausedAt?: Date | null;
  revokedAt?: Date | null;
  retiresAt?: Date | null;
};

/** Returns the secret and the id. */
export async function seedToken(
  sql: Sql,
  accountId: string,
  given: SeedToken = {},
): Promise<{ id: string; secret: string }> {
  const id = randomUUID();
  const secret = mintToken("client", randomBytes);
  const time = (date: Date | null | undefined) => date?.toISOString() ?? null;
  await sql`
    insert into token (id, account_id, name, scopes, allowed_networks, cap_per_day, cap_per_minute, expires_at, paused_at, revoked_at)
    values (${id}, ${accountId}, 'Test', ${given.scopes ?? []}, ${given.allowedNetworks ?? []}, ${given.capPerDay ?? null},
      ${given.capPerMinute ?? null}, ${time(given.expiresAt)}, ${time(given.pausedAt)}, ${time(given.revokedAt)})`;
  await sql`
    insert into token_secret (token_id, hash, preview, retires_at)
    values (${id}, ${hashToken(secret)}, 'gth_…test', ${time(given.retiresAt)})`;
  return { id, secret };
}

export type SeedAction = {
  type: "suspension" | "termination" | "token_pause" | "throttle" | "notice";
  surface?: Surface | null;
  tokenId?: string | null;
  endpointId?: number | null;
  factor?: number | null;
  effectiveAt?: Date;
  endsAt?: Date | null;
  isSilent?: boolean;
  state?: "applying" | "active" | "scheduled";
};

/** Commits an action and raises the account's standing version, without telling anybody. Returns the version. */
export async function seedAction(sql: Sql, accountId: string, given: SeedAction): Promise<number> {
  const [author] = await sql`
    insert into "user" (email, name) values (${`${randomUUID()}@example.com`}, 'Staff') returning id`;
  const [policy] = await sql`
    insert into policy_document (slug, title, precedence) values (${randomUUID()}, 'Policy', 1) returning id`;
  const [version] = await sql`
    insert into policy_version (document_id, number, effective_at, clauses) values (${Number(policy?.id)}, 1, now(), '[]') returning id`;
  return sql.begin(async (tx) => {
    const [account] = await tx`
      update account set standing_version = standing_version + 1 where id = ${accountId} returning standing_version`;
    const standingVersion = Number(account?.standing_version);
    await tx`
      insert into action (account_id, type, state, surface, token_id, endpoint_id, factor, reason_code, policy_version_id,
        policy_clause, public_text, internal_note, evidence, evidence_hash, is_silent, billing_consequence, effective_at, ends_at,
        author_user_id, standing_version)
      values (${accountId}, ${given.type}, ${given.state ?? "applying"}, ${given.surface ?? null}, ${given.tokenId ?? null},
        ${given.endpointId ?? null}, ${given.factor ?? null}, 'rate_excess', ${Number(version?.id)}, '4', 'Too many requests.', 'note',
        '{}', 'hash', ${given.isSilent ?? false}, 'No refund.', ${(given.effectiveAt ?? new Date(Date.now() - 1000)).toISOString()},
        ${given.endsAt?.toISOString() ?? null}, ${String(author?.id)}, ${standingVersion})`;
    return standingVersion;
  });
}

/** Ends all actions of an account, as a lift does. Returns the new standing version. */
export async function liftActions(sql: Sql, accountId: string): Promise<number> {
  const [row] = await sql`
    with lifted as (update action set state = 'lifted', ended_at = now() where account_id = ${accountId})
    update account set standing_version = standing_version + 1 where id = ${accountId} returning standing_version`;
  return Number(row?.standing_version);
}

export async function tellGates(sql: Sql, channel: string, payload: unknown): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(payload)})`;
}
