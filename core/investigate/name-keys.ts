import { eq, inArray } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { nilId } from "../rules/uuid.ts";
import type { Dimension, TopRow } from "./read-traffic.ts";

/** What a key is called: an account's, token's or endpoint's name, and whose a token is. Null = it says itself, or is gone. */
export type NamedRow = TopRow & { name: string | null; accountName: string | null; accountId: string | null };

/** Adds the names of what the rows are about. */
export async function nameKeys(ctx: Ctx, rows: readonly TopRow[]): Promise<NamedRow[]> {
  const of = (by: Dimension) => rows.filter((row) => row.by === by).map((row) => row.key);
  const [accounts, tokens, endpoints] = await Promise.all([
    namesOfAccounts(ctx, of("account")),
    namesOfTokens(ctx, of("token")),
    namesOfEndpoints(ctx, of("endpoint").map(Number)),
  ]);
  const byKey = new Map([...accounts, ...tokens, ...endpoints].map((one) => [`${one.by} ${one.key}`, one]));
  return rows.map((row) => {
    const { name = null, accountName = null, accountId = null } = byKey.get(`${row.by} ${row.key}`) ?? {};
    return { ...row, name, accountName, accountId };
  });
}

type Name = { by: Dimension; key: string; name: string; accountName: string | null; accountId: string | null };

async function namesOfAccounts(ctx: Ctx, ids: readonly string[]): Promise<Name[]> {
  const known = ids.filter((id) => id !== nilId);
  if (known.length === 0) return [];
  const rows = await ctx.db
    .select({ id: account.id, name: account.name })
    .from(account)
    .where(inArray(account.id, known));
  return rows.map(({ id, name }) => ({ by: "account", key: id, name, accountName: name, accountId: id }));
}

async function namesOfTokens(ctx: Ctx, ids: readonly string[]): Promise<Name[]> {
  const known = ids.filter((id) => id !== nilId);
  if (known.length === 0) return [];
  const rows = await ctx.db
    .select({ id: token.id, name: token.name, accountId: account.id, accountName: account.name })
    .from(token)
    .innerJoin(account, eq(account.id, token.accountId))
    .where(inArray(token.id, known));
  return rows.map(({ id, ...names }) => ({ by: "token", key: id, ...names }));
}

async function namesOfEndpoints(ctx: Ctx, ids: readonly number[]): Promise<Name[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select({ id: endpoint.id, surface: endpoint.surface, method: endpoint.method, path: endpoint.path })
    .from(endpoint)
    .where(inArray(endpoint.id, [...ids]));
  return rows.map(({ id, ...route }) => ({
    ...{ by: "endpoint" as const, key: String(id), name: words.route(route) },
    ...{ accountName: null, accountId: null },
  }));
}
