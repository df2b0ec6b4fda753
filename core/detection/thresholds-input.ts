import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import type { Detector } from "../rules/detectors/detector.ts";
import { detectorOf } from "../rules/detectors/registry.ts";
import { boundsOf } from "../rules/detectors/threshold-bounds.ts";

/** The fields in which a person gives thresholds: their names and their values, in the same order. */
export const thresholdFields = {
  keys: z.array(z.string().max(60)).max(30).default([]),
  values: z
    .array(numberOrText(z.number(deskWords.errors.thresholdNotNumber)))
    .max(30)
    .default([]),
};

type Given = { detector: string; keys: string[]; values: number[] };

/**
 * The detector and the thresholds that were given for it. Throws `not_found` for a detector that is none, and `invalid` for a
 * threshold that it does not have, that is out of its bounds, or whose detector measures nothing.
 */
export function readThresholds({ detector, keys, values }: Given): {
  known: Detector;
  thresholds: Record<string, number>;
} {
  const known = detectorOf(detector);
  if (!known) throw notFound("detector");
  if (known.looksAt === "reported") throw invalid("detector", deskWords.errors.raisedByPeople);
  if (keys.length !== values.length) throw invalid("values", deskWords.errors.thresholdMissing);
  const thresholds: Record<string, number> = {};
  for (const [index, key] of keys.entries()) {
    const bounds = key in known.defaults ? boundsOf(key) : undefined;
    if (!bounds) throw invalid("keys", deskWords.errors.noSuchThreshold(key));
    const value = values[index];
    if (value === undefined || !(value >= bounds.least && value <= bounds.most)) {
      const { label } = deskWords.threshold(known.id, key);
      throw invalid("values", deskWords.errors.thresholdRange(label, bounds.least, bounds.most));
    }
    thresholds[key] = value;
  }
  return { known, thresholds };
}
