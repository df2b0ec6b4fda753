"use client"; // A preset or a date.

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { latestExpiry } from "#core/rules/tokens/token-expiry.ts";
import * as format from "#words/format.ts";
import { dayMs, type Expiry, presetDays } from "./token-expiry-choice.ts";

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
  // Without script nothing appears at a choice, so it is there from the start.
  const hasScript = useHydrated();
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
      {kept ? <input type="hidden" name="_kept" value={kept.toISOString()} /> : null}
      {value.preset === "date" || !hasScript ? (
        <Field
          name="_date"
          label="Last day"
          help="It works until the end of that day, UTC."
          error={error}
          required={value.preset === "date" && hasScript}
        >
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
