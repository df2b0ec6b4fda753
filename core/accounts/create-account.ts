import { eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { alertRule } from "#db/schema/alerts.ts";
import { plan } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { slugOf } from "../rules/people/slug.ts";
import { defaultAlertRules } from "../rules/usage/alerts.ts";

/** A new customer on a plan. The slug in its addresses is made from the name; a taken one gets a number. */
export const createAccount = command({
  permission: "account:create",
  input: z.strictObject({
    name: z.string().trim().min(1, words.errors.enterName).max(100),
    plan: z.string().min(1, deskWords.errors.choosePlan),
    createdAt: z.date().optional(),
  }),
  run: async (ctx, input) => {
    const [chosen] = await ctx.db.select({ id: plan.id }).from(plan).where(eq(plan.name, input.plan));
    if (!chosen) throw invalid("plan", deskWords.errors.noSuchPlan(input.plan));
    const base = slugOf(input.name);
    for (let attempt = 1; attempt <= 50; attempt += 1) {
      const slug = attempt === 1 ? base : `${base}-${attempt}`;
      const [made] = await ctx.db
        .insert(account)
        .values({ name: input.name, slug, planId: chosen.id, createdAt: input.createdAt ?? ctx.now })
        .onConflictDoNothing({ target: account.slug })
        .returning({ id: account.id, slug: account.slug });
      if (!made) continue;
      await ctx.db
        .insert(alertRule)
        .values(defaultAlertRules.map((rule) => ({ ...rule, accountId: made.id, createdAt: ctx.now })));
      return made;
    }
    throw new AppError("conflict", deskWords.errors.accountNameTooCommon(input.name));
  },
  happened: (input, result) =>
    fact("account.created", { subjectId: result.id, accountId: result.id }, { name: input.name, plan: input.plan }),
});
