"use client"; // Reads a local time and sends an instant.

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { formatBothZones, viewerZone } from "#components/ui/format-time.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { defaultSuspensionMs } from "#core/rules/enforcement.ts";

const hourMs = 3_600_000;
const choices = [
  { value: "24", label: "24 hours" },
  { value: "72", label: "72 hours" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
  { value: "date", label: "A date and time …" },
  { value: "good", label: "For good" },
];

/** When a suspension ends: a length, a date in the viewer's zone, or never. Sends `endsAt` in UTC, or `forGood`. */
export function UntilField({ nowMs, error }: { nowMs: number; error?: string }) {
  const [choice, setChoice] = useState(String(defaultSuspensionMs / hourMs));
  const [local, setLocal] = useState("");
  const hydrated = useHydrated();
  const chosen = choice === "date" ? new Date(local) : new Date(nowMs + Number(choice) * hourMs);
  const endsAt = choice === "good" || Number.isNaN(chosen.getTime()) ? null : chosen;
  const until = endsAt && hydrated ? formatBothZones(endsAt, viewerZone()) : "";
  const help = choice === "good" ? "No end; it needs the approval of a second person." : until;
  return (
    <div className="flex flex-col gap-2">
      <Field name="_until" label="Until" help={help} {...(error ? { error } : {})}>
        {(control) => (
          <Select {...control} value={choice} onChange={(event) => setChoice(event.target.value)} options={choices} />
        )}
      </Field>
      {choice === "date" ? (
        <Field name="_localEnd" label="Date and time, in your zone">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={local}
              onChange={(event) => setLocal(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {endsAt ? <input type="hidden" name="endsAt" value={endsAt.toISOString()} /> : null}
      {choice === "good" ? <input type="hidden" name="forGood" value="true" /> : null}
    </div>
  );
}
