import type { Ctx } from "../frame/context.ts";
import type { AccountHistory, AccountWindow, Detector } from "../rules/detectors/detector.ts";
import { spike } from "../rules/detectors/spike.ts";
import { dayMs, hourMs, minuteMs } from "../rules/time.ts";
import { knownShare, readHistory, readHours } from "./read-history.ts";
import { readSpan } from "./read-window.ts";
import { type Candidate, stepOf } from "./replay-candidates.ts";

/** How often a detector of minutes is asked again. It looks every few seconds when it runs. */
const lookEveryMs = 5 * minuteMs;

type Thresholds = Record<string, number>;
/** Says whether the detector would have flagged with one set of thresholds. */
type Judge = (thresholds: Thresholds) => boolean;

/** Everything that is kept of an account that a detector would have seen, moment after moment, as a question to ask of each. */
export function replayAccount(
  ctx: Ctx,
  detector: Detector,
  candidate: Candidate,
): AsyncGenerator<Judge | AsyncJudge, void, undefined> {
  if (detector.looksAt === "minutes") return windows(ctx, detector, candidate);
  if (detector.looksAt === "history" && detector.id === spike.id) return loudHours(ctx, detector, candidate);
  if (detector.looksAt === "history") return histories(ctx, detector, candidate);
  return nothing();
}

export type AsyncJudge = (thresholds: Thresholds) => Promise<boolean>;

async function* nothing() {}

async function* windows(
  ctx: Ctx,
  detector: Extract<Detector, { looksAt: "minutes" }>,
  { accountId, startsMs }: Candidate,
): AsyncGenerator<Judge> {
  for (const startMs of startsMs) {
    const endMs = Math.min(startMs + hourMs + lookEveryMs, ctx.now.getTime());
    const span = await readSpan(ctx, accountId, new Date(startMs - hourMs), new Date(endMs));
    for (let atMs = startMs + lookEveryMs; atMs <= endMs; atMs += lookEveryMs) {
      const window = windowAt(span, atMs);
      yield (thresholds) => detector.evaluate(window, thresholds).length > 0;
    }
  }
}

/** The hour before a moment, of a longer span. */
function windowAt(span: AccountWindow, nowMs: number): AccountWindow {
  const since = (ms: number) => (row: { atMs: number }) => row.atMs >= nowMs - ms && row.atMs < nowMs;
  const [hour, short] = [since(hourMs), since(10 * minuteMs)];
  return {
    ...span,
    nowMs,
    minutes: span.minutes.filter(hour),
    refusedPaths: span.refusedPaths.filter(hour),
    seconds: span.seconds.filter(short),
    waits: span.waits.filter(short),
  };
}

async function* histories(
  ctx: Ctx,
  detector: Extract<Detector, { looksAt: "history" }>,
  { accountId, startsMs }: Candidate,
): AsyncGenerator<Judge> {
  const stepMs = stepOf(detector);
  for (const startMs of startsMs) {
    const now = new Date(Math.min(startMs + stepMs - 1, ctx.now.getTime()));
    const history = await readHistory({ ...ctx, now }, accountId);
    yield (thresholds) => detector.evaluate(history, thresholds).length > 0;
  }
}

/** A spike compares each hour with those before it, so they are read once. */
async function* loudHours(
  ctx: Ctx,
  detector: Extract<Detector, { looksAt: "history" }>,
  { accountId, startsMs }: Candidate,
): AsyncGenerator<AsyncJudge> {
  const weekAgo = { ...ctx, now: new Date(ctx.now.getTime() - 7 * dayMs) };
  const read = [...(await readHours(ctx, accountId)), ...(await readHours(weekAgo, accountId))];
  const hours = [...new Map(read.map(({ at, requests }) => [at.getTime(), requests]))];
  for (const startMs of startsMs) {
    const nowMs = startMs + hourMs;
    if (nowMs > ctx.now.getTime()) continue;
    const history: AccountHistory = {
      ...{ ...emptyHistory, nowMs, accountId },
      hours: hours.filter(([atMs]) => atMs < nowMs).map(([atMs, requests]) => ({ atMs, requests })),
    };
    yield async (thresholds) => {
      if (detector.evaluate(history, thresholds).length === 0) return false;
      const share = await knownShare({ ...ctx, now: new Date(startMs) }, accountId);
      return detector.evaluate({ ...history, knownShare: share }, thresholds).length > 0;
    };
  }
}

/** What a spike does not look at. */
const emptyHistory: Omit<AccountHistory, "nowMs" | "accountId" | "hours"> = {
  ...{ createdAtMs: 0, countedFromMs: 0, decidedFromMs: 0, networks: [], usedTokens: [], withoutPolicy: [] },
  ...{ cohortP95: null, requestsToday: 0 },
  quota: { limit: null, spentToday: 0, refusedToday: 0, exhaustedDays: 0, exhaustedAtMs: null },
  reported: { statusesLastHour: 0, clientErrorsLastHour: 0, recipients: 0, bounces: 0, complaints: 0 },
};
