import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { hourMs } from "../rules/time.ts";
import { longestOverlapHours, retiringSecret } from "../rules/tokens/rotation.ts";
import { addSecret } from "./add-secret.ts";
import { changeToken, tellGates } from "./change-token.ts";
import { beyondActor } from "./refuse-impossible.ts";
import { secretsOf } from "./secrets-of.ts";
import { versionRead } from "./token-input.ts";

/**
 * Gives a token a new secret. The old one works for `overlapHours` more (0 = it stops at once), so that clients can be changed
 * one by one. Id, scopes, caps and history stay. A rotation that is still under way is a `conflict`.
 */
export const rotateToken = command({
  permission: "tokens:write",
  input: z.strictObject({
    tokenId: z.uuid(),
    overlapHours: numberOrText(z.number().min(0).max(longestOverlapHours, words.errors.overlapTooLong)),
    version: versionRead,
  }),
  run: async (ctx, { tokenId, overlapHours, version }) => {
    const changed = await changeToken(ctx, tokenId, version, {});
    const beyond = beyondActor(ctx, changed.scopes);
    if (beyond !== undefined) throw new AppError("forbidden", words.errors.rotateBeyond(changed.name, beyond));
    const secrets = await secretsOf(ctx, tokenId);
    if (retiringSecret(secrets, ctx.now)) {
      throw new AppError("conflict", words.errors.rotating(changed.name));
    }
    const retiresAt = new Date(ctx.now.getTime() + overlapHours * hourMs);
    await ctx.db
      .update(tokenSecret)
      .set({ retiresAt })
      .where(and(eq(tokenSecret.tokenId, tokenId), isNull(tokenSecret.retiresAt)));
    const { secret, preview } = await addSecret(ctx, tokenId);
    await tellGates(ctx, tokenId);
    return { ...changed, tokenId, secret, preview, retiresAt };
  },
  happened: (_input, { id, name, accountId, preview, retiresAt }) =>
    fact("token.rotated", { subjectId: id, accountId }, { name, preview, retiresAt: retiresAt.toISOString() }),
});
