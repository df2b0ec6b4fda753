"use client"; // A preset or a date.

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";

export type Expiry = { preset: string; date: string };

const presetDays: Record<string, number> = { "30": 30, "90": 90, "365": 365 };
const dayMs = 86_400_000;

/** When a token with this choice ends; null = never, or no date chosen yet. */
export function expiryAt({ preset, date }: Expiry, nowMs: number): Date | null {
  const days = presetDays[preset];
  if (days !== undefined) return new Date(nowMs + days * dayMs);
  if (preset !== "date" || date === "") return null;
  // The last second of that UTC day.
  const end = new Date(`${date}T23:59:59Z`);
  return Number.isNaN(end.getTime()) ? null : end;
}

type ExpiryFieldProps = { value: Expiry; onChange: (value: Expiry) => void; nowMs: number; error?: string };

export function ExpiryField({ value, onChange, nowMs, error }: ExpiryFieldProps) {
  const tomorrow = new Date(nowMs + dayMs).toISOString().slice(0, 10);
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        name="_expiry"
        legend="Expires"
        value={value.preset}
        onValueChange={(preset) => onChange({ ...value, preset })}
        options={[
          { value: "30", label: "30 days" },
          { value: "90", label: "90 days" },
          { value: "365", label: "1 year" },
          { value: "date", label: "On a date" },
          { value: "never", label: "Never" },
        ]}
      />
      {value.preset === "date" ? (
        <Field name="_date" label="Last day" help="It works to the end of that day, UTC." error={error} required>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={tomorrow}
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
        <p className="text-sm text-ink-2">A token that leaks works until somebody revokes it.</p>
      ) : null}
    </div>
  );
}
