import type { LimitSpan } from "#components/charts/series.ts";
import { daySeconds } from "#core/rules/time.ts";
import type { getLimitHistory } from "#core/usage/get-limit-history.ts";

type History = Awaited<ReturnType<typeof getLimitHistory>>;

/**
 * The limits that bars of this length can be compared with, as they were: the quota where a bar is a day of all tokens, the rate
 * limit of the one endpoint where a bar is as long as its window.
 */
export function limitsOn(
  stepSeconds: number,
  { quota, rate, windowSeconds }: Pick<History, "quota" | "rate" | "windowSeconds">,
  { isOfToken }: { isOfToken: boolean },
): LimitSpan[] {
  const isQuotaComparable = stepSeconds === daySeconds && !isOfToken && rate === null;
  return [
    ...(isQuotaComparable ? spans("quota", quota) : []),
    ...(rate && windowSeconds === stepSeconds ? spans("limit", rate) : []),
  ];
}

function spans(label: string, stretches: History["quota"]): LimitSpan[] {
  return stretches.flatMap(({ value, fromMs, untilMs }) =>
    value === null
      ? []
      : [{ label, value, from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() }],
  );
}
