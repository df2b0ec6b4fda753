import { inArray } from "drizzle-orm";
import { z } from "zod";
import { createAccount } from "#core/accounts/create-account.ts";
import type { Ctx } from "#core/context.ts";
import { command } from "#core/define.ts";
import { installSampleProvider } from "#core/provider/install-sample-provider.ts";
import { crc32 } from "#core/rules/token.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { account } from "#db/schema/accounts.ts";
import { plan, scope } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import type { ClientToken, ClientTokens } from "./secrets-file.ts";

/** Quotas of a day at this plan are far above what an access log's clients ask for; their rate limits are everybody's. */
const planName = "Starter";
const accountsAtOnce = 100;

/** To which account a client belongs: one of its own, or one of `spread` shared ones. The same client always to the same. */
export function accountNameOf(client: string, spread: number | null): string {
  if (spread === null) return `Replay ${client.slice(0, 80)}`;
  return `Replay group ${(crc32(client) % spread) + 1} of ${spread}`;
}

type Wanted = {
  fileName: string;
  /** Account name → when its first request was; the account is as old as that. */
  accounts: ReadonlyMap<string, Date>;
  known: ClientTokens;
  /** Called before each commit with everything there is so far; must keep it. */
  keep: (tokens: ClientTokens) => void;
  onProgress: (done: number) => void;
};

/** Makes sure that each wanted account exists and has a usable token whose secret is known. Repeating it makes nothing twice. */
export async function ensureAccounts(ctx: Ctx, wanted: Wanted): Promise<ClientTokens> {
  await installSampleProvider(ctx, {});
  const scopes = await ctx.db.select({ name: scope.name }).from(scope);
  const plans = await ctx.db.select({ name: plan.name }).from(plan).orderBy(plan.position);
  const chosen = plans.find(({ name }) => name === planName) ?? plans.at(-1);
  if (!chosen) throw new Error("There is no plan. Create one first.");
  const tokens = await stillUsable(ctx, wanted.known);
  const missing = [...wanted.accounts].filter(([name]) => !tokens.has(name));
  for (let from = 0; from < missing.length; from += accountsAtOnce) {
    const batch = missing.slice(from, from + accountsAtOnce);
    const existing = await accountIds(
      ctx,
      batch.map(([name]) => name),
    );
    await openAccounts(ctx, {
      accounts: batch.map(([name, since]) => ({ name, since, id: existing.get(name) })),
      plan: chosen.name,
      tokenName: `Replay of ${wanted.fileName}`.slice(0, 50),
      scopes: scopes.map(({ name }) => name),
      keep: (made) => {
        for (const { name, ...rest } of made) tokens.set(name, rest);
        wanted.keep(tokens);
      },
    });
    wanted.onProgress(from + batch.length);
  }
  return tokens;
}

/** Opens many accounts in one transaction, each with its own audit events. */
const openAccounts = command({
  permission: "account:create",
  input: z.strictObject({
    accounts: z.array(z.strictObject({ name: z.string(), since: z.date(), id: z.uuid().optional() })),
    plan: z.string(),
    tokenName: z.string(),
    scopes: z.array(z.string()),
    keep: z.custom<(made: (ClientToken & { name: string })[]) => void>((value) => typeof value === "function"),
  }),
  run: async (ctx, input) => {
    const made: (ClientToken & { name: string })[] = [];
    for (const { name, since, id } of input.accounts) {
      const accountId = id ?? (await createAccount(ctx, { name, plan: input.plan, createdAt: since })).id;
      const { tokenId, secret } = await createToken(ctx, { accountId, name: input.tokenName, scopes: input.scopes });
      made.push({ name, accountId, tokenId, secret });
    }
    // Before the commit: a secret without its row is found out later, a row without its secret is lost.
    input.keep(made);
  },
  audit: () => null,
});

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
