import { locale } from "./locale.ts";

/** Numbers, plurals and durations as people read them: one way everywhere, so that server and browser print the same. */

const nbsp = "\u00a0";
const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const plurals = new Intl.PluralRules(locale);
const conjunction = new Intl.ListFormat(locale, { type: "conjunction" });
const percents = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }),
);

/** 12408 → "12,408". Whole numbers; the fraction is rounded away. */
export function count(value: number): string {
  return exact.format(value);
}

/** 1234567 → "1.2 M". Up to 99,999 the number stays exact. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size < 100_000) return count(value);
  const [divisor, unit] = size < 999_500 ? [1e3, "k"] : size < 999_500_000 ? [1e6, "M"] : [1e9, "G"];
  const scaled = value / divisor;
  return `${scaled.toFixed(Math.abs(scaled) < 9.95 ? 1 : 0).replace(/\.0$/, "")}${nbsp}${unit}`;
}

/** 0.934 → "93%", 0.0031 → "0.3%", 0.00002 → "<0.1%". Never rounds something up to all or down to nothing. */
export function percent(ratio: number): string {
  if (ratio > 0 && ratio < 0.001) return `<${percentTo(1, 0.001)}`;
  if (ratio < 1 && ratio >= 0.9995) return `>${percentTo(1, 0.999)}`;
  return percentTo((ratio !== 0 && ratio < 0.1) || (ratio > 0.99 && ratio < 1) ? 1 : 0, ratio);
}

/** 0.00412 with 2 digits → "0.41%": for rates whose thresholds lie close together. */
export function percentTo(digits: 0 | 1 | 2, ratio: number): string {
  return (percents[digits] ?? exact).format(ratio);
}

/** What is counted, by the plural form the language asks for; `other` also serves forms that are not given. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** `plural(3, { one: "account", other: "accounts" })` → "3 accounts". */
export function plural(value: number, forms: PluralForms): string {
  return `${count(value)} ${pluralForm(value, forms)}`;
}

/** The form alone, for sentences that put the number elsewhere. */
export function pluralForm(value: number, forms: PluralForms): string {
  return forms[plurals.select(value)] ?? forms.other;
}

/** ["a", "b", "c"] → "a, b and c". */
export function list(items: readonly string[]): string {
  return conjunction.format(items);
}

const steps = [
  { seconds: 86_400, forms: { one: "day", other: "days" } },
  { seconds: 3_600, forms: { other: "h" } },
  { seconds: 60, forms: { other: "min" } },
  { seconds: 1, forms: { other: "s" } },
] as const;

/** 42480 → "11 h 48 min", 38 → "38 s", 259200 → "3 days". At most two neighbouring units; whole seconds. */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  if (total === 0) return `0${nbsp}s`;
  const first = steps.findIndex((step) => total >= step.seconds);
  const parts: string[] = [];
  let rest = total;
  for (const step of steps.slice(first, first + 2)) {
    const whole = Math.floor(rest / step.seconds);
    rest -= whole * step.seconds;
    if (whole > 0) parts.push(`${whole}${nbsp}${pluralForm(whole, step.forms)}`);
  }
  return parts.join(" ");
}

/** How long something took: 17 → "17 ms", 85679 → "1 min 26 s". Whole milliseconds below ten seconds, whole seconds above. */
export function milliseconds(value: number): string {
  if (value >= 10_000) return duration(value / 1_000);
  return `${count(Math.round(value))} ms`;
}

/** One unit only, rounded down: 61 → "1 min", 90000 → "1 day". For "… ago" and "in …". */
export function durationShort(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  const step = steps.find((candidate) => total >= candidate.seconds) ?? steps[3];
  const whole = Math.floor(total / step.seconds);
  return `${whole}${nbsp}${pluralForm(whole, step.forms)}`;
}

/** Seconds as the nearest whole number of their largest unit: 604798 → 604800. A time to come reads as it was set, a moment later too. */
export function toNearestUnit(seconds: number): number {
  const step = steps.find((candidate) => seconds >= candidate.seconds) ?? steps[3];
  return Math.round(seconds / step.seconds) * step.seconds;
}

const longUnits = [
  { seconds: 86_400, unit: "day" },
  { seconds: 3_600, unit: "hour" },
  { seconds: 60, unit: "minute" },
  { seconds: 1, unit: "second" },
] as const;

/** 900 → "15 minutes", 86400 → "1 day": a length that was chosen, in the largest unit that holds it whole. */
export function longDuration(seconds: number): string {
  const { seconds: size, unit } = longUnits.find((one) => seconds % one.seconds === 0) ?? longUnits[3];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}
