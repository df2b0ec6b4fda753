import { eq } from "drizzle-orm";
import { z } from "zod";
import { report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { cluesIn, isSure } from "../rules/cases/report-clues.ts";
import { accountsOfClues } from "./find-accounts.ts";

/** The accounts that a report may be about, by what it says; staff confirm one when they add it to a case. The surest first, ten at most. */
export const suggestAccounts = query({
  permission: "reports:read",
  input: z.strictObject({ reportId: z.uuid() }),
  run: async (ctx, { reportId }) => {
    const [found] = await ctx.db
      .select({
        about: report.about,
        body: report.body,
        evidence: report.evidence,
        reporterEmail: report.reporterEmail,
      })
      .from(report)
      .where(eq(report.id, reportId));
    if (!found) throw notFound("report");
    const clues = cluesIn(found.about, `${found.body}\n${found.evidence ?? ""}`);
    // Where the reporter writes from is not whom they write about.
    const own = found.reporterEmail?.split("@").at(-1);
    return (await accountsOfClues(ctx, { ...clues, domains: clues.domains.filter((one) => one !== own) })).slice(0, 10);
  },
});

/**
 * The account that somebody means: by its id, or by what names it and no other. A domain or the end of a token is only a hint, so it
 * is refused with the name of the account that it leads to. Throws `invalid` for the field `clue`.
 */
export async function accountMeant(ctx: Ctx, text: string): Promise<string> {
  const found = await accountsOfClues(ctx, cluesIn(text));
  const sure = [...new Map(found.filter((one) => isSure(one.kind)).map((one) => [one.accountId, one])).values()];
  const [only] = sure;
  if (only && sure.length === 1) return only.accountId;
  const unclear = sure.length > 1 ? sure : found;
  if (unclear.length === 0) throw invalid("clue", deskWords.errors.accountNotFound);
  throw invalid("clue", deskWords.errors.accountUnclear(unclear.slice(0, 5)));
}

/** The names that an answer to a reporter must not give away. */
export async function namesOf(ctx: Ctx, accountId: string): Promise<(string | null)[]> {
  const [found] = await ctx.db
    .select({ name: account.name, slug: account.slug, externalId: account.externalId })
    .from(account)
    .where(eq(account.id, accountId));
  return found ? [found.name, found.slug, found.externalId, accountId] : [];
}
