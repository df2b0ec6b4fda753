import { type LimitHeaders, limitNamed } from "../../rules/limits/catalogue.ts";
import type { LimitState } from "../counters/counters.ts";

/** What an answer says of a limit and is the same from one answer to the next. */
export type LimitTexts = {
  /** `{"name":…,"kind":…,"limit":…,"remaining":` of the JSON answer. */
  json: string;
  /** Item of `RateLimit-Policy`, and the same inside a JSON text. */
  policy: string;
  policyJson: string;
  /** Beginning of the item of `RateLimit`, up to the number that is left, and the same inside a JSON text. */
  field: string;
  fieldJson: string;
  headers: LimitHeaders | null;
  /** `,"X-RateLimit-Limit":…,"X-RateLimit-Remaining":"` and the like, up to the number that is left; empty = has none. */
  headersJson: string;
};

const maxKept = 10_000;
const kept = new Map<string, Map<number, LimitTexts>>();

/** Built once per limit, since this runs on every request. */
export function limitTexts(state: LimitState): LimitTexts {
  let byValue = kept.get(state.name);
  if (!byValue) {
    byValue = new Map();
    kept.set(state.name, byValue);
  }
  // Windows are shorter than 2^20 seconds (12 days).
  const key = state.limit * 1_048_576 + state.windowSeconds;
  let texts = byValue.get(key);
  if (!texts) {
    if (byValue.size >= maxKept) byValue.clear();
    texts = build(state);
    byValue.set(key, texts);
  }
  return texts;
}

function build({ name, kind, limit, windowSeconds }: LimitState): LimitTexts {
  const { headers } = limitNamed[name];
  return {
    json: `{"name":"${name}","kind":"${kind}","limit":${limit},"remaining":`,
    policy: `"${name}";q=${limit};w=${windowSeconds}`,
    policyJson: `\\"${name}\\";q=${limit};w=${windowSeconds}`,
    field: `"${name}";r=`,
    fieldJson: `\\"${name}\\";r=`,
    headers,
    headersJson: headers === null ? "" : `,"${headers}-Limit":"${limit}","${headers}-Remaining":"`,
  };
}
