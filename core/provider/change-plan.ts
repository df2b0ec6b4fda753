import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { plan, planLimit } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { ofForm } from "../frame/whole-input.ts";

const name = z.string(deskWords.errors.namePlan).trim().min(1, deskWords.errors.namePlan).max(60);
const quota = {
  /** Requests per UTC day over the whole API; null = unlimited. */
  quotaPerDay: numberOrText(z.number().int().min(0).max(1_000_000_000)).nullable().optional(),
  isUnlimited: ofForm(z.stringbool().or(z.boolean()).default(false)),
};

function quotaOf(input: { quotaPerDay?: number | null | undefined; isUnlimited: boolean }): number | null {
  if (input.isUnlimited) return null;
  if (input.quotaPerDay === undefined) throw invalid("quotaPerDay", deskWords.errors.quotaMissing);
  return input.quotaPerDay;
}

async function refuseTakenName(ctx: Ctx, wanted: string, exceptId: number): Promise<void> {
  const [taken] = await ctx.db
    .select({ id: plan.id })
    .from(plan)
    .where(and(eq(plan.name, wanted), ne(plan.id, exceptId)));
  if (taken)
    throw new AppError("conflict", deskWords.errors.planNameTaken, {
      fields: { name: deskWords.errors.planNameTaken },
    });
}

/** Adds a plan. Accounts are put on it one by one. */
export const createPlan = command({
  permission: "limits:write",
  input: z.strictObject({ name, ...quota }),
  run: async (ctx, input) => {
    const quotaPerDay = quotaOf(input);
    await refuseTakenName(ctx, input.name, 0);
    const [made] = await ctx.db
      .insert(plan)
      .values({ name: input.name, quotaPerDay, position: sql`(select coalesce(max(position), 0) + 1 from plan)` })
      .returning({ id: plan.id });
    if (!made) throw new Error("The plan row was not written.");
    return { planId: made.id, quotaPerDay };
  },
  happened: (input, { planId, quotaPerDay }) =>
    fact("plan.created", { subjectId: String(planId), accountId: null }, { name: input.name, quotaPerDay }),
});

/** Changes a plan's name and quota. It holds from the next request on, for every account of the plan; what held before stays recorded. */
export const changePlan = command({
  permission: "limits:write",
  input: z.strictObject({
    planId: numberOrText(z.number().int()),
    version: numberOrText(z.number().int()),
    name,
    ...quota,
  }),
  run: async (ctx, input) => {
    const quotaPerDay = quotaOf(input);
    const before = await findPlan(ctx, input.planId, input.version);
    await refuseTakenName(ctx, input.name, input.planId);
    await ctx.db
      .update(plan)
      .set({ name: input.name, quotaPerDay, version: sql`${plan.version} + 1` })
      .where(eq(plan.id, input.planId));
    const after = { name: input.name, quotaPerDay };
    return { changes: changesBetween({ name: before.name, quotaPerDay: before.quotaPerDay }, after) };
  },
  happened: (input, { changes }) =>
    fact("plan.changed", { subjectId: String(input.planId), accountId: null }, { name: input.name, changes }),
});

/** Gives a plan its own rate limit on an endpoint, or takes it away, so that the endpoint's default holds again. */
export const setPlanLimit = command({
  permission: "limits:write",
  input: z.strictObject({
    planId: numberOrText(z.number().int()),
    version: numberOrText(z.number().int()),
    endpointId: numberOrText(z.number().int().positive(words.errors.chooseEndpoint)),
    /** Requests per the endpoint's window; null = the endpoint's default. */
    rateLimit: numberOrText(z.number().int().min(0).max(10_000_000)).nullable().optional(),
  }),
  run: async (ctx, { planId, version, endpointId, rateLimit }) => {
    const { name } = await findPlan(ctx, planId, version);
    const row = and(eq(planLimit.planId, planId), eq(planLimit.endpointId, endpointId));
    const [before] = await ctx.db.select({ rateLimit: planLimit.rateLimit }).from(planLimit).where(row);
    if (rateLimit == null) await ctx.db.delete(planLimit).where(row);
    else
      await ctx.db
        .insert(planLimit)
        .values({ planId, endpointId, rateLimit })
        .onConflictDoUpdate({ target: [planLimit.planId, planLimit.endpointId], set: { rateLimit } });
    await ctx.db
      .update(plan)
      .set({ version: sql`${plan.version} + 1` })
      .where(eq(plan.id, planId));
    const was = { rateLimit: before?.rateLimit ?? null };
    return { name, changes: changesBetween(was, { rateLimit: rateLimit ?? null }) };
  },
  happened: (input, { name, changes }) =>
    fact(
      "plan.limited",
      { subjectId: String(input.planId), accountId: null },
      { name, endpointId: input.endpointId, changes },
    ),
});

/** The plan, locked. A version that is not the newest is a `conflict`. */
async function findPlan(ctx: Ctx, planId: number, version: number) {
  const [found] = await ctx.db
    .select({ name: plan.name, quotaPerDay: plan.quotaPerDay, version: plan.version })
    .from(plan)
    .where(eq(plan.id, planId))
    .for("update");
  if (!found) throw notFound("plan");
  if (found.version !== version) throw new AppError("conflict", deskWords.errors.planChanged);
  return found;
}
