import { z } from "zod";
import { getStanding } from "../enforcement/get-standing.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { networkOf } from "../rules/networks.ts";
import { surfaces } from "../rules/vocabulary.ts";
import { getQuota } from "../usage/get-quota.ts";
import { getUsageSeries } from "../usage/get-usage-series.ts";
import { listRefusals } from "../usage/list-refusals.ts";
import { checkToken } from "./check-token.ts";
import { getToken } from "./get-token.ts";

const refusalsShown = 25;

/** The token that this actor looks at. */
export function lookedAt({ actor }: Ctx) {
  if (actor.kind !== "token_view") throw new Error("Only a look at a token has one.");
  return actor;
}

/** Reads as the token itself would with these scopes, whatever scopes it has; only for the use cases below, which name it and no other. */
function reading(ctx: Ctx): Ctx & { tokenId: string } {
  const { of } = lookedAt(ctx);
  const scopes = ["tokens:read", "usage:read", "standing:read"];
  return {
    ...ctx,
    tokenId: of.tokenId,
    actor: { kind: "token", ...of, scopes, maker: { userId: null, role: "viewer" } },
  };
}

/**
 * What the holder of a token sees of it: what it may do, its use and its refusals, what its account's standing means for it. Nobody's
 * name, no other token, and addresses only as networks: whoever holds the secret may not be who it was made for. While the account is
 * suspended or terminated only the standing, as for calls of the REST API.
 */
export const readTokenView = query({
  permission: "tokens:view",
  input: z.strictObject({ receipt: z.string().trim().max(80).optional() }),
  run: async (ctx, { receipt }) => {
    const as = reading(ctx);
    const { tokenId } = as;
    const standing = await standingFor(as, lookedAt(ctx).of);
    if (standing.standing === "suspended" || standing.standing === "terminated") return { standing, use: null };
    const [token, series, quota, refused] = await Promise.all([
      getToken(as, { tokenId }),
      getUsageSeries(as, { range: "24h", tokenId }),
      getQuota(as, {}),
      listRefusals(as, { tokenId, limit: refusalsShown, ...(receipt ? { receipt } : {}) }),
    ]);
    const { name, preview, scopes, capPerDay, capPerMinute, createdAt, expiresAt, lastUsedAt, today, endpoints } =
      token;
    const { used, limit, resetAtMs } = quota;
    const refusals = refused.refusals.map((row) => ({ ...row, ip: row.ip === null ? null : networkOf(row.ip) }));
    return {
      standing,
      use: {
        token: { name, preview, scopes, capPerDay, capPerMinute, createdAt, expiresAt, lastUsedAt, today, endpoints },
        quota: { used, limit, resetAtMs },
        series,
        refusals,
      },
    };
  },
});

export type TokenViewed = Awaited<ReturnType<typeof readTokenView>>;

/** "Can it do that?": what the gate would answer to one request with this token now; it spends nothing. */
export const checkTokenView = query({
  permission: "tokens:view",
  input: z.strictObject({
    surface: z.enum(surfaces).default("http"),
    method: z.string().trim().toUpperCase().max(20).default("GET"),
    path: z.string().trim().max(2_000).default("/"),
    ip: z.string().trim().max(45).nullable().default(null),
  }),
  run: (ctx, input) => {
    const as = reading(ctx);
    return checkToken.fromUnknown(as, { ...input, tokenId: as.tokenId });
  },
});

/** What is in force on the account and touches this token. */
async function standingFor(ctx: Ctx, { tokenId, accountId }: { tokenId: string; accountId: string }) {
  const [{ standing, actions }, inForce] = await Promise.all([getStanding(ctx, {}), actionsInForce(ctx, [accountId])]);
  const touching = new Set(
    inForce.filter((one) => one.tokenId === null || one.tokenId === tokenId).map(({ id }) => id),
  );
  return {
    standing,
    actions: actions
      .filter(({ id, isInForce }) => isInForce && touching.has(id))
      .map(({ id, type, surface, factor, tokenName, endsAt, statement }) => ({
        ...{ id, type, surface, factor, tokenName, endsAt },
        reason: statement && { title: statement.reasonTitle, text: statement.publicText },
      })),
  };
}
