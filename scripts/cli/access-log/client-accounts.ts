import { basename } from "node:path";
import { inArray } from "drizzle-orm";
import { z } from "zod";
import { createAccount } from "#core/accounts/create-account.ts";
import type { Ctx } from "#core/frame/context.ts";
import { command } from "#core/frame/define.ts";
import { installSampleProvider } from "#core/provider/install-sample-provider.ts";
import { crc32 } from "#core/rules/tokens/token.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { account } from "#db/schema/accounts.ts";
import { plan, scope } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { showProgress } from "../progress.ts";
import { type ClientToken, type ClientTokens, readTokens, replayPath, writeTokens } from "./secrets-file.ts";
import type { Survey } from "./survey.ts";

/** Quotas of a day at this plan are far above what an access log's clients ask for; their rate limits are everybody's. */
const planName = "Starter";
const accountsAtOnce = 100;

/** To which account a client belongs: one of its own, or one of `spread` shared ones. The same client always to the same. */
export function accountNameOf(client: string, spread: number | null): string {
  if (spread === null) return `Replay ${client.slice(0, 80)}`;
  return `Replay group ${(crc32(client) % spread) + 1} of ${spread}`;
}

export type LogOfClients = {
  file: string;
  survey: Pick<Survey, "hash" | "clients">;
  /** New accounts are as old as this. */
  since: Date;
  isQuiet: boolean;
};

/**
 * Makes sure that each client of a log has an account and a usable token whose secret is known, and returns them by account
 * name. Repeating it makes nothing twice.
 */
export async function accountsOf(ctx: Ctx, log: LogOfClients, spread: number | null): Promise<ClientTokens> {
  await installSampleProvider(ctx, {});
  const secrets = replayPath(log.survey.hash, "json");
  const tokens = await stillUsable(ctx, readTokens(secrets));
  const names = new Set([...log.survey.clients.keys()].map((client) => accountNameOf(client, spread)));
  const missing = [...names].filter((name) => !tokens.has(name));
  const progress = showProgress("Accounts", missing.length, "accounts", log.isQuiet);
  try {
    for (let from = 0; from < missing.length; from += accountsAtOnce) {
      const batch = missing.slice(from, from + accountsAtOnce);
      const existing = await accountIds(ctx, batch);
      await openAccounts(ctx, {
        accounts: batch.map((name) => ({ name, id: existing.get(name) })),
        since: log.since,
        tokenName: `Replay of ${basename(log.file)}`.slice(0, 50),
        keep: (made) => {
          for (const { name, ...rest } of made) tokens.set(name, rest);
          writeTokens(secrets, basename(log.file), tokens);
        },
      });
      progress.update(from + batch.length);
    }
  } finally {
    progress.stop();
  }
  return tokens;
}

/** Opens many accounts in one transaction, each with its own audit events. */
const openAccounts = command({
  permission: "account:create",
  input: z.strictObject({
    accounts: z.array(z.strictObject({ name: z.string(), id: z.uuid().optional() })),
    since: z.date(),
    tokenName: z.string(),
    keep: z.custom<(made: (ClientToken & { name: string })[]) => void>((value) => typeof value === "function"),
  }),
  run: async (ctx, input) => {
    const made: (ClientToken & { name: string })[] = [];
    const usual = await usualPlan(ctx);
    const scopes = (await ctx.db.select({ name: scope.name }).from(scope)).map(({ name }) => name);
    for (const { name, id } of input.accounts) {
      const accountId = id ?? (await createAccount(ctx, { name, plan: usual, createdAt: input.since })).id;
      const { tokenId, secret } = await createToken(ctx, { accountId, name: input.tokenName, scopes });
      made.push({ name, accountId, tokenId, secret });
    }
    // Before the commit: a secret without its row is found out later, a row without its secret is lost.
    input.keep(made);
  },
  happened: () => null,
});

async function usualPlan(ctx: Ctx): Promise<string> {
  const plans = await ctx.db.select({ name: plan.name }).from(plan).orderBy(plan.position);
  const chosen = plans.find(({ name }) => name === planName) ?? plans.at(-1);
  if (!chosen) throw new Error("There is no plan. Create one first.");
  return chosen.name;
}

/** Tokens that are in this database and may be used; it may be another database than the one they were made in. */
async function stillUsable(ctx: Ctx, known: ClientTokens): Promise<ClientTokens> {
  const ids = [...known.values()].map(({ tokenId }) => tokenId);
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: token.id, accountId: token.accountId, revokedAt: token.revokedAt })
    .from(token)
    .where(inArray(token.id, ids));
  const live = new Map(rows.filter((row) => row.revokedAt === null).map((row) => [row.id, row.accountId]));
  return new Map([...known].filter(([, { tokenId, accountId }]) => live.get(tokenId) === accountId));
}

async function accountIds(ctx: Ctx, names: string[]): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({ id: account.id, name: account.name })
    .from(account)
    .where(inArray(account.name, names));
  return new Map(rows.map((row) => [row.name, row.id]));
}
