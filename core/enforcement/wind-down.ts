import { and, eq, inArray, isNull, lte } from "drizzle-orm";
import { action } from "#db/schema/enforcement.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { notifyToken } from "../frame/outbox.ts";
import { record } from "../frame/record.ts";

/** Ends terminations whose wind-down is over: every token that is left is revoked for good. Returns how many accounts that concerned. */
export async function windDown(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .selectDistinct({ id: action.id, accountId: action.accountId, caseId: action.caseId })
    .from(action)
    .innerJoin(token, and(eq(token.accountId, action.accountId), isNull(token.revokedAt)))
    .where(
      and(
        eq(action.type, "termination"),
        inArray(action.state, ["applying", "active"]),
        lte(action.windDownEndsAt, ctx.now),
      ),
    );
  for (const { id, accountId, caseId } of due) {
    const revoked = await ctx.db
      .update(token)
      .set({ revokedAt: ctx.now, revokedReason: words.records.windDownOver })
      .where(and(eq(token.accountId, accountId), isNull(token.revokedAt)))
      .returning({ id: token.id, name: token.name });
    for (const one of revoked) {
      const secrets = await ctx.db
        .select({ hash: tokenSecret.hash })
        .from(tokenSecret)
        .where(eq(tokenSecret.tokenId, one.id));
      await notifyToken(
        ctx,
        one.id,
        secrets.map((secret) => secret.hash.toString("hex")),
      );
      await record(ctx, fact("token.revoked", { subjectId: one.id, accountId }, { name: one.name }));
    }
    await record(ctx, fact("action.wound_down", { subjectId: id, accountId, caseId }, { tokens: revoked.length }));
  }
  return due.length;
}
