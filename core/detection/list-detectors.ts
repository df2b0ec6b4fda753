import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { detectorConfig, flag, shadowSignal } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { countOf } from "../cases/verdict.ts";
import { query } from "../frame/define.ts";
import { decisionsNeeded, detectorPrecision } from "../rules/cases/score.ts";
import type { Detector } from "../rules/detectors/detector.ts";
import { boundsOf } from "../rules/detectors/threshold-bounds.ts";
import { weekMs } from "../rules/time.ts";
import { detectorSettings } from "./detector-settings.ts";
import { isHeld } from "./held-flags.ts";

/** Every detector with its setting, its precision from what staff decided, its flags of the last seven days, and its settings so far. */
export const listDetectors = query({
  permission: "detectors:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const weekAgo = new Date(ctx.now.getTime() - weekMs);
    const counts = await ctx.db
      .select({
        detector: flag.detector,
        right: countOf("right"),
        unsanctioned: countOf("unsanctioned"),
        wrong: countOf("wrong"),
        week: sql<number>`count(*) filter (where ${flag.raisedAt} >= ${weekAgo})::int`,
        heldReasons: sql<string[]>`coalesce(array_agg(distinct ${flag.heldReason}) filter (where ${isHeld}), '{}')`,
        held: sql<number>`count(*) filter (where ${isHeld})::int`,
      })
      .from(flag)
      .groupBy(flag.detector);
    const shadow = await ctx.db
      .select({ detector: shadowSignal.detector, keys: sql<number>`count(*)::int` })
      .from(shadowSignal)
      .where(sql`${shadowSignal.lastSeenAt} >= ${weekAgo}`)
      .groupBy(shadowSignal.detector);
    const history = await ctx.db
      .select({
        detector: detectorConfig.detector,
        number: detectorConfig.number,
        mode: detectorConfig.mode,
        thresholds: detectorConfig.thresholds,
        note: detectorConfig.note,
        createdAt: detectorConfig.createdAt,
        publishedAt: detectorConfig.publishedAt,
        byName: user.name,
      })
      .from(detectorConfig)
      .leftJoin(user, eq(user.id, detectorConfig.createdByUserId))
      .orderBy(desc(detectorConfig.number));
    const numbers = z.record(z.string(), z.number()).catch({});
    return (await detectorSettings(ctx)).map(({ detector, ...setting }) => {
      const own = counts.find((row) => row.detector === detector.id);
      const { right = 0, unsanctioned = 0, wrong = 0 } = own ?? {};
      const settings = history
        .filter((row) => row.detector === detector.id)
        .map((row) => {
          const thresholds = { ...detector.defaults, ...numbers.parse(row.thresholds) };
          return { ...row, thresholds, rule: deskWords.detectorRule(detector.id, thresholds) };
        });
      const newest = settings[0];
      return {
        id: detector.id,
        ...deskWords.detectors[detector.id],
        looksAt: detector.looksAt,
        version: detector.version,
        halfLifeDays: detector.halfLifeDays,
        ...setting,
        rule: deskWords.detectorRule(detector.id, setting.thresholds),
        /** Empty where people and intakes raise its flags: there is nothing to set. */
        fields: detector.looksAt === "reported" ? [] : fieldsOf(detector, setting.thresholds),
        right,
        unsanctioned,
        wrong,
        precision: detectorPrecision(right, wrong),
        isMeasured: right + wrong >= decisionsNeeded,
        flagsThisWeek: own?.week ?? 0,
        held: own?.held ?? 0,
        heldReasons: own?.heldReasons ?? [],
        shadowThisWeek: shadow.find((row) => row.detector === detector.id)?.keys ?? 0,
        /** Why it is set as it is; null = as shipped. */
        note: settings.find((one) => one.number === setting.number)?.note ?? null,
        draft: newest && newest.publishedAt === null ? newest : null,
        settings,
      };
    });
  },
});

/** Each threshold in words, with its bounds, the value it was shipped with and the one in force. */
function fieldsOf({ id, defaults }: Detector, thresholds: Record<string, number>) {
  return Object.entries(defaults).flatMap(([key, shipped]) => {
    const bounds = boundsOf(key);
    return bounds
      ? [{ key, ...deskWords.threshold(id, key), ...bounds, shipped, value: thresholds[key] ?? shipped }]
      : [];
  });
}

export type DetectorRow = Awaited<ReturnType<typeof listDetectors>>[number];
