import { and, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { accountDomain } from "#db/schema/identity.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { registeredDomain } from "../mail/registered-domain.ts";
import { isSharedDomain } from "../mail/shared-domain.ts";
import { type ClueKind, type Clues, clueKinds } from "../rules/cases/report-clues.ts";
import { accountOfReceipt } from "../usage/account-of-receipt.ts";

/** An account that a report may be about, and what in the report leads to it. */
export type Suggestion = {
  accountId: string;
  name: string;
  slug: string;
  externalId: string | null;
  kind: ClueKind;
  clue: string;
};

type Lead = Pick<Suggestion, "accountId" | "kind" | "clue">;

/** A hint that leads to more accounts than this says nothing about any of them. */
const mostPerHint = 5;

/** The accounts that clues lead to, each once by its surest clue, the surest first. */
export async function accountsOfClues(ctx: Ctx, clues: Clues): Promise<Suggestion[]> {
  const leads = [
    ...(await byReceipt(ctx, clues.receipts)),
    ...(await byId(ctx, clues)),
    ...(await byTokenEnding(ctx, clues.tokenEndings)),
    ...(await byDomain(ctx, clues.domains)),
  ].sort((a, b) => clueKinds.indexOf(a.kind) - clueKinds.indexOf(b.kind));
  const surest = new Map<string, Lead>();
  for (const lead of leads) if (!surest.has(lead.accountId)) surest.set(lead.accountId, lead);
  if (surest.size === 0) return [];
  const rows = await ctx.db
    .select({ accountId: account.id, name: account.name, slug: account.slug, externalId: account.externalId })
    .from(account)
    .where(inArray(account.id, [...surest.keys()]));
  const byAccount = new Map(rows.map((row) => [row.accountId, row]));
  return [...surest.values()].flatMap((lead) => {
    const named = byAccount.get(lead.accountId);
    return named ? [{ ...named, kind: lead.kind, clue: lead.clue }] : [];
  });
}

async function byReceipt(ctx: Ctx, receipts: readonly string[]): Promise<Lead[]> {
  const leads: Lead[] = [];
  for (const clue of receipts) {
    const accountId = await accountOfReceipt(ctx, clue);
    if (accountId !== null) leads.push({ accountId, kind: "receipt", clue });
  }
  return leads;
}

async function byId(ctx: Ctx, { ids, names }: Clues): Promise<Lead[]> {
  const written = names.map((name) => name.replace(/^ext:/, ""));
  if (ids.length + written.length === 0) return [];
  const lower = written.map((name) => name.toLowerCase());
  const accounts = await ctx.db
    .select({ accountId: account.id, slug: account.slug, externalId: account.externalId })
    .from(account)
    .where(or(among(account.id, ids), among(account.slug, lower), among(account.externalId, written)));
  const tokens = await ctx.db
    .select({ accountId: token.accountId, clue: token.id })
    .from(token)
    .where(among(token.id, ids) ?? sql`false`);
  return [
    ...accounts.map(({ accountId, slug, externalId }): Lead => {
      const clue = lower.includes(slug) ? slug : externalId && written.includes(externalId) ? externalId : accountId;
      return { accountId, kind: "account", clue };
    }),
    ...tokens.map((one): Lead => ({ ...one, kind: "token" })),
  ];
}

async function byTokenEnding(ctx: Ctx, endings: readonly string[]): Promise<Lead[]> {
  if (endings.length === 0) return [];
  const ending = sql<string>`right(${tokenSecret.preview}, 4)`;
  const rows = await ctx.db
    .selectDistinct({ accountId: token.accountId, clue: ending })
    .from(tokenSecret)
    .innerJoin(token, eq(token.id, tokenSecret.tokenId))
    .where(and(inArray(ending, [...endings]), sql`${tokenSecret.preview} not like '%…'`))
    .limit(100);
  return hints(rows, "token_ending");
}

/** A domain that the account has proven, or at which its people have their addresses; what many have is no hint. */
async function byDomain(ctx: Ctx, domains: readonly string[]): Promise<Lead[]> {
  const own = domains.filter((domain) => !isSharedDomain(domain));
  // What is written is often a host below the domain.
  const wanted = [...new Set(own.flatMap((domain) => [domain, registeredDomain(domain)]))];
  if (wanted.length === 0) return [];
  const proven = await ctx.db
    .selectDistinct({ accountId: accountDomain.accountId, clue: accountDomain.domain })
    .from(accountDomain)
    .where(and(inArray(accountDomain.domain, wanted), isNotNull(accountDomain.provenAt)))
    .limit(100);
  const domainOf = sql<string>`split_part(${user.email}, '@', 2)`;
  const people = await ctx.db
    .selectDistinct({ accountId: member.accountId, clue: domainOf })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(inArray(domainOf, wanted))
    .limit(100);
  return hints([...proven, ...people], "domain");
}

function hints(rows: readonly { accountId: string; clue: string }[], kind: ClueKind): Lead[] {
  const accountsOf = new Map<string, Set<string>>();
  for (const { accountId, clue } of rows) accountsOf.set(clue, (accountsOf.get(clue) ?? new Set()).add(accountId));
  return rows.flatMap((row) => ((accountsOf.get(row.clue)?.size ?? 0) <= mostPerHint ? [{ ...row, kind }] : []));
}

function among(column: Parameters<typeof inArray>[0], values: readonly string[]) {
  return values.length === 0 ? undefined : inArray(column, [...values]);
}
