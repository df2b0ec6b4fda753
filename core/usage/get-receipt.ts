import { and, between, eq } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { refusal, refusalReceipt } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { addressFor } from "../personal-data/address-for.ts";
import { recordView } from "../personal-data/record-view.ts";
import { receiptTimeMs } from "../rules/limits/receipt.ts";
import { findRefusalReceipt } from "./find-refusal-receipt.ts";
import { isSecretReplaced, limiterSchema } from "./list-refusals.ts";
import { readBudget } from "./read-budget.ts";

/** One refusal by its receipt, with what had used up the limit that refused it; `budget` is null where no limit did. Of most refusals of a busy minute only time, token, endpoint and code are kept: `hasDetails` is false. Staff see the caller's network. */
export const getReceipt = query({
  permission: "usage:read",
  input: z.strictObject({ receipt: z.string().max(80) }),
  run: async (ctx, input) => {
    const atMs = receiptTimeMs(input.receipt);
    if (atMs === null) throw notFound("receipt");
    const [row] = await ctx.db
      .select({
        receipt: refusal.receipt,
        accountId: refusal.accountId,
        at: refusal.at,
        tokenId: refusal.tokenId,
        tokenName: token.name,
        tokenRevokedAt: token.revokedAt,
        endpointId: refusal.endpointId,
        endpointName: endpoint.name,
        surface: refusal.surface,
        code: refusal.code,
        method: refusal.method,
        path: refusal.path,
        ip: refusal.ip,
        userAgent: refusal.userAgent,
        requestId: refusal.requestId,
        gateId: refusal.gateId,
        limiter: refusal.limiter,
        retryAfterSeconds: refusal.retryAfterSeconds,
        missingScope: refusal.missingScope,
      })
      .from(refusal)
      .leftJoin(token, eq(token.id, refusal.tokenId))
      .leftJoin(endpoint, eq(endpoint.id, refusal.endpointId))
      .where(
        and(
          scoped(ctx, refusal.accountId),
          eq(refusal.receipt, input.receipt),
          between(refusal.at, new Date(atMs - 1_000), new Date(atMs + 1_000)),
        ),
      )
      .limit(1);
    if (!row) return withoutDetails(ctx, input.receipt);
    const { tokenRevokedAt, ...shown } = row;
    const limiter = limiterSchema.nullable().catch(null).parse(row.limiter);
    await recordView(ctx, { accountId: row.accountId, what: "receipt", subjectId: row.receipt });
    const ip = addressFor(ctx.actor, row.ip);
    const budget = limiter === null ? null : await readBudget(ctx, { ...row, limiter });
    return { ...shown, ip, limiter, isSecretReplaced: isSecretReplaced(row), budget, hasDetails: true };
  },
});

/** A refusal beyond those of its token, code and minute that are kept whole: when, with what, where and why. Throws `not_found`. */
async function withoutDetails(ctx: Ctx, receipt: string) {
  const found = await findRefusalReceipt(ctx, receipt, scoped(ctx, refusalReceipt.accountId));
  if (!found) throw notFound("receipt");
  await recordView(ctx, { accountId: found.accountId, what: "receipt", subjectId: receipt });
  const [used] = await ctx.db
    .select({ name: token.name, revokedAt: token.revokedAt })
    .from(token)
    .where(eq(token.id, found.tokenId));
  const [asked] = await ctx.db.select({ name: endpoint.name }).from(endpoint).where(eq(endpoint.id, found.endpointId));
  return {
    ...found,
    receipt,
    tokenName: used?.name ?? null,
    endpointName: asked?.name ?? null,
    ...{ method: null, path: null, ip: null, userAgent: null, requestId: null },
    ...{ limiter: null, retryAfterSeconds: null, missingScope: null, budget: null },
    isSecretReplaced: isSecretReplaced({ ...found, tokenRevokedAt: used?.revokedAt ?? null }),
    hasDetails: false,
  };
}
