import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { plan } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { scoped } from "../frame/scope.ts";

/** Puts an account on another plan from the next request on. What it was on before stays recorded for the charts. */
export const changeAccountPlan = command({
  permission: "accounts:limit",
  input: z.strictObject({ accountId: z.uuid(), planId: numberOrText(z.number().int(deskWords.errors.choosePlan)) }),
  run: async (ctx, { accountId, planId }) => {
    const [wanted] = await ctx.db.select({ name: plan.name }).from(plan).where(eq(plan.id, planId));
    if (!wanted) throw notFound("plan");
    const [found] = await ctx.db
      .select({ planId: account.planId, planName: plan.name })
      .from(account)
      .innerJoin(plan, eq(plan.id, account.planId))
      .where(and(eq(account.id, accountId), scoped(ctx, account.id)));
    if (!found) throw notFound("account");
    if (found.planId === planId) throw new AppError("conflict", deskWords.errors.planUnchanged);
    await ctx.db.update(account).set({ planId }).where(eq(account.id, accountId));
    return { before: found.planName, after: wanted.name };
  },
  happened: ({ accountId }, { before, after }) =>
    fact(
      "account.plan_changed",
      { subjectId: accountId, accountId },
      { changes: changesBetween({ plan: before }, { plan: after }) },
    ),
});

/** Lets the webhooks and privacy policies of an account lie in the private networks that the operator allows, or ends that. */
export const allowPrivateNetworks = command({
  permission: "accounts:limit",
  needsProof: ({ reachesPrivateNetworks }) => reachesPrivateNetworks,
  input: z.strictObject({ accountId: z.uuid(), reachesPrivateNetworks: z.stringbool().or(z.boolean()) }),
  run: async (ctx, { accountId, reachesPrivateNetworks }) => {
    const [changed] = await ctx.db
      .update(account)
      .set({ reachesPrivateNetworks })
      .where(and(eq(account.id, accountId), scoped(ctx, account.id)))
      .returning({ id: account.id });
    if (!changed) throw notFound("account");
    return changed;
  },
  happened: (input) =>
    fact(input.reachesPrivateNetworks ? "account.private_networks_allowed" : "account.private_networks_closed", {
      subjectId: input.accountId,
      accountId: input.accountId,
    }),
});

/** A protected account needs a second person for any measure but a notice; who takes the protection off, for another day. */
export const protectAccount = command({
  permission: "accounts:limit",
  needsProof: ({ isProtected }) => !isProtected,
  input: z.strictObject({ accountId: z.uuid(), isProtected: z.stringbool().or(z.boolean()) }),
  run: async (ctx, { accountId, isProtected }) => {
    const [changed] = await ctx.db
      .update(account)
      .set({ isProtected })
      .where(and(eq(account.id, accountId), scoped(ctx, account.id)))
      .returning({ id: account.id });
    if (!changed) throw notFound("account");
    return changed;
  },
  happened: (input) =>
    fact(input.isProtected ? "account.protected" : "account.unprotected", {
      subjectId: input.accountId,
      accountId: input.accountId,
    }),
});
