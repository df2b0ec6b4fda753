import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { staffKey } from "#db/schema/api.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { passkeyExists, secondStepExists } from "../auth/has-second-step.ts";
import { lacksSecondStep } from "../auth/lacks-second-step.ts";
import type { Actor } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { standingAt } from "../rules/standing/standing.ts";
import type { SecretStop } from "../rules/tokens/secret-stop.ts";
import { checkTokenFormat } from "../rules/tokens/token.ts";
import type { Standing } from "../rules/vocabulary.ts";
import { staffKeyMaxMs } from "../runtime/env.ts";
import { judgeSecret } from "../tokens/judge-secret.ts";
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
  const judged = await judgeSecret(db, eq(tokenSecret.hash, hash), ip, now);
  if (!judged) throw refused(words.errors.tokenUnknown);
  if (judged.stop) throw stopped(judged.stop);
  const { tokenId, accountId, name, scopes, maker, actions } = judged;
  return {
    actor: { kind: "token", tokenId, accountId, name, scopes, maker },
    callerId: tokenId,
    limitKey: accountId,
    standing: standingAt(actions, now.getTime()),
  };
}

function stopped(stop: SecretStop): Error {
  const message = words.secretStopped(stop);
  if (stop === "closed") return new ApiError("account_closed", message);
  const isUnknownNow = stop === "replaced" || stop === "revoked" || stop === "expired";
  return isUnknownNow ? refused(message) : new AppError("forbidden", message);
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
      hasPasskey: passkeyExists(),
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
  if (lacksSecondStep(found, found.role, null)) throw new AppError("forbidden", words.errors.keySecondStep);
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
