import { and, asc, eq, lte, min, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { endpoint, override, plan } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import { actionsAsOf } from "../enforcement/actions-as-of.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { timeOrText } from "../frame/given-as-text.ts";
import { scoped } from "../frame/scope.ts";
import { membersAsOf } from "../members/members-as-of.ts";
import { recordView } from "../personal-data/record-view.ts";
import { tokensAsOf } from "../tokens/tokens-as-of.ts";
import { limitsAsOf } from "../usage/limits-as-of.ts";
import { limitsInForce } from "../usage/limits-in-force.ts";

/**
 * An account as it was at an instant, from what is recorded: standing and the actions behind it, plan, limits and exceptions, tokens
 * and members, and beside the limits those of now. `recordedFrom` is where the record of acts begins; pauses and roles before it cannot be told.
 */
export const getAccountAsOf = query({
  permission: "accounts:list",
  input: z.strictObject({ accountId: z.uuid(), at: timeOrText(deskWords.errors.chooseDateTime) }),
  run: async (ctx, { accountId, at }) => {
    const [found] = await ctx.db
      .select({ id: account.id, name: account.name, createdAt: account.createdAt })
      .from(account)
      .where(and(eq(account.id, accountId), scoped(ctx, account.id)));
    if (!found) throw notFound("account");
    if (at > ctx.now)
      throw new AppError("invalid", deskWords.errors.choosePast, { fields: { at: deskWords.errors.inFuture } });
    await recordView(ctx, { accountId, what: "account", subjectId: accountId });
    const [first] = await ctx.db.select({ at: min(auditEvent.at) }).from(auditEvent);
    const then = { ...ctx, now: at };
    const [enforcement, terms, tokens, members, now] = await Promise.all([
      actionsAsOf(ctx, accountId, at),
      termsAsOf(then, accountId),
      tokensAsOf(ctx, accountId, at),
      membersAsOf(ctx, accountId, at),
      limitsInForce(ctx, accountId),
    ]);
    const limitsNow = new Map(now.endpoints.map((one) => [one.id, one]));
    return {
      ...found,
      at,
      existed: found.createdAt <= at,
      recordedFrom: first?.at ?? null,
      ...enforcement,
      ...terms,
      rates: terms.rates.map((rate) => ({ ...rate, limitNow: limitsNow.get(rate.endpointId)?.limit ?? null })),
      tokens,
      members,
    };
  },
});

export type AccountAsOf = Awaited<ReturnType<typeof getAccountAsOf>>;

/** Plan, quota, rate limits and exceptions at `ctx.now`. */
async function termsAsOf(ctx: Ctx, accountId: string) {
  const { planId, ...limits } = await limitsAsOf(ctx, accountId);
  const [named] = planId === null ? [] : await ctx.db.select({ name: plan.name }).from(plan).where(eq(plan.id, planId));
  const exceptions = await ctx.db
    .select({
      id: override.id,
      kind: override.kind,
      value: override.value,
      endpointName: endpoint.name,
      endsAt: override.endsAt,
      reason: override.reason,
    })
    .from(override)
    .leftJoin(endpoint, eq(endpoint.id, override.endpointId))
    .where(
      and(
        eq(override.accountId, accountId),
        lte(override.startsAt, ctx.now),
        sql`(${override.endsAt} is null or ${override.endsAt} > ${ctx.now})`,
      ),
    )
    .orderBy(asc(override.startsAt));
  return { planName: named?.name ?? null, ...limits, exceptions };
}
