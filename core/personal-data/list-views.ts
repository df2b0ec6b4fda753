import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { viewEvent } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { query } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";

/** Who of the staff looked at what, the newest first, by a cursor of the id. */
export const listViews = query({
  permission: "views:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    beforeId: numberOrText(z.number().int().positive()).optional(),
    limit: numberOrText(z.number().int().min(1).max(100)).default(50),
  }),
  run: async (ctx, input) => {
    const rows = await ctx.db
      .select({
        id: viewEvent.id,
        at: viewEvent.at,
        userName: viewEvent.userName,
        role: viewEvent.role,
        accountId: viewEvent.accountId,
        accountName: account.name,
        what: viewEvent.what,
        subjectId: viewEvent.subjectId,
        reason: viewEvent.reason,
      })
      .from(viewEvent)
      .leftJoin(account, eq(account.id, viewEvent.accountId))
      .where(
        and(
          input.accountId ? eq(viewEvent.accountId, input.accountId) : undefined,
          input.beforeId ? lt(viewEvent.id, input.beforeId) : undefined,
        ),
      )
      .orderBy(desc(viewEvent.id))
      .limit(input.limit + 1);
    const views = rows.slice(0, input.limit);
    return { views, nextBeforeId: rows.length > input.limit ? (views.at(-1)?.id ?? null) : null };
  },
});
