import { and, eq, gt, isNull, lte } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { account } from "#db/schema/accounts.ts";
import { override } from "#db/schema/provider.ts";
import * as words from "#words/words.ts";
import { sendAlert } from "../alerts/send-alert.ts";
import { fact } from "../facts/fact.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { longestNoticeMs, tellEndFromMs } from "../rules/limits/limit-request.ts";
import { limitAt, placeOf } from "./read-limit.ts";

/** Tells an account that an exception of its limits ends soon, once. Null = it is not due, or nothing changes for the worse. */
export const tellEnding = command({
  permission: "alerts:evaluate",
  input: z.strictObject({ overrideId: z.uuid() }),
  run: async (ctx, { overrideId }) => {
    const [found] = await ctx.db
      .select({
        accountId: override.accountId,
        kind: override.kind,
        endpointId: override.endpointId,
        value: override.value,
        startsAt: override.startsAt,
        endsAt: override.endsAt,
        closedAt: account.closedAt,
      })
      .from(override)
      .innerJoin(account, eq(account.id, override.accountId))
      .where(and(eq(override.id, overrideId), isNull(override.endToldAt)))
      .for("update", { of: override });
    if (!found || !isDue(found, ctx)) return null;
    const { accountId, kind, endpointId, value, endsAt } = found;
    const valueAfter = await limitAt(ctx, accountId, found, endsAt.getTime());
    // Another exception follows that is no less, or nobody is left to be told.
    if (valueAfter === null || valueAfter >= value || found.closedAt !== null) return null;
    await ctx.db.update(override).set({ endToldAt: ctx.now }).where(eq(override.id, overrideId));
    const said = words.exceptionEnding({ ...(await placeOf(ctx, found)), value, valueAfter, endsAt });
    await sendAlert(ctx, { accountId, kind: "exception_ending", ...said, path: "/limits", mails: "alerts" });
    return { accountId, data: { kind, endpointId, value, valueAfter, endsAt: endsAt.toISOString() } };
  },
  happened: ({ overrideId }, told) =>
    told && fact("override.ending", { subjectId: overrideId, accountId: told.accountId }, told.data),
});

function isDue<Dated extends { startsAt: Date; endsAt: Date | null }>(
  one: Dated,
  { now }: Ctx,
): one is Dated & { endsAt: Date } {
  const { startsAt, endsAt } = one;
  if (endsAt === null || endsAt <= now || startsAt > now) return false;
  return tellEndFromMs(startsAt.getTime(), endsAt.getTime()) <= now.getTime();
}

/** Looks for exceptions that end within a week and whose accounts were not told; one that fails stops no other. Returns how many were. */
export async function tellEndings(db: Database, now: Date, failed: (error: unknown) => void): Promise<number> {
  const soon = await db
    .select({ id: override.id, startsAt: override.startsAt, endsAt: override.endsAt })
    .from(override)
    .where(
      and(
        isNull(override.endToldAt),
        gt(override.endsAt, now),
        lte(override.endsAt, new Date(now.getTime() + longestNoticeMs)),
        lte(override.startsAt, now),
      ),
    );
  const ctx = jobCtx(db, "Limits", now);
  let told = 0;
  for (const one of soon) {
    if (!isDue(one, ctx)) continue;
    await tellEnding(ctx, { overrideId: one.id }).then((done) => {
      if (done) told += 1;
    }, failed);
  }
  return told;
}
