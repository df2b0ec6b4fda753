import { randomBytes } from "node:crypto";
import { tokenSecret } from "#db/schema/tokens.ts";
import { answeringUserId, type Ctx } from "../frame/context.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { mintToken, tokenPreview } from "../rules/tokens/token.ts";

/** Mints a secret for a token and keeps its hash. The text is returned, the only time it can be seen. */
export async function addSecret(ctx: Ctx, tokenId: string) {
  const secret = mintToken("client", randomBytes);
  const hash = hashToken(secret);
  const preview = tokenPreview(secret);
  await ctx.db
    .insert(tokenSecret)
    .values({ tokenId, hash, preview, givenToUserId: answeringUserId(ctx.actor), createdAt: ctx.now });
  return { secret, preview, hash };
}
