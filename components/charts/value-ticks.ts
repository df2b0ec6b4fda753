const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Five round ticks from 0, the last at or above `top`. Counts have no fractions, so the smallest step is 1. */
export function valueTicks(top: number): number[] {
  const need = Math.max(top, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(need, 1)));
  const step = steps.map((one) => one * power).find((one) => one >= need && Number.isInteger(one)) ?? 10 * power;
  return [0, 1, 2, 3, 4].map((n) => n * step);
}
