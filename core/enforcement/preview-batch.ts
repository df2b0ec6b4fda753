import { and, gte, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { usageHour } from "#db/schema/usage.ts";
import * as deskWords from "#words/desk.ts";
import { actingRole } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { type Imposition, mayImpose } from "../rules/standing/enforcement.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import { endOf } from "./action-end.ts";
import { termsSchema } from "./impose-input.ts";
import { sortBatch } from "./sort-batch.ts";

/** Accounts of one act; the rules say how many it may reach. */
export const batchAccounts = z.array(z.uuid()).min(1, deskWords.errors.chooseAccount).max(200);

/**
 * What one act on many accounts would do, before anything happens: whom it reaches with their requests of the last 24 hours, whom it
 * leaves out and why, and whether this person may do it alone.
 */
export const previewBatch = query({
  permission: "actions:read",
  input: termsSchema
    .pick({ type: true, surface: true, endsAt: true, durationHours: true, forGood: true, silentHours: true })
    .extend({ accountIds: batchAccounts }),
  run: async (ctx, { accountIds, ...terms }) => {
    const { reached, leftOut } = await sortBatch(ctx, accountIds, terms);
    const requests = await requestsOfADay(
      ctx,
      reached.map((one) => one.accountId),
    );
    const nowMs = ctx.now.getTime();
    const endsAtMs = endOf(terms, nowMs, 0);
    const imposition: Imposition | null =
      ctx.actor.kind === "staff"
        ? mayImpose(actingRole(ctx.actor), {
            type: terms.type,
            durationMs: endsAtMs === null ? null : endsAtMs - nowMs,
            silenceMs: terms.silentHours === undefined ? null : terms.silentHours * hourMs,
            isProtectedAccount: false,
            accounts: Math.max(1, reached.length),
          })
        : null;
    return {
      reached: reached
        .map((one) => ({ ...one, requests: requests.get(one.accountId) ?? 0 }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      leftOut,
      imposition: said(imposition),
    };
  },
});

export type BatchPreview = Awaited<ReturnType<typeof previewBatch>>;

/** Null = nobody of the staff asks. */
function said(imposition: Imposition | null) {
  if (imposition === null) return { may: "not" as const, why: deskWords.errors.imposeNeedsStaff };
  if (imposition.may === "impose") return { may: imposition.may, why: null };
  return { ...imposition, why: deskWords.objection(imposition.why) };
}

async function requestsOfADay(ctx: Ctx, accountIds: string[]): Promise<Map<string, number>> {
  if (accountIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ accountId: usageHour.accountId, requests: sql<number>`sum(${usageHour.requests})::float8` })
    .from(usageHour)
    .where(and(inArray(usageHour.accountId, accountIds), gte(usageHour.at, new Date(ctx.now.getTime() - dayMs))))
    .groupBy(usageHour.accountId);
  return new Map(rows.map((row) => [row.accountId, row.requests]));
}
