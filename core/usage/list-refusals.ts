import { and, desc, eq, gte, lt, ne, or, type SQL } from "drizzle-orm";
import { z } from "zod";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { refusal } from "#db/schema/usage.ts";
import { query } from "../frame/define.ts";
import { numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";
import { addressFor } from "../personal-data/address-for.ts";
import { limitKindNames } from "../rules/limits/catalogue.ts";
import { dayMs } from "../rules/time.ts";
import { decisionCodes } from "../rules/vocabulary.ts";

/** What a refused request's limiter looked like; kept as JSON because only rate and quota refusals have one. */
export const limiterSchema = z.object({
  name: z.string(),
  kind: z.enum(limitKindNames),
  limit: z.number(),
  used: z.number(),
  windowSeconds: z.number(),
  /** What the request would have taken from it. */
  cost: z.number().default(1),
});

/** Whether a refusal as revoked was of a secret alone: the token itself had not been revoked then, so it has another that works. */
export function isSecretReplaced(row: { code: string; at: Date; tokenRevokedAt: Date | null }): boolean {
  return row.code === "token_revoked" && (row.tokenRevokedAt === null || row.tokenRevokedAt > row.at);
}

const daysBack = 30;

/** Refused requests of an account, newest first, by a cursor of time and receipt. Above the sampling cap some are counted only. */
export const listRefusals = query({
  permission: "usage:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    tokenId: z.uuid().optional(),
    code: z.enum(decisionCodes).optional(),
    receipt: z.string().max(80).optional(),
    before: z.strictObject({ at: timeOrText(), receipt: z.string() }).optional(),
    limit: numberOrText(z.number().int().min(1).max(100)).default(50),
  }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const rows = await ctx.db
      .select({
        receipt: refusal.receipt,
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
        limiter: refusal.limiter,
        retryAfterSeconds: refusal.retryAfterSeconds,
        missingScope: refusal.missingScope,
      })
      .from(refusal)
      .leftJoin(token, eq(token.id, refusal.tokenId))
      .leftJoin(endpoint, eq(endpoint.id, refusal.endpointId))
      .where(
        and(
          eq(refusal.accountId, accountId),
          gte(refusal.at, new Date(ctx.now.getTime() - daysBack * dayMs)),
          ne(refusal.code, "allowed"),
          input.tokenId ? eq(refusal.tokenId, input.tokenId) : undefined,
          input.code ? eq(refusal.code, input.code) : undefined,
          input.receipt ? eq(refusal.receipt, input.receipt) : undefined,
          input.before ? olderThan(input.before) : undefined,
        ),
      )
      .orderBy(desc(refusal.at), desc(refusal.receipt))
      .limit(input.limit + 1);
    const page = rows.slice(0, input.limit).map(({ tokenRevokedAt, ...row }) => ({
      ...row,
      isSecretReplaced: isSecretReplaced({ ...row, tokenRevokedAt }),
      ip: addressFor(ctx.actor, row.ip),
      limiter: limiterSchema.nullable().catch(null).parse(row.limiter),
    }));
    const last = page.at(-1);
    return { refusals: page, next: rows.length > input.limit && last ? { at: last.at, receipt: last.receipt } : null };
  },
});

function olderThan({ at, receipt }: { at: Date; receipt: string }): SQL | undefined {
  return or(lt(refusal.at, at), and(eq(refusal.at, at), lt(refusal.receipt, receipt)));
}
