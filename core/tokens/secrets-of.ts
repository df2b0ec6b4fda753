import { desc, eq, sql } from "drizzle-orm";
import { tokenSecret } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";

/** The secrets a token has and had, newest first, without what would give them away. The caller has checked whose it is. */
export function secretsOf(ctx: Ctx, tokenId: string) {
  return ctx.db
    .select({
      id: tokenSecret.id,
      preview: tokenSecret.preview,
      createdAt: tokenSecret.createdAt,
      retiresAt: tokenSecret.retiresAt,
    })
    .from(tokenSecret)
    .where(eq(tokenSecret.tokenId, tokenId))
    .orderBy(sql`${tokenSecret.retiresAt} desc nulls first`, desc(tokenSecret.createdAt));
}
