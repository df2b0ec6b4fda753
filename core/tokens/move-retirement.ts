import { eq } from "drizzle-orm";
import { z } from "zod";
import { tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { hourMs } from "../rules/time.ts";
import { longestOverlapHours, retiringSecret } from "../rules/tokens/rotation.ts";
import { changeToken, tellGates } from "./change-token.ts";
import { secretsOf } from "./secrets-of.ts";
import { versionRead } from "./token-input.ts";

/** Ends a rotation: the old secret is refused as revoked from the next request on. */
export const retireSecret = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), version: versionRead }),
  run: (ctx, { tokenId, version }) => moveRetirement(ctx, tokenId, version, 0),
  happened: (_input, { id, name, accountId, preview, retiresAt }) =>
    fact("token.secret_retired", { subjectId: id, accountId }, { name, preview, retiresAt: retiresAt.toISOString() }),
});

/** Gives a rotation another end: so many hours from now, sooner or later than before. */
export const extendOverlap = command({
  permission: "tokens:write",
  input: z.strictObject({
    tokenId: z.uuid(),
    overlapHours: numberOrText(z.number().positive().max(longestOverlapHours, words.errors.retirementTooLate)),
    version: versionRead,
  }),
  run: (ctx, { tokenId, overlapHours, version }) => moveRetirement(ctx, tokenId, version, overlapHours),
  happened: (_input, { id, name, accountId, preview, retiresAt }) =>
    fact("token.overlap_extended", { subjectId: id, accountId }, { name, preview, retiresAt: retiresAt.toISOString() }),
});

async function moveRetirement(ctx: Ctx, tokenId: string, version: number | undefined, hours: number) {
  const changed = await changeToken(ctx, tokenId, version, {});
  const old = retiringSecret(await secretsOf(ctx, tokenId), ctx.now);
  if (!old) throw new AppError("conflict", words.errors.notRotating(changed.name));
  const retiresAt = new Date(ctx.now.getTime() + hours * hourMs);
  await ctx.db.update(tokenSecret).set({ retiresAt }).where(eq(tokenSecret.id, old.id));
  await tellGates(ctx, tokenId);
  return { ...changed, preview: old.preview, retiresAt };
}
