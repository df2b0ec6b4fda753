import { and, between, eq } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { refusal } from "#db/schema/usage.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { addressFor } from "../personal-data/address-for.ts";
import { recordView } from "../personal-data/record-view.ts";
import { receiptTimeMs } from "../rules/limits/receipt.ts";
import { isSecretReplaced, limiterSchema } from "./list-refusals.ts";
import { readBudget } from "./read-budget.ts";

/** One refusal by its receipt, with what had used up the limit that refused it; `budget` is null where no limit did. Staff see the caller's network. */
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
    if (!row) throw notFound("receipt");
    const { tokenRevokedAt, ...shown } = row;
    const limiter = limiterSchema.nullable().catch(null).parse(row.limiter);
    await recordView(ctx, { accountId: row.accountId, what: "receipt", subjectId: row.receipt });
    const ip = addressFor(ctx.actor, row.ip);
    const budget = limiter === null ? null : await readBudget(ctx, { ...row, limiter });
    return { ...shown, ip, limiter, isSecretReplaced: isSecretReplaced(row), budget };
  },
});
