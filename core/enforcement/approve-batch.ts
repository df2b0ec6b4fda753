import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { approveAction } from "./approve-action.ts";

/** The second person's yes to all of a batch that still waits, never by its author. One that cannot be approved stops all. */
export const approveBatch = command({
  permission: "actions:approve",
  needsProof: true,
  input: z.strictObject({ batchId: z.uuid() }),
  run: async (ctx, { batchId }) => {
    await lockAccountsOf(ctx, eq(action.batchId, batchId));
    const waiting = await ctx.db
      .select({ actionId: action.id })
      .from(action)
      .where(and(eq(action.batchId, batchId), eq(action.state, "pending_approval")))
      .orderBy(asc(action.accountId));
    if (waiting.length === 0) throw new AppError("conflict", deskWords.errors.batchNotWaiting);
    for (const { actionId } of waiting) await approveAction(ctx, { actionId });
    return { approved: waiting.length };
  },
  happened: (input, { approved }) =>
    fact("batch.approved", { subjectId: input.batchId, accountId: null }, { approved }),
});
