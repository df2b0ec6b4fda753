"use client"; // Shows the clock only when the owner is not told at once.

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";

type NoticeFieldsProps = {
  silentHours: number | null;
  onSilentHours: (hours: number | null) => void;
  error: (field: string) => { error?: string };
};

/** Whether the owner is told now, or when a clock runs out. */
export function NoticeFields({ silentHours, onSilentHours, error }: NoticeFieldsProps) {
  return (
    <>
      <Segmented
        name="_notice"
        legend="Notice"
        value={silentHours === null ? "now" : "silent"}
        onValueChange={(value) => onSilentHours(value === "now" ? null : 24)}
        options={[
          { value: "now", label: "Send now" },
          { value: "silent", label: "Silent for now" },
        ]}
      />
      {silentHours === null ? null : (
        <>
          <Field
            name="silentHours"
            label="Notify the owner after"
            help="Until then the gate gives the code but no reason. More than 24 hours needs a second person."
            {...error("silentHours")}
          >
            {(control) => (
              <Select
                {...control}
                value={String(silentHours)}
                onChange={(event) => onSilentHours(Number(event.target.value))}
                options={[
                  { value: "12", label: "12 hours" },
                  { value: "24", label: "24 hours" },
                  { value: "72", label: "72 hours" },
                ]}
              />
            )}
          </Field>
          <Field name="silenceReason" label="Reason for silence" {...error("silenceReason")}>
            {(control) => <Input {...control} autoComplete="off" maxLength={1_000} />}
          </Field>
        </>
      )}
    </>
  );
}

/** When it takes effect: on the next request, or at a time ahead. Sends `effectiveAt` in UTC. */
export function StartField({
  isSilent,
  onStart,
  error,
}: {
  isSilent: boolean;
  onStart: (atMs: number | null) => void;
  error: (field: string) => { error?: string };
}) {
  const [isLater, setLater] = useState(false);
  const [local, setLocal] = useState("");
  const at = new Date(local);
  const effectiveAt = isLater && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
  return (
    <>
      <Segmented
        name="_start"
        legend="Starts"
        value={isLater ? "later" : "now"}
        onValueChange={(value) => {
          setLater(value === "later");
          if (value === "now") onStart(null);
        }}
        options={[
          { value: "now", label: "Next request" },
          { value: "later", label: "At a set time" },
        ]}
      />
      {isLater ? (
        <Field
          name="_localStart"
          label="Start (your time zone)"
          help={`Until then it can be cancelled. ${isSilent ? "The owner is notified when the silence below ends." : "The owner is notified now."}`}
          {...error("effectiveAt")}
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              required
              value={local}
              onChange={(event) => {
                setLocal(event.target.value);
                const typed = new Date(event.target.value).getTime();
                onStart(Number.isNaN(typed) ? null : typed);
              }}
            />
          )}
        </Field>
      ) : null}
      {effectiveAt ? <input type="hidden" name="effectiveAt" value={effectiveAt} /> : null}
    </>
  );
}
