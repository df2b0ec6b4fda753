import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { detectorConfig, flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import { countOf } from "../cases/verdict.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { detectorPrecision } from "../rules/cases/score.ts";
import { dayMs, minuteMs } from "../rules/time.ts";
import { detectorSettings, nextNumber } from "./detector-settings.ts";

const quietAfterMs = 30 * minuteMs;
const watchMs = dayMs;
/** Below this a detector goes back into shadow by itself. */
const lowestPrecision = 0.3;

/**
 * Moves flags outside cases along with the clock: not seen for half an hour they recover, after a day they expire. A detector that
 * is wrong too often goes back into shadow, where it flags nobody until a lead changes it.
 */
export const settleFlags = command({
  permission: "flags:record",
  input: z.strictObject({}),
  run: async (ctx) => {
    const recovering = await ctx.db
      .update(flag)
      .set({ state: "recovering" })
      .where(and(eq(flag.state, "open"), lt(flag.lastSeenAt, new Date(ctx.now.getTime() - quietAfterMs))))
      .returning({ id: flag.id });
    const expired = await ctx.db
      .update(flag)
      .set({ state: "expired" })
      .where(and(eq(flag.state, "recovering"), lt(flag.lastSeenAt, new Date(ctx.now.getTime() - watchMs))))
      .returning({ id: flag.id });
    return { recovering: recovering.length, expired: expired.length, demoted: await demote(ctx) };
  },
  happened: (_input, { recovering, expired, demoted }) =>
    recovering + expired + demoted.length === 0
      ? null
      : fact("flags.settled", { subjectId: "many", accountId: null }, { recovering, expired, demoted }),
});

/** Counts decisions since the setting in force was published: a changed setting gets a new chance. */
async function demote(ctx: Ctx): Promise<string[]> {
  const demoted: string[] = [];
  for (const { detector, mode, thresholds } of await detectorSettings(ctx)) {
    if (mode !== "flags") continue;
    const [counts] = await ctx.db
      .select({
        right: countOf("right"),
        wrong: countOf("wrong"),
      })
      .from(flag)
      .where(
        and(
          eq(flag.detector, detector.id),
          inArray(flag.state, ["confirmed", "dismissed"]),
          sql`${flag.raisedAt} > coalesce((select max(${detectorConfig.publishedAt}) from ${detectorConfig}
            where ${detectorConfig.detector} = ${detector.id}), '-infinity')`,
        ),
      );
    if (!counts || detectorPrecision(counts.right, counts.wrong) >= lowestPrecision) continue;
    await ctx.db.insert(detectorConfig).values({
      detector: detector.id,
      number: await nextNumber(ctx, detector.id),
      mode: "shadow",
      thresholds,
      note: deskWords.records.wrongTooOften(counts.wrong, counts.right + counts.wrong),
      createdAt: ctx.now,
      publishedAt: ctx.now,
    });
    demoted.push(detector.id);
  }
  return demoted;
}
