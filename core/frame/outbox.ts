import { eq, sql } from "drizzle-orm";
import { account } from "#db/schema/accounts.ts";
import { outboxEvent } from "#db/schema/audit.ts";
import type { EventReach } from "../rules/vocabulary.ts";
import type { Ctx } from "./context.ts";
import { notFound } from "./errors.ts";

type Event = {
  type: string;
  accountId: string | null;
  reach: EventReach;
  payload: Record<string, unknown>;
};

/** Leaves an event for webhooks in the transaction of its cause. The payload holds ids and facts, never secrets. */
export async function emit(ctx: Ctx, event: Event): Promise<void> {
  await ctx.db.insert(outboxEvent).values({ ...event, createdAt: ctx.now });
}

/** Tells the gates, at commit, that a token or its secrets changed. `hashes` are hex; both known and "unknown" entries are dropped. */
export async function notifyToken(ctx: Ctx, tokenId: string, hashes: string[]): Promise<void> {
  await ctx.db.execute(sql`select pg_notify('gate_token', ${JSON.stringify({ tokenId, hashes })})`);
}

/**
 * Raises the account's standing version and tells the gates at commit. The row lock makes versions of one account
 * commit in order, so a gate that confirms a version has applied every one before it. Returns the new version.
 */
export async function notifyAccount(ctx: Ctx, accountId: string): Promise<number> {
  const [row] = await ctx.db
    .update(account)
    .set({ standingVersion: sql`${account.standingVersion} + 1` })
    .where(eq(account.id, accountId))
    .returning({ standingVersion: account.standingVersion });
  if (!row) throw notFound("account");
  const payload = JSON.stringify({ accountId, standingVersion: row.standingVersion });
  await ctx.db.execute(sql`select pg_notify('gate_account', ${payload})`);
  return row.standingVersion;
}

/** Tells the gates that plans, endpoints or scopes changed. */
export async function notifyProvider(ctx: Ctx): Promise<void> {
  await ctx.db.execute(sql`select pg_notify('gate_provider', '')`);
}
