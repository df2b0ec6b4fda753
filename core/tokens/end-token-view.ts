import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { tokenView } from "#db/schema/ways-in.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { lookedAt } from "./read-token-view.ts";

/** Ends this look at a token; it is refused from its next request on. */
export const endTokenView = command({
  permission: "tokens:view",
  input: z.strictObject({}),
  run: async (ctx) => {
    const { viewId, of } = lookedAt(ctx);
    const ended = await ctx.db
      .update(tokenView)
      .set({ endedAt: ctx.now })
      .where(and(eq(tokenView.id, viewId), isNull(tokenView.endedAt)))
      .returning({ id: tokenView.id });
    return { ...of, isEnded: ended.length > 0 };
  },
  happened: (_input, { tokenId, accountId, isEnded }) =>
    isEnded ? fact("token.view_ended", { subjectId: tokenId, accountId }) : null,
});
