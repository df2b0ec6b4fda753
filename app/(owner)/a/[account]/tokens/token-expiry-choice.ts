/** `keep` leaves the end of an existing token as it is. */
export type Expiry = { preset: string; date: string };

export const presetDays = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
];
export const dayMs = 86_400_000;

/** When a token with this choice ends; null = never, or no date chosen yet. `kept` is the end it has now. */
export function expiryAt({ preset, date }: Expiry, nowMs: number, kept: Date | null = null): Date | null {
  if (preset === "keep") return kept;
  if (presetDays.some((one) => one.value === preset)) return new Date(nowMs + Number(preset) * dayMs);
  if (preset !== "date" || date === "") return null;
  // The last second of that UTC day.
  const end = new Date(`${date}T23:59:59Z`);
  return Number.isNaN(end.getTime()) ? null : end;
}

/** The preset a new token starts with: 90 days, or as long as the provider allows. */
export function firstPreset(maxDays: number | null): string {
  const longest = presetDays.filter((one) => maxDays === null || Number(one.value) <= maxDays);
  return longest.some((one) => one.value === "90") ? "90" : (longest.at(-1)?.value ?? "date");
}
