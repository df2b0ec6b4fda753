import { and, desc, eq, gte, inArray, max, sql } from "drizzle-orm";
import { z } from "zod";
import { secretUse, token } from "#db/schema/tokens.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { hourMs } from "../rules/time.ts";
import { rotationProgress, secretState } from "../rules/tokens/rotation.ts";
import { secretsOf } from "./secrets-of.ts";

const usersShown = 20;

/**
 * How the last rotation of a token goes: who still uses the old secret since the new one was made, and who uses an old one after
 * it has retired. Null = the token was never rotated. Counts are whole hours, so the hour of the rotation counts in full.
 */
export const getRotation = query({
  permission: "tokens:read",
  input: z.strictObject({ tokenId: z.uuid() }),
  run: async (ctx, { tokenId }) => {
    const [found] = await ctx.db
      .select({ id: token.id })
      .from(token)
      .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)));
    if (!found) throw notFound("token");
    const [current, old] = await secretsOf(ctx, tokenId);
    if (!current || !old) return null;
    const startedAt = current.createdAt;
    const startedHour = new Date(startedAt.getTime() - (startedAt.getTime() % hourMs));
    const sums = await ctx.db
      .select({
        secretId: secretUse.secretId,
        requests: sql<number>`sum(${secretUse.requests})::float8`,
        lastAt: max(secretUse.lastAt),
      })
      .from(secretUse)
      .where(and(inArray(secretUse.secretId, [current.id, old.id]), gte(secretUse.at, startedHour)))
      .groupBy(secretUse.secretId);
    const of = (id: string) => sums.find((row) => row.secretId === id);
    const lastOldAt = of(old.id)?.lastAt ?? null;
    const users = await ctx.db
      .select({
        network: secretUse.network,
        client: secretUse.client,
        requests: sql<number>`sum(${secretUse.requests})::float8`,
        lastAt: max(secretUse.lastAt),
      })
      .from(secretUse)
      .where(and(eq(secretUse.secretId, old.id), gte(secretUse.at, startedHour)))
      .groupBy(secretUse.network, secretUse.client)
      .orderBy(desc(max(secretUse.lastAt)))
      .limit(usersShown);
    const state = secretState(old, ctx.now);
    return {
      startedAt,
      current: { id: current.id, preview: current.preview },
      old: { id: old.id, preview: old.preview, retiresAt: old.retiresAt, state },
      lastOldAt,
      ...rotationProgress(of(old.id)?.requests ?? 0, of(current.id)?.requests ?? 0, lastOldAt, ctx.now),
      /** Where the old secret is still used from, last seen first. */
      users,
      isUsedAfterRetirement:
        state === "retired" && old.retiresAt !== null && lastOldAt !== null && lastOldAt >= old.retiresAt,
    };
  },
});

export type Rotation = NonNullable<Awaited<ReturnType<typeof getRotation>>>;
