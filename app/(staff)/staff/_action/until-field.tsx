"use client"; // Reads a local time and sends an instant.

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { viewerZone } from "#components/ui/viewer-zone.ts";
import { defaultSuspensionMs } from "#core/rules/standing/enforcement.ts";
import * as format from "#words/format.ts";

/** What is chosen first: the length of a suspension that nobody thought about. */
export const usualHours = String(defaultSuspensionMs / 3_600_000);

const hourMs = 3_600_000;
const lengths = [
  { value: "1", label: "1 hour" },
  { value: "6", label: "6 hours" },
  { value: "24", label: "24 hours" },
  { value: usualHours, label: `${usualHours} hours` },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
  { value: "2160", label: "90 days" },
  { value: "date", label: "A date and time …" },
];

export type Until = { choice: string; local: string };

type UntilFieldProps = {
  value: Until;
  onChange: (value: Until) => void;
  startsAtMs: number;
  /** Time served under what is replaced; a length is shortened by it. */
  servedMs: number;
  mayBeForGood: boolean;
  error?: string;
};

/** When a measure ends: a length, a date in the viewer's zone, or never. Sends `durationHours`, `endsAt` in UTC, or `forGood`. */
export function UntilField({ value, onChange, startsAtMs, servedMs, mayBeForGood, error }: UntilFieldProps) {
  const hydrated = useHydrated();
  const endsAtMs = endOfChoice(value, startsAtMs, servedMs);
  // Until the browser has told its zone, UTC stands in its place: a line that came later would push the form down.
  const until = endsAtMs === null ? "" : format.bothZones(new Date(endsAtMs), hydrated ? viewerZone() : "UTC");
  const credited = servedMs > 0 && value.choice !== "date" ? `, ${Math.round(servedMs / hourMs)} h already served` : "";
  const isForGood = value.choice === "good";
  const options = mayBeForGood ? [...lengths, { value: "good", label: "For good" }] : lengths;
  const hasDate = value.choice === "date" && endsAtMs !== null;
  return (
    <div className="flex flex-col gap-2">
      <Field
        name="_until"
        label="Until"
        help={isForGood ? "No end. A lead or an admin can lift it." : `${until}${credited}`}
        {...(error ? { error } : {})}
      >
        {(control) => (
          <Select
            {...control}
            value={value.choice}
            onChange={(event) => onChange({ ...value, choice: event.target.value })}
            options={options}
          />
        )}
      </Field>
      {value.choice === "date" ? (
        <Field name="_localEnd" label="Date and time (your time zone)">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={value.local}
              onChange={(event) => onChange({ ...value, local: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {hasDate ? <input type="hidden" name="endsAt" value={new Date(endsAtMs).toISOString()} /> : null}
      {isForGood ? <input type="hidden" name="forGood" value="true" /> : null}
      {!isForGood && value.choice !== "date" ? <input type="hidden" name="durationHours" value={value.choice} /> : null}
    </div>
  );
}

/** Epoch milliseconds; null = no end, or no date typed yet. */
export function endOfChoice({ choice, local }: Until, startsAtMs: number, servedMs: number): number | null {
  if (choice === "good") return null;
  if (choice !== "date") return startsAtMs + Number(choice) * hourMs - servedMs;
  const typed = new Date(local).getTime();
  return Number.isNaN(typed) ? null : typed;
}
