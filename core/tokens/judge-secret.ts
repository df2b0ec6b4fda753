import { and, eq, type SQL } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import { jobCtx } from "../frame/context.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { isAdmitted } from "../rules/networks.ts";
import { tokenPauseAt } from "../rules/standing/standing.ts";
import type { SecretStop } from "../rules/tokens/secret-stop.ts";
import { tokenState } from "../rules/tokens/token-state.ts";

/**
 * The token behind one of its secrets, for whoever has shown it: what it is, what stops it now (null = nothing), and the actions that
 * may be in force on its account. Null = there is no such secret. Runs before there is an actor, on every request.
 */
export async function judgeSecret(db: Queryable, which: SQL, ip: string | null, now: Date) {
  const [found] = await db
    .select({
      secretId: tokenSecret.id,
      tokenId: token.id,
      accountId: token.accountId,
      name: token.name,
      scopes: token.scopes,
      allowedNetworks: token.allowedNetworks,
      expiresAt: token.expiresAt,
      pausedAt: token.pausedAt,
      revokedAt: token.revokedAt,
      retiresAt: tokenSecret.retiresAt,
      closedAt: account.closedAt,
      accountNetworks: account.allowedNetworks,
      makerId: user.id,
      makerRole: member.role,
      makerBlockedAt: user.disabledAt,
    })
    .from(tokenSecret)
    .innerJoin(token, eq(token.id, tokenSecret.tokenId))
    .innerJoin(account, eq(account.id, token.accountId))
    .leftJoin(user, eq(user.id, tokenSecret.givenToUserId))
    .leftJoin(member, and(eq(member.userId, user.id), eq(member.accountId, token.accountId)))
    .where(which);
  if (!found) return null;
  const { secretId, tokenId, accountId, name, scopes } = found;
  const maker = { userId: found.makerId, role: found.makerBlockedAt === null ? found.makerRole : null };
  const actions = await actionsInForce(jobCtx(db, "API", now), [accountId]);
  const isPausedByProvider = tokenPauseAt(actions, tokenId, now.getTime()) !== null;
  return {
    secretId,
    tokenId,
    accountId,
    name,
    scopes,
    maker,
    actions,
    stop: stopOf(found, isPausedByProvider, ip, now),
  };
}

type Facts = {
  allowedNetworks: string[];
  accountNetworks: string[];
  expiresAt: Date | null;
  pausedAt: Date | null;
  revokedAt: Date | null;
  retiresAt: Date | null;
  closedAt: Date | null;
};

function stopOf(found: Facts, isPausedByProvider: boolean, ip: string | null, now: Date): SecretStop | null {
  const state = tokenState(found, now);
  if (state !== "revoked" && found.retiresAt !== null && found.retiresAt <= now) return "replaced";
  if (state !== "active") return state;
  if (found.closedAt !== null) return "closed";
  if (!isAdmitted(found.allowedNetworks, ip)) return "address";
  if (!isAdmitted(found.accountNetworks, ip)) return "account_address";
  return isPausedByProvider ? "paused_by_provider" : null;
}
