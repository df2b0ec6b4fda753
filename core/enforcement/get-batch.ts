import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action, actionBatch } from "#db/schema/enforcement.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

const leftOutSchema = z.array(z.object({ accountId: z.string(), why: z.string() }));

/** One act on many accounts: how it stands with each, and who was left out and why. */
export const getBatch = query({
  permission: "actions:read",
  input: z.strictObject({ batchId: z.uuid() }),
  run: async (ctx, { batchId }) => {
    const [found] = await ctx.db
      .select({
        id: actionBatch.id,
        type: actionBatch.type,
        reasonCode: actionBatch.reasonCode,
        leftOut: actionBatch.leftOut,
        authorUserId: actionBatch.createdByUserId,
        authorName: user.name,
        createdAt: actionBatch.createdAt,
        undoneAt: actionBatch.undoneAt,
      })
      .from(actionBatch)
      .leftJoin(user, eq(user.id, actionBatch.createdByUserId))
      .where(eq(actionBatch.id, batchId));
    if (!found) throw notFound("batch");
    const members = await ctx.db
      .select({
        actionId: action.id,
        accountId: action.accountId,
        name: account.name,
        caseId: action.caseId,
        state: action.state,
        authorUserId: action.authorUserId,
        authorKeyId: action.authorKeyId,
        isProtectedAccount: account.isProtected,
        type: action.type,
        effectiveAt: action.effectiveAt,
        endsAt: action.endsAt,
        appliedAt: action.appliedAt,
        /** From the commit to the last gate's confirmation; null = not yet. */
        confirmedMs: sql<
          number | null
        >`(extract(epoch from ${action.confirmedAt} - ${action.appliedAt}) * 1000)::float8`,
        endReason: action.endReason,
      })
      .from(action)
      .innerJoin(account, eq(account.id, action.accountId))
      .where(and(eq(action.batchId, batchId), scoped(ctx, action.accountId)))
      .orderBy(asc(account.name));
    const parsed = leftOutSchema.parse(found.leftOut);
    const ids = parsed.map((one) => one.accountId);
    const names = ids.length
      ? await ctx.db.select({ id: account.id, name: account.name }).from(account).where(inArray(account.id, ids))
      : [];
    const leftOut = parsed.map((one) => ({
      ...one,
      name: names.find((row) => row.id === one.accountId)?.name ?? null,
    }));
    return { ...found, members, leftOut };
  },
});

export type Batch = Awaited<ReturnType<typeof getBatch>>;
