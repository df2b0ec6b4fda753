import * as deskWords from "#words/desk.ts";
import { caseScore, flagShare, queuePriority } from "../rules/cases/score.ts";
import { detectorOf } from "../rules/detectors/registry.ts";

type Flag = { state: string; detector: string; severity: number; lastSeenAt: Date };

/** Each flag with its share of the case score in points, and the case's priority with its parts. What has been decided weighs nothing. */
export function scoreFlags<F extends Flag>(
  flags: readonly F[],
  openedAt: Date,
  precisionOf: (detector: string) => number,
  now: Date,
  more: { refusedShare?: number; hasAppeal?: boolean } = {},
) {
  const scored = flags.map((flag) => {
    const detector = detectorOf(flag.detector);
    const precision = precisionOf(flag.detector);
    const counts = flag.state === "in_case" && detector !== undefined;
    const facts = {
      severity: flag.severity,
      weight: detector?.weight ?? 0,
      precision,
      halfLifeDays: detector?.halfLifeDays ?? 1,
      lastSeenAtMs: flag.lastSeenAt.getTime(),
    };
    return {
      ...flag,
      title: deskWords.detectorTitle(flag.detector),
      reasonCode: detector?.reasonCode ?? ("other" as const),
      precision,
      share: counts ? flagShare(facts, now.getTime()) : 0,
    };
  });
  const score = caseScore(scored.map((flag) => flag.share));
  return { flags: scored, ...queuePriority(score, openedAt.getTime(), now.getTime(), more) };
}
