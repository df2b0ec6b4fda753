import { and, count, eq, gt, gte, inArray, or, sql } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import { caseMailReaders } from "../cases/case-mail-readers.ts";
import { verdicts } from "../cases/verdict.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { countedVerdicts, fallDecisions, fallWindowMs, isTooOftenWrong } from "../rules/detectors/fall-to-shadow.ts";
import { dayMs } from "../rules/time.ts";
import { publicUrl } from "../runtime/env.ts";
import { addSetting, type DetectorSetting, detectorSettings, lockDetector, settingOf } from "./detector-settings.ts";

/**
 * Sends detectors that are wrong too often into shadow, where they flag nobody until a lead puts them back. Those that people and
 * intakes raise stay: nobody is to overlook a report or a leak. Returns which fell.
 */
export async function fallToShadow(ctx: Ctx): Promise<string[]> {
  const fallen: string[] = [];
  const judged = await oftenDecided(ctx);
  if (judged.size === 0) return fallen;
  for (const { detector, mode } of await detectorSettings(ctx)) {
    if (detector.looksAt === "reported" || mode !== "flags" || !judged.has(detector.id)) continue;
    await lockDetector(ctx, detector.id);
    const setting = await settingOf(ctx, detector.id);
    if (setting?.mode !== "flags") continue;
    const counted = await countedOf(ctx, setting);
    if (!isTooOftenWrong(counted)) continue;
    const number = await addSetting(ctx, detector.id, {
      mode: "shadow",
      thresholds: setting.thresholds,
      note: deskWords.records.wrongTooOften(counted.wrong, counted.right + counted.wrong),
      publishedAt: ctx.now,
    });
    const data = { number, ...counted, days: fallWindowMs / dayMs };
    await record(ctx, fact("detector.fell", { subjectId: detector.id, accountId: null }, data));
    await tellLeads(ctx, detector.id, counted);
    fallen.push(detector.id);
  }
  return fallen;
}

/** Decided flags that say whether their detector was right. */
const decided = (ctx: Ctx) =>
  and(
    inArray(flag.state, ["confirmed", "dismissed"]),
    or(verdicts.right, verdicts.wrong),
    gt(flag.decidedAt, new Date(ctx.now.getTime() - fallWindowMs)),
  );

/** Detectors of which enough was decided to judge them: without a lock, since nearly always there are none. */
async function oftenDecided(ctx: Ctx): Promise<Set<string>> {
  const rows = await ctx.db
    .select({ detector: flag.detector })
    .from(flag)
    .where(decided(ctx))
    .groupBy(flag.detector)
    .having(gte(count(), fallDecisions));
  return new Set(rows.map((row) => row.detector));
}

async function countedOf(ctx: Ctx, { detector, publishedAt }: DetectorSetting) {
  const rows = await ctx.db
    .select({ raisedAt: flag.raisedAt, decidedAt: flag.decidedAt, isRight: sql<boolean>`${verdicts.right}` })
    .from(flag)
    .where(and(eq(flag.detector, detector.id), decided(ctx)));
  const found = rows.flatMap(({ raisedAt, decidedAt, isRight }) =>
    decidedAt === null ? [] : [{ raisedAtMs: raisedAt.getTime(), decidedAtMs: decidedAt.getTime(), isRight }],
  );
  return countedVerdicts(found, publishedAt?.getTime() ?? -Infinity, ctx.now.getTime());
}

/** Leads and admins who asked for mail about cases; the others see it on the desk. */
async function tellLeads(ctx: Ctx, detector: string, counted: { right: number; wrong: number }): Promise<void> {
  const people = await caseMailReaders(ctx, ["lead", "admin"]);
  const content = mailContent(
    deskWords.fallMail({ detector, ...counted, days: fallWindowMs / dayMs }),
    `${publicUrl()}/staff/detectors/${detector}`,
  );
  for (const to of people) await queueMail(ctx, { kind: "detector", to, content });
}
