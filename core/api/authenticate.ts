import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { account, member } from "#db/schema/accounts.ts";
import { staffKey } from "#db/schema/api.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { secondStepExists } from "../auth/has-second-step.ts";
import { lacksSecondStep } from "../auth/lacks-second-step.ts";
import { type Actor, jobCtx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { isAdmitted } from "../rules/networks.ts";
import { standingAt, tokenPauseAt } from "../rules/standing/standing.ts";
import { checkTokenFormat } from "../rules/tokens/token.ts";
import { tokenState } from "../rules/tokens/token-state.ts";
import type { Standing } from "../rules/vocabulary.ts";
import { staffKeyMaxMs } from "../runtime/env.ts";
import { ApiError } from "./problem.ts";

export type Caller = {
  actor: Actor;
  /** Id of the token or key. */
  callerId: string;
  /** Whose own limit it spends: the account, or the key. */
  limitKey: string;
  /** Null for staff keys. */
  standing: Standing | null;
};

/** The part of the database that both doors need; the actor is made here and nowhere else on the API. */
export async function authenticate(
  db: Database,
  authorization: string | null,
  ip: string | null,
  now: Date,
): Promise<Caller> {
  if (authorization === null) throw new AppError("unauthenticated", words.errors.sendToken);
  const text = bearerIn(authorization);
  const format = checkTokenFormat(text);
  if (!format.ok) throw refused(words.errors.tokenMalformed);
  if (format.kind === "gateway") throw refused(words.errors.gatewayCredential);
  return format.kind === "staff" ? byKey(db, hashToken(text), now) : byToken(db, hashToken(text), ip, now);
}

/** The credential of the header, however the header spells the rest; empty = none. */
export function bearerIn(authorization: string): string {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}

const refused = (message: string) => new AppError("unauthenticated", message);

async function byToken(db: Database, hash: Buffer, ip: string | null, now: Date): Promise<Caller> {
  const [found] = await db
    .select({
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
    .where(eq(tokenSecret.hash, hash));
  if (!found) throw refused(words.errors.tokenUnknown);
  const state = tokenState(found, now);
  if (state !== "revoked" && found.retiresAt !== null && found.retiresAt <= now)
    throw refused(words.errors.secretReplaced);
  if (state === "paused") throw new AppError("forbidden", words.errors.tokenPaused);
  if (state !== "active") throw refused(words.errors.tokenIs(state));
  if (found.closedAt !== null) throw new ApiError("account_closed", words.errors.accountClosedToTokens);
  if (!isAdmitted(found.allowedNetworks, ip)) throw new AppError("forbidden", words.errors.tokenAddress);
  if (!isAdmitted(found.accountNetworks, ip)) throw new AppError("forbidden", words.errors.accountAddress);
  const { tokenId, accountId, name, scopes } = found;
  const maker = { userId: found.makerId, role: found.makerBlockedAt === null ? found.makerRole : null };
  const actions = await actionsInForce(jobCtx(db, "API", now), [accountId]);
  if (tokenPauseAt(actions, tokenId, now.getTime()))
    throw new AppError("forbidden", words.errors.tokenPausedByProvider);
  return {
    actor: { kind: "token", tokenId, accountId, name, scopes, maker },
    callerId: tokenId,
    limitKey: accountId,
    standing: standingAt(actions, now.getTime()),
  };
}

async function byKey(db: Database, hash: Buffer, now: Date): Promise<Caller> {
  const [found] = await db
    .select({
      keyId: staffKey.id,
      keyName: staffKey.name,
      kind: staffKey.kind,
      scopes: staffKey.scopes,
      createdAt: staffKey.createdAt,
      expiresAt: staffKey.expiresAt,
      pausedAt: staffKey.pausedAt,
      revokedAt: staffKey.revokedAt,
      lastUsedAt: staffKey.lastUsedAt,
      userId: user.id,
      name: user.name,
      role: staffMember.role,
      hasSecondStep: secondStepExists(),
    })
    .from(staffKey)
    .innerJoin(user, and(eq(user.id, staffKey.userId), isNull(user.disabledAt)))
    .innerJoin(staffMember, and(eq(staffMember.userId, user.id), isNull(staffMember.endedAt)))
    .where(eq(staffKey.hash, hash));
  if (!found || found.revokedAt) throw refused(words.errors.keyUnknown);
  // Keys that were made before there was a longest life have it all the same.
  const latest = found.createdAt.getTime() + staffKeyMaxMs();
  if ((found.expiresAt && found.expiresAt <= now) || latest <= now.getTime()) throw refused(words.errors.keyExpired);
  if (found.pausedAt) throw new AppError("forbidden", words.errors.keyPaused);
  if (lacksSecondStep(found.hasSecondStep, found.role, null))
    throw new AppError("forbidden", words.errors.keySecondStep);
  const { keyId, keyName, kind, scopes, userId, name, role } = found;
  await db
    .update(staffKey)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(staffKey.id, keyId),
        sql`${staffKey.lastUsedAt} is distinct from date_trunc('minute', ${now}::timestamptz)`,
      ),
    )
    .catch(() => undefined);
  return {
    actor: { kind: "staff", userId, sessionId: null, name, role, key: { keyId, name: keyName, kind, scopes } },
    callerId: keyId,
    limitKey: keyId,
    standing: null,
  };
}
