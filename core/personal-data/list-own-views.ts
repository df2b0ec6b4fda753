import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { viewEvent } from "#db/schema/abuse.ts";
import { query } from "../frame/define.ts";
import { accountOf, scoped } from "../frame/scope.ts";
import { showsStaffViews } from "../runtime/env.ts";

/**
 * When staff looked at this account's data, the last 50 looks, where the operator shows it; null = the operator does not. Neither who
 * nor why: names of staff and their reasons stay with the provider. A look at a case or a report reads like one at the account, since
 * the owner may not have been told of it.
 */
export const listOwnViews = query({
  permission: "audit:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    if (!showsStaffViews()) return null;
    const rows = await ctx.db
      .select({ id: viewEvent.id, at: viewEvent.at, what: viewEvent.what })
      .from(viewEvent)
      .where(and(eq(viewEvent.accountId, accountId), scoped(ctx, viewEvent.accountId)))
      .orderBy(desc(viewEvent.id))
      .limit(50);
    return rows.map(({ what, ...row }) => ({ ...row, what: tellsTooMuch.has(what) ? "account" : what }));
  },
});

const tellsTooMuch: ReadonlySet<string> = new Set(["case", "reporter_email"]);
