import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { detectorConfig } from "#db/schema/abuse.ts";
import type { Ctx } from "../frame/context.ts";
import type { Detector } from "../rules/detectors/detector.ts";
import { detectors } from "../rules/detectors/registry.ts";
import type { DetectorMode } from "../rules/vocabulary.ts";

/** A detector as it is set now: its thresholds, whether it flags, and which setting that is (0 = the code's own). */
export type DetectorSetting = {
  detector: Detector;
  mode: DetectorMode;
  number: number;
  thresholds: Record<string, number>;
  /** When it was put in force; null = the code's own. */
  publishedAt: Date | null;
  /** It was wrong too often, and no person has decided about it since. */
  hasFallen: boolean;
};

const numbers = z.record(z.string(), z.number());

/** The published settings of every detector. What was never set is as in the code, and flags. */
export async function detectorSettings(ctx: Ctx): Promise<DetectorSetting[]> {
  const rows = await ctx.db
    .selectDistinctOn([detectorConfig.detector], {
      detector: detectorConfig.detector,
      number: detectorConfig.number,
      mode: detectorConfig.mode,
      thresholds: detectorConfig.thresholds,
      publishedAt: detectorConfig.publishedAt,
      publishedByUserId: detectorConfig.publishedByUserId,
    })
    .from(detectorConfig)
    .where(isNotNull(detectorConfig.publishedAt))
    .orderBy(detectorConfig.detector, desc(detectorConfig.number));
  return detectors.map((detector) => {
    const set = rows.find((row) => row.detector === detector.id);
    const given = numbers.catch({}).parse(set?.thresholds ?? {});
    const known = Object.fromEntries(Object.entries(given).filter(([key]) => key in detector.defaults));
    return {
      detector,
      mode: set?.mode ?? "flags",
      number: set?.number ?? 0,
      thresholds: { ...detector.defaults, ...known },
      publishedAt: set?.publishedAt ?? null,
      hasFallen: set?.mode === "shadow" && set.publishedByUserId === null,
    };
  });
}

/** The published setting of one detector; undefined = there is none of that name. */
export async function settingOf(ctx: Ctx, detector: string): Promise<DetectorSetting | undefined> {
  return (await detectorSettings(ctx)).find((one) => one.detector.id === detector);
}

/** Lets nobody else change a detector's setting until the transaction ends. */
export async function lockDetector(ctx: Ctx, detector: string): Promise<void> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse detector'), hashtext(${detector}))`);
}

type NewSetting = Omit<typeof detectorConfig.$inferInsert, "detector" | "number" | "createdAt">;

/** Writes a setting of a detector and returns its number. Call it under the lock of the writing transaction. */
export async function addSetting(ctx: Ctx, detector: string, setting: NewSetting): Promise<number> {
  const number = await nextNumber(ctx, detector);
  await ctx.db.insert(detectorConfig).values({ ...setting, detector, number, createdAt: ctx.now });
  return number;
}

async function nextNumber(ctx: Ctx, detector: string): Promise<number> {
  const [last] = await ctx.db
    .select({ number: detectorConfig.number })
    .from(detectorConfig)
    .where(and(eq(detectorConfig.detector, detector)))
    .orderBy(desc(detectorConfig.number))
    .limit(1)
    .for("update");
  return (last?.number ?? 0) + 1;
}
