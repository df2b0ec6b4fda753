import { and, eq, gte, inArray, isNotNull, or } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { verdicts } from "../cases/verdict.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { Turns } from "../frame/turns.ts";
import type { Detector } from "../rules/detectors/detector.ts";
import { dayMs } from "../rules/time.ts";
import { settingOf } from "./detector-settings.ts";
import { replayAccount } from "./replay-account.ts";
import { type ReplayAccuracy, replayAccuracy } from "./replay-accuracy.ts";
import { type Candidate, replayCandidates } from "./replay-candidates.ts";
import { readThresholds, thresholdFields } from "./thresholds-input.ts";

export const previewDays = 7;
/** For all accounts together: whoever waits for the answer is a person. */
const longestMs = 5_000;
const mostShown = 100;
const turns = new Turns({ most: 1, mostWaiting: 4, what: "previews" });

/** Right and wrong are of flags that this detector raised in the last 30 days. */
type Verdict = "confirmed" | "cleared" | null;

export type DetectorPreview = {
  detector: string;
  days: number;
  /** Of the proposed thresholds. */
  rule: string;
  accuracy: ReplayAccuracy;
  /** How many accounts had anything that could be flagged; null = it took too long to find out. */
  candidates: number | null;
  /** How many of them there was time to look at. */
  looked: number;
  /** Accounts that would have been flagged with the thresholds in force, and with the proposed ones. */
  inForce: number;
  proposed: number;
  /** 100 at most, those that differ first. */
  accounts: { accountId: string; accountName: string; inForce: boolean; proposed: boolean; verdict: Verdict }[];
};

/**
 * Which accounts a detector would have flagged in the last seven days, with the thresholds in force and with those proposed, from what
 * is kept of the traffic. Loads that were announced, suspensions and decisions are not taken off. As in a draft, a threshold that is left out
 * is the shipped one.
 */
export const previewDetector = query({
  permission: "detectors:read",
  input: z.strictObject({ detector: z.string().max(60), ...thresholdFields }),
  run: async (ctx, input): Promise<DetectorPreview> => {
    const { known, thresholds } = readThresholds(input);
    const inForce = (await settingOf(ctx, known.id))?.thresholds ?? {};
    const proposed = { ...known.defaults, ...thresholds };
    const accuracy = replayAccuracy[known.id];
    const about = { detector: known.id, days: previewDays, rule: deskWords.detectorRule(known.id, proposed), accuracy };
    if (accuracy === "untold") return { ...about, candidates: 0, looked: 0, inForce: 0, proposed: 0, accounts: [] };
    return turns.take(async () => {
      const since = new Date(ctx.now.getTime() - previewDays * dayMs);
      const sets = [inForce, proposed];
      const valuesOf = (key: string) => sets.map((one) => one[key] ?? 0);
      const candidates = await replayCandidates(ctx, known, since, valuesOf);
      const { looked, found } = await replay(ctx, known, candidates ?? [], { inForce, proposed });
      return {
        ...about,
        candidates: candidates?.length ?? null,
        looked,
        inForce: found.filter((one) => one.inForce).length,
        proposed: found.filter((one) => one.proposed).length,
        accounts: await named(ctx, known, found),
      };
    });
  },
});

type Found = { accountId: string; inForce: boolean; proposed: boolean };
type Sets = { inForce: Record<string, number>; proposed: Record<string, number> };

async function replay(ctx: Ctx, detector: Detector, candidates: readonly Candidate[], sets: Sets) {
  const endMs = performance.now() + longestMs;
  const found: Found[] = [];
  let looked = 0;
  for (const candidate of candidates) {
    const one = { accountId: candidate.accountId, inForce: false, proposed: false };
    let isWhole = true;
    for await (const judge of replayAccount(ctx, detector, candidate)) {
      one.inForce ||= await judge(sets.inForce);
      one.proposed ||= await judge(sets.proposed);
      if (one.inForce && one.proposed) break;
      isWhole = performance.now() < endMs;
      if (!isWhole) break;
    }
    if (one.inForce || one.proposed) found.push(one);
    if (!isWhole) break;
    looked += 1;
  }
  return { looked, found };
}

async function named(ctx: Ctx, detector: Detector, found: readonly Found[]): Promise<DetectorPreview["accounts"]> {
  const isDifferent = (one: Found) => Number(one.inForce !== one.proposed);
  const shown = found.toSorted((a, b) => isDifferent(b) - isDifferent(a)).slice(0, mostShown);
  if (shown.length === 0) return [];
  const ids = shown.map((one) => one.accountId);
  const names = await ctx.db
    .select({ id: account.id, name: account.name })
    .from(account)
    .where(inArray(account.id, ids));
  const decided = await ctx.db
    .select({ accountId: flag.accountId, state: flag.state })
    .from(flag)
    .where(
      and(
        inArray(flag.accountId, ids),
        eq(flag.detector, detector.id),
        isNotNull(flag.decidedAt),
        gte(flag.decidedAt, new Date(ctx.now.getTime() - 30 * dayMs)),
        or(verdicts.right, verdicts.wrong),
      ),
    )
    .orderBy(flag.decidedAt);
  return shown.map((one) => {
    const last = decided.findLast((row) => row.accountId === one.accountId);
    return {
      ...one,
      accountName: names.find((row) => row.id === one.accountId)?.name ?? "",
      verdict: last ? (last.state === "confirmed" ? "confirmed" : "cleared") : null,
    };
  });
}
