import { desc, eq, ilike, or, sql } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import { refusal } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { hourMs } from "../rules/time.ts";

const mostPerKind = 6;

export type Found = {
  kind: "account" | "token" | "receipt" | "network";
  accountId: string;
  label: string;
  hint: string;
  /** Of a receipt: itself, since it has a page of its own. */
  receipt?: string;
};

/**
 * One search over the whole desk: accounts by name, address, external id or member, tokens by preview or by the SHA-256 of a whole token (which
 * never leaves the browser), receipts, and networks. Personal data finds, and is not shown.
 */
export const searchDesk = query({
  permission: "cases:read",
  input: z.strictObject({
    text: z.string().trim().max(200).default(""),
    /** SHA-256 of a whole token, hex, instead of a text. */
    tokenHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  run: async (ctx, { text, tokenHash }): Promise<Found[]> => {
    if (tokenHash !== undefined) return byHash(ctx, tokenHash);
    if (text.length < 2) return [];
    const found = await Promise.all([accounts(ctx, text), tokens(ctx, text), receipts(ctx, text), networks(ctx, text)]);
    return found.flat();
  },
});

const like = (text: string) => `%${escapeLike(text)}%`;

async function accounts(ctx: Ctx, text: string): Promise<Found[]> {
  const rows = await ctx.db
    .selectDistinct({ id: account.id, name: account.name, slug: account.slug, externalId: account.externalId })
    .from(account)
    .leftJoin(member, eq(member.accountId, account.id))
    .leftJoin(user, eq(user.id, member.userId))
    .where(
      or(...[account.name, account.slug, account.externalId, user.email].map((column) => ilike(column, like(text)))),
    )
    .orderBy(account.name)
    .limit(mostPerKind);
  return rows.map(({ id, name, slug, externalId }) => ({
    ...{ kind: "account", accountId: id, label: name },
    hint: externalId === null ? slug : `${slug} · ${externalId}`,
  }));
}

/** By what stands on screens: `gth_…a1B2`, or its last characters. */
async function tokens(ctx: Ctx, text: string): Promise<Found[]> {
  const ending = text.split("…").at(-1) ?? "";
  if (ending.length < 3) return [];
  const rows = await ctx.db
    .select({ accountId: token.accountId, name: token.name, preview: tokenSecret.preview, accountName: account.name })
    .from(tokenSecret)
    .innerJoin(token, eq(token.id, tokenSecret.tokenId))
    .innerJoin(account, eq(account.id, token.accountId))
    .where(or(ilike(tokenSecret.preview, like(ending)), ilike(token.name, like(text))))
    .orderBy(desc(tokenSecret.createdAt))
    .limit(mostPerKind);
  return rows.map((row) => ({
    kind: "token",
    accountId: row.accountId,
    label: `${row.name} ${row.preview}`,
    hint: row.accountName,
  }));
}

async function byHash(ctx: Ctx, hash: string): Promise<Found[]> {
  const rows = await ctx.db
    .select({
      accountId: token.accountId,
      name: token.name,
      preview: tokenSecret.preview,
      accountName: account.name,
      isDead: sql<boolean>`${token.revokedAt} is not null or ${tokenSecret.retiresAt} <= ${ctx.now}`,
    })
    .from(tokenSecret)
    .innerJoin(token, eq(token.id, tokenSecret.tokenId))
    .innerJoin(account, eq(account.id, token.accountId))
    .where(eq(tokenSecret.hash, Buffer.from(hash, "hex")));
  return rows.map((row) => ({
    kind: "token",
    accountId: row.accountId,
    label: `${row.name} ${row.preview}${row.isDead ? ", dead" : ""}`,
    hint: row.accountName,
  }));
}

async function receipts(ctx: Ctx, text: string): Promise<Found[]> {
  if (!text.startsWith("rcp_")) return [];
  const rows = await ctx.db
    .select({ accountId: refusal.accountId, code: refusal.code, receipt: refusal.receipt, accountName: account.name })
    .from(refusal)
    .innerJoin(account, eq(account.id, refusal.accountId))
    .where(eq(refusal.receipt, text))
    .limit(1);
  return rows.map((row) => ({
    kind: "receipt",
    accountId: row.accountId,
    label: `${row.receipt}: ${row.code}`,
    hint: row.accountName,
    receipt: row.receipt,
  }));
}

/** Accounts that used the network of an address, or a network, in the last 28 days. */
async function networks(ctx: Ctx, text: string): Promise<Found[]> {
  if (!/^[0-9a-fA-F:.]{3,45}(\/\d{1,3})?$/.test(text) || !/[.:]/.test(text)) return [];
  const [valid] = await ctx.db
    .execute<{ ok: boolean }>(sql`select pg_input_is_valid(${text}, 'inet') as ok`)
    .catch(() => []);
  if (!valid?.ok) return [];
  const rows = await ctx.db.execute<{ accountId: string; name: string; network: string }>(sql`
    select distinct n.account_id as "accountId", a.name, n.network::text as network from network_day n
    join account a on a.id = n.account_id
    where n.network && ${text}::inet and n.day >= (${ctx.now}::timestamptz at time zone 'UTC')::date - 28
    limit ${mostPerKind}`);
  return [...rows].map((row) => ({ kind: "network", accountId: row.accountId, label: row.network, hint: row.name }));
}

/** Accounts that share a network with this one in the last 28 days, the most shared first; none for a network that many use. */
export const relatedAccounts = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, { accountId }) => {
    const rows = await ctx.db.execute<{ accountId: string; name: string; shared: number }>(sql`
      with recent as (select (${ctx.now}::timestamptz at time zone 'UTC')::date - 28 as day),
        own as (select distinct network from network_day
          where account_id = ${accountId} and day >= (select day from recent)),
        -- From account to account through the index, at most eleven steps: a network of a cloud may have thousands of them.
        few as (select own.network, walk.account_id from own cross join lateral (
          with recursive walk as (
            (select account_id, 1 as step from network_day n
              where n.network = own.network and n.day >= (select day from recent) order by account_id limit 1)
            union all
            select next.account_id, walk.step + 1 from walk cross join lateral (select n.account_id from network_day n
              where n.network = own.network and n.account_id > walk.account_id and n.day >= (select day from recent)
              order by n.account_id limit 1) next
            where walk.step <= 10)
          select account_id from walk) walk),
        narrow as (select network from few group by network having count(*) <= 10)
      select a.id as "accountId", a.name, count(*)::int as shared from few join narrow using (network)
      join account a on a.id = few.account_id
      where a.id <> ${accountId} group by a.id, a.name order by shared desc, a.name limit 10`);
    return [...rows];
  },
});

/** What a refused account still tries: refused calls per hour of the last 24, oldest first, whatever the code. */
export const stillTries = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, { accountId }) => {
    const firstMs = Math.floor(ctx.now.getTime() / hourMs) * hourMs - 23 * hourMs;
    const rows = await ctx.db.execute<{ at: Date; requests: number }>(sql`
      select at, sum(requests)::float8 as requests from usage_hour
      where account_id = ${accountId} and at >= ${new Date(firstMs)}
        and outcome in ('account_closed', 'account_suspended', 'account_terminated', 'surface_suspended', 'token_paused') group by at`);
    const hours = Array.from({ length: 24 }, () => 0);
    for (const row of rows) hours[Math.floor((new Date(row.at).getTime() - firstMs) / hourMs)] = Number(row.requests);
    return { hours, total: hours.reduce((sum, one) => sum + one, 0) };
  },
});
