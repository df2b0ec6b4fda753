"use client"; // A preset or a date.

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { latestExpiry } from "#core/rules/tokens/token-expiry.ts";
import * as format from "#words/format.ts";

/** `keep` leaves the end of an existing token as it is. */
export type Expiry = { preset: string; date: string };

const presetDays = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
];
const dayMs = 86_400_000;

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

type ExpiryFieldProps = {
  value: Expiry;
  onChange: (value: Expiry) => void;
  nowMs: number;
  maxDays: number | null;
  /** Of a token that exists: its end now, null = never. */
  kept?: Date | null;
  error?: string;
};

export function ExpiryField({ value, onChange, nowMs, maxDays, kept, error }: ExpiryFieldProps) {
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const latest = latestExpiry(nowMs, maxDays);
  const options = [
    ...(kept === undefined ? [] : [{ value: "keep", label: kept ? format.utc(kept, "date") : "Never, as now" }]),
    ...presetDays.filter((one) => maxDays === null || Number(one.value) <= maxDays),
    { value: "date", label: "On a date" },
    ...(maxDays === null && kept !== null ? [{ value: "never", label: "Never" }] : []),
  ];
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        name="_expiry"
        legend="Expires"
        value={value.preset}
        onValueChange={(preset) => onChange({ ...value, preset })}
        options={options}
      />
      {value.preset === "date" ? (
        <Field name="_date" label="Last day" help="It works until the end of that day, UTC." error={error} required>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={dayOf(nowMs + dayMs)}
              {...(latest ? { max: dayOf(latest.getTime()) } : {})}
              className="w-44"
              value={value.date}
              onChange={(event) => onChange({ ...value, date: event.target.value })}
            />
          )}
        </Field>
      ) : error ? (
        <p className="text-sm text-danger">{error}</p>
      ) : null}
      {value.preset === "never" ? (
        <p className="text-sm text-ink-2">A leaked token works until someone revokes it.</p>
      ) : null}
      {maxDays !== null ? (
        <p className="text-sm text-ink-3">Tokens of this provider live {maxDays} days at most.</p>
      ) : null}
    </div>
  );
}
