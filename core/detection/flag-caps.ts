import { and, eq, gte, sql } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { detectorOf } from "../rules/detectors/registry.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import { flagCaps } from "../runtime/env.ts";

/**
 * Why another flag of a detector is held now: as many of them as the provider wants have joined cases within an hour or a day. Null =
 * there is room, or people and intakes raise it, and nothing of theirs may wait.
 */
export async function overCap(ctx: Ctx, detector: string): Promise<string | null> {
  const known = detectorOf(detector);
  if (!known || known.looksAt === "reported") return null;
  // One after the other, so that detectors of several accounts do not each find the last room.
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse flag cap'), hashtext(${detector}))`);
  const hourAgo = new Date(ctx.now.getTime() - hourMs);
  const [joined] = await ctx.db
    .select({
      hour: sql<number>`count(*) filter (where ${flag.joinedAt} > ${hourAgo})::int`,
      day: sql<number>`count(*)::int`,
    })
    .from(flag)
    .where(and(eq(flag.detector, detector), gte(flag.joinedAt, new Date(ctx.now.getTime() - dayMs))));
  const { perHour, perDay } = flagCaps();
  if (joined && joined.hour >= perHour) return deskWords.records.cappedPerHour(perHour);
  if (joined && joined.day >= perDay) return deskWords.records.cappedPerDay(perDay);
  return null;
}
