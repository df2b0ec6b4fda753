import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { accountExport } from "#db/schema/exports.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { enqueue } from "../frame/queue.ts";
import { accountOf } from "../frame/scope.ts";

/** Asks for one archive with everything that is kept of the account. The worker builds it; one at a time. */
export const requestExport = command({
  permission: "exports:write",
  needsProof: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const accountId = accountOf(ctx, undefined);
    const isRunning = and(eq(accountExport.accountId, accountId), inArray(accountExport.state, ["waiting", "running"]));
    await atMost(ctx, {
      ...{ accountId, what: "running exports", most: 1 },
      count: () => ctx.db.$count(accountExport, isRunning),
      refusal: new AppError("conflict", words.errors.exportRunning),
    });
    const [made] = await ctx.db
      .insert(accountExport)
      .values({ accountId, requestedByUserId: actorUserId(ctx.actor), state: "waiting", createdAt: ctx.now })
      .returning({ id: accountExport.id });
    if (!made) throw new Error("The export row was not written.");
    await enqueue(ctx.db, "build-export", { exportId: made.id });
    return { exportId: made.id, accountId };
  },
  happened: (_input, { exportId, accountId }) => fact("export.requested", { subjectId: exportId, accountId }),
});
