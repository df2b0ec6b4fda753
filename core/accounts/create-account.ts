import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { alertRule } from "#db/schema/alerts.ts";
import { plan } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { slugOf } from "../rules/people/slug.ts";
import { defaultAlertRules } from "../rules/usage/alerts.ts";

export const accountName = z.string().trim().min(1, words.errors.enterName).max(100);
export const planName = z.string().min(1, deskWords.errors.choosePlan);

/** A new customer on a plan. The slug in its addresses is made from the name; a taken one gets a number. */
export const createAccount = command({
  permission: "account:create",
  input: z.strictObject({ name: accountName, plan: planName, createdAt: z.date().optional() }),
  run: insertAccount,
  happened: (input, result) =>
    fact("account.created", { subjectId: result.id, accountId: result.id }, { name: input.name, plan: input.plan }),
});

type NewAccount = { name: string; plan: string; createdAt?: Date | undefined; externalId?: string };

/** The rows of a new account: itself and its alert rules. Who calls records that it was created. */
export async function insertAccount(ctx: Ctx, input: NewAccount): Promise<{ id: string; slug: string }> {
  const { name, externalId = null, createdAt = ctx.now } = input;
  const chosen = await planNamed(ctx, input.plan);
  const base = slugOf(name);
  // A common name, like that of many sole traders, has thousands of accounts: numbers first, then something random.
  for (const suffix of ["", ...numbers.map((n) => `-${n}`), `-${randomUUID().slice(0, 8)}`]) {
    const [made] = await ctx.db
      .insert(account)
      .values({ name, slug: `${base}${suffix}`, planId: chosen.id, externalId, createdAt })
      .onConflictDoNothing({ target: account.slug })
      .returning({ id: account.id, slug: account.slug });
    if (!made) continue;
    await ctx.db
      .insert(alertRule)
      .values(defaultAlertRules.map((rule) => ({ ...rule, accountId: made.id, createdAt: ctx.now })));
    return made;
  }
  throw new AppError("conflict", deskWords.errors.accountNameTooCommon(name));
}

const numbers = Array.from({ length: 9 }, (_, index) => index + 2);

/** Throws `invalid` at the field `plan` when no plan has this name. */
export async function planNamed(ctx: Ctx, name: string): Promise<{ id: number }> {
  const [chosen] = await ctx.db.select({ id: plan.id }).from(plan).where(eq(plan.name, name));
  if (!chosen) throw invalid("plan", deskWords.errors.noSuchPlan(name));
  return chosen;
}
