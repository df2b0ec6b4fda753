/** Numbers and durations as people read them. One locale everywhere, so that server and browser print the same. */

const nbsp = "\u00a0";
const exact = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 12408 → "12,408". Whole numbers; the fraction is rounded away. */
export function formatCount(value: number): string {
  return exact.format(value);
}

/** 1234567 → "1.2 M". Up to 99,999 the number stays exact. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  if (size < 100_000) return formatCount(value);
  const [divisor, unit] = size < 999_500 ? [1e3, "k"] : size < 999_500_000 ? [1e6, "M"] : [1e9, "G"];
  const scaled = value / divisor;
  return `${scaled.toFixed(Math.abs(scaled) < 9.95 ? 1 : 0).replace(/\.0$/, "")}${nbsp}${unit}`;
}

/** 0.934 → "93 %", 0.0031 → "0.3 %", 0.00002 → "< 0.1 %". Never rounds something up to all or down to nothing. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.1) return `<${nbsp}0.1${nbsp}%`;
  if (percent < 100 && percent >= 99.95) return `>${nbsp}99.9${nbsp}%`;
  const digits = (percent !== 0 && percent < 10) || (percent > 99 && percent < 100) ? 1 : 0;
  return `${percent.toFixed(digits).replace(/\.0$/, "")}${nbsp}%`;
}

const steps = [
  { seconds: 86_400, one: "day", many: "days" },
  { seconds: 3_600, one: "h", many: "h" },
  { seconds: 60, one: "min", many: "min" },
  { seconds: 1, one: "s", many: "s" },
] as const;

/** 42480 → "11 h 48 min", 38 → "38 s", 259200 → "3 days". At most two neighbouring units; whole seconds. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  if (total === 0) return `0${nbsp}s`;
  const first = steps.findIndex((step) => total >= step.seconds);
  const parts: string[] = [];
  let rest = total;
  for (const step of steps.slice(first, first + 2)) {
    const count = Math.floor(rest / step.seconds);
    rest -= count * step.seconds;
    if (count > 0) parts.push(`${count}${nbsp}${count === 1 ? step.one : step.many}`);
  }
  return parts.join(" ");
}

/** How long something took: 17 → "17 ms", 85679 → "1 min 26 s". Whole milliseconds below ten seconds, whole seconds above. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds >= 10_000) return formatDuration(milliseconds / 1_000);
  return `${formatCount(Math.round(milliseconds))} ms`;
}

/** One unit only, rounded down: 61 → "1 min", 90000 → "1 day". For "… ago" and "in …". */
export function formatDurationShort(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  const step = steps.find((candidate) => total >= candidate.seconds) ?? steps[3];
  const count = Math.floor(total / step.seconds);
  return `${count}${nbsp}${count === 1 ? step.one : step.many}`;
}

/** Seconds as the nearest whole number of their largest unit: 604798 → 604800. What is to come reads as it was set, a moment later too. */
export function toNearestUnit(seconds: number): number {
  const step = steps.find((candidate) => seconds >= candidate.seconds) ?? steps[3];
  return Math.round(seconds / step.seconds) * step.seconds;
}
