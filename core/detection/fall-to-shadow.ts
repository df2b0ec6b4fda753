import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { detectorConfig, flag } from "#db/schema/abuse.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { verdicts } from "../cases/verdict.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { countedVerdicts, fallWindowMs, isTooOftenWrong } from "../rules/detectors/fall-to-shadow.ts";
import { dayMs } from "../rules/time.ts";
import { publicUrl } from "../runtime/env.ts";
import { type DetectorSetting, detectorSettings, lockDetector, nextNumber } from "./detector-settings.ts";

/**
 * Sends detectors that are wrong too often into shadow, where they flag nobody until a lead puts them back. Those that people and
 * intakes raise stay: nobody is to overlook a report or a leak. Returns which fell.
 */
export async function fallToShadow(ctx: Ctx): Promise<string[]> {
  const fallen: string[] = [];
  for (const { detector } of await detectorSettings(ctx)) {
    if (detector.looksAt === "reported") continue;
    await lockDetector(ctx, detector.id);
    const setting = (await detectorSettings(ctx)).find((one) => one.detector === detector);
    if (setting?.mode !== "flags") continue;
    const counted = await countedOf(ctx, setting);
    if (!isTooOftenWrong(counted)) continue;
    const number = await nextNumber(ctx, detector.id);
    await ctx.db.insert(detectorConfig).values({
      detector: detector.id,
      number,
      mode: "shadow",
      thresholds: setting.thresholds,
      note: deskWords.records.wrongTooOften(counted.wrong, counted.right + counted.wrong),
      createdAt: ctx.now,
      publishedAt: ctx.now,
    });
    const data = { number, ...counted, days: fallWindowMs / dayMs };
    await record(ctx, fact("detector.fell", { subjectId: detector.id, accountId: null }, data));
    await tellLeads(ctx, detector.id, counted);
    fallen.push(detector.id);
  }
  return fallen;
}

async function countedOf(ctx: Ctx, { detector, publishedAt }: DetectorSetting) {
  const rows = await ctx.db
    .select({ raisedAt: flag.raisedAt, decidedAt: flag.decidedAt, isRight: sql<boolean>`${verdicts.right}` })
    .from(flag)
    .where(
      and(
        eq(flag.detector, detector.id),
        inArray(flag.state, ["confirmed", "dismissed"]),
        or(verdicts.right, verdicts.wrong),
        gt(flag.decidedAt, new Date(ctx.now.getTime() - fallWindowMs)),
      ),
    );
  const found = rows.flatMap(({ raisedAt, decidedAt, isRight }) =>
    decidedAt === null ? [] : [{ raisedAtMs: raisedAt.getTime(), decidedAtMs: decidedAt.getTime(), isRight }],
  );
  return countedVerdicts(found, publishedAt?.getTime() ?? -Infinity, ctx.now.getTime());
}

/** Leads and admins who asked for mail about cases; the others see it on the desk. */
async function tellLeads(ctx: Ctx, detector: string, counted: { right: number; wrong: number }): Promise<void> {
  const people = await ctx.db
    .select({ userId: user.id, address: user.email })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(
      and(
        inArray(staffMember.role, ["lead", "admin"]),
        eq(staffMember.mailsCases, true),
        isNull(staffMember.endedAt),
        isNull(user.disabledAt),
      ),
    );
  const content = mailContent(
    deskWords.fallMail({ detector, ...counted, days: fallWindowMs / dayMs }),
    `${publicUrl()}/staff/detectors/${detector}`,
  );
  for (const to of people) await queueMail(ctx, { kind: "detector", to, content });
}
