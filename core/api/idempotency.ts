import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { and, eq, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import type { Database, Queryable } from "#db/client.ts";
import { idempotentAnswer } from "#db/schema/api.ts";
import * as words from "#words/words.ts";
import { hourMs } from "../rules/time.ts";
import { ApiError } from "./problem.ts";

export const keptHours = 24;
/** A first request that has not ended after this long has died with its process. */
const diedAfterMs = 60_000;
const longestKey = 255;

export type Answer = { status: number; body: string; headers: Record<string, string> };

/**
 * One use of an Idempotency-Key: whose, for what request, and the key that opens its stored answer. Of two that both hold the same
 * key, `claimedAt` tells which: the later claimed it more than a minute after the earlier.
 */
export type KeyUse = { callerId: string; keyHash: string; requestHash: string; sealingKey: Buffer; claimedAt: Date };

/**
 * Reads the header: a quoted structured string (the draft) or bare text (what most clients send). The stored answer is sealed with
 * a key made of the caller's own secret and this one, so that the database alone cannot give a token's secret away: what one secret
 * of a token was answered, its other secret cannot open.
 */
export function keyUse(header: string, callerId: string, credential: string, request: string, now: Date): KeyUse {
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (key.length === 0 || key.length > longestKey || !/^[\x20-\x7e]+$/.test(key)) {
    throw new ApiError("bad_request", words.errors.idempotencyKeyForm(longestKey));
  }
  const sealingKey = Buffer.from(hkdfSync("sha256", credential, key, "gatehouse idempotent answer", 32));
  return { callerId, keyHash: sha256(key), requestHash: sha256(request), sealingKey, claimedAt: now };
}

/** Claims the key for this request; returns the kept answer when it is a repetition. Throws when it is another request's or still running. */
export async function claimKey(db: Database, use: KeyUse): Promise<Answer | null> {
  const { callerId, keyHash, requestHash, claimedAt } = use;
  const expired = new Date(claimedAt.getTime() - keptHours * hourMs);
  await db.delete(idempotentAnswer).where(and(mine(use), lt(idempotentAnswer.createdAt, expired)));
  await db
    .delete(idempotentAnswer)
    .where(
      and(
        mine(use),
        isNull(idempotentAnswer.status),
        lt(idempotentAnswer.createdAt, new Date(claimedAt.getTime() - diedAfterMs)),
      ),
    );
  const [made] = await db
    .insert(idempotentAnswer)
    .values({ callerId, keyHash, requestHash, createdAt: claimedAt })
    .onConflictDoNothing()
    .returning({ keyHash: idempotentAnswer.keyHash });
  if (made) return null;
  const [kept] = await db
    .select({
      requestHash: idempotentAnswer.requestHash,
      status: idempotentAnswer.status,
      sealedBody: idempotentAnswer.sealedBody,
      headers: idempotentAnswer.headers,
    })
    .from(idempotentAnswer)
    .where(mine(use));
  if (kept && kept.requestHash !== requestHash) {
    throw new ApiError("idempotency_mismatch", words.errors.idempotencyMismatch);
  }
  if (!kept || kept.status === null || kept.sealedBody === null) throw stillRunning();
  const headers = z.record(z.string(), z.string()).parse(kept.headers);
  return {
    status: kept.status,
    body: unseal(kept.sealedBody, use.sealingKey),
    headers: { ...headers, "idempotency-replayed": "true" },
  };
}

/** Keeps the answer in the transaction of what it answers. Throws, so that nothing is done twice, when the claim was taken over. */
export async function keepAnswer(db: Queryable, use: KeyUse, { status, body, headers }: Answer): Promise<void> {
  const kept = await db
    .update(idempotentAnswer)
    .set({ status, sealedBody: seal(body, use.sealingKey), headers })
    .where(claimed(use))
    .returning({ keyHash: idempotentAnswer.keyHash });
  if (kept.length === 0) throw stillRunning();
}

/** Gives the key back after a failure: nothing was changed, so the same request may be tried again. */
export async function releaseKey(db: Database, use: KeyUse): Promise<void> {
  await db.delete(idempotentAnswer).where(claimed(use));
}

export async function forgetOldAnswers(db: Database, now: Date): Promise<void> {
  const expired = new Date(now.getTime() - keptHours * hourMs);
  await db.delete(idempotentAnswer).where(lt(idempotentAnswer.createdAt, expired));
}

const mine = ({ callerId, keyHash }: KeyUse) =>
  and(eq(idempotentAnswer.callerId, callerId), eq(idempotentAnswer.keyHash, keyHash));

const claimed = (use: KeyUse) =>
  and(mine(use), isNull(idempotentAnswer.status), eq(idempotentAnswer.createdAt, use.claimedAt));

const stillRunning = () => new ApiError("idempotency_conflict", words.errors.tryInSecond, { "retry-after": "1" });

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** AES-256-GCM: nonce, tag, text. */
function seal(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function unseal(sealed: Buffer, key: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  const text = decipher.update(sealed.subarray(28));
  try {
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    const detail = words.errors.secretShownOnce;
    throw new ApiError("idempotency_mismatch", detail);
  }
}
