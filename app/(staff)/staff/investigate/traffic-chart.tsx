import { groupSeries, type Point } from "#components/charts/series.ts";
import { StackedBars } from "#components/charts/stacked-bars.tsx";
import type { investigate } from "#core/investigate/investigate.ts";
import { isDecisionCode } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";

type Found = Awaited<ReturnType<typeof investigate>>;

/** Kinds of refusals with a colour of their own, the most frequent ones. */
const mostCodes = 6;

/** Requests over time: allowed below, refused stacked on top by decision. */
export function TrafficChart({ found }: { found: Found }) {
  const codes = refusalsOf(found);
  const shown = new Set(codes.slice(0, mostCodes));
  const series = groupSeries([
    { key: "allowed", label: "allowed" },
    ...codes.slice(0, mostCodes).map((code) => ({ key: code, label: titleOf(code) })),
    ...(codes.length > mostCodes ? [{ key: "other", label: "other refusals", other: true }] : []),
  ]);
  const keyOf = (outcome: string) => (outcome === "allowed" || shown.has(outcome) ? outcome : "other");
  return (
    <StackedBars
      title={`Requests ${words.step(found.stepSeconds)}`}
      points={pointsOf(found, keyOf)}
      series={series}
      bucketSeconds={found.stepSeconds}
      empty="No requests were recorded for this view."
    />
  );
}

function titleOf(code: string): string {
  return isDecisionCode(code) ? words.decisions[code].title : code;
}

function refusalsOf({ steps }: Found): string[] {
  const sums = new Map<string, number>();
  for (const { outcome, requests } of steps)
    if (outcome !== "allowed") sums.set(outcome, (sums.get(outcome) ?? 0) + requests);
  return [...sums].toSorted((a, b) => b[1] - a[1]).map(([code]) => code);
}

/** Every step of the window, also those in which nothing was. */
function pointsOf({ window, steps, stepSeconds }: Found, keyOf: (outcome: string) => string): Point[] {
  const [fromMs, untilMs] = [window.from.getTime(), window.until.getTime()];
  const values = new Map<number, Record<string, number>>();
  for (let atMs = fromMs; atMs < untilMs; atMs += stepSeconds * 1000) values.set(atMs, {});
  for (const { atMs, outcome, requests } of steps) {
    const of = values.get(atMs) ?? {};
    of[keyOf(outcome)] = (of[keyOf(outcome)] ?? 0) + requests;
    values.set(atMs, of);
  }
  return [...values].map(([atMs, of]) => ({ at: new Date(atMs).toISOString(), values: of }));
}
