"use client"; // The form follows what is chosen in it.

import { useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import { publicTextOf, reasons } from "#core/rules/reasons.ts";
import { type ReasonCode, reasonCodes } from "#core/rules/vocabulary.ts";
import { suspendAccountAction } from "../actions.ts";
import { type Preview, SuspensionPreview } from "./suspension-preview.tsx";
import { UntilField } from "./until-field.tsx";

type SuspendFormProps = {
  accountId: string;
  accountName: string;
  caseId?: string;
  isSuspended: boolean;
  /** The flag that matters most, for the proposed reason and text. */
  flag: { detector: string; summary: string } | null;
  preview: Preview;
  nowMs: number;
};

/** Suspend, beside its evidence: what, until when, why, what the owner reads, and what it stops in numbers. */
export function SuspendForm({ accountId, accountName, caseId, isSuspended, flag, preview, nowMs }: SuspendFormProps) {
  const firstReason = reasonCodes.find((code) => code === flag?.detector) ?? "rate_excess";
  const [reason, setReason] = useState<ReasonCode>(firstReason);
  const [publicText, setPublicText] = useState(() => publicTextOf(firstReason, flag?.summary ?? "see the evidence"));
  const [notice, setNotice] = useState("now");
  const [version, setVersion] = useState(0);
  const form = useActionForm(suspendAccountAction, {
    onDone: ({ state, why }) => {
      setVersion(version + 1);
      if (state === "applying") toast.success(`${accountName} is suspended. The gates confirm beside the action.`);
      else toast.info(`Proposed. ${why}`);
    },
  });
  const error = (field: string) => (form.errors[field] ? { error: form.errors[field] } : {});
  const choose = (code: string) => {
    const chosen = reasonCodes.find((one) => one === code) ?? "other";
    setReason(chosen);
    setPublicText(publicTextOf(chosen, flag?.summary ?? "see the evidence"));
  };
  if (isSuspended) {
    return (
      <section aria-labelledby="act">
        <h2 id="act" className="text-lg font-semibold">
          Suspended
        </h2>
        <p className="text-ink-2">
          The whole account is suspended or waits for approval. Lift or cancel that first; it stands under Actions.
        </p>
      </section>
    );
  }
  return (
    <section aria-labelledby="act">
      <h2 id="act" className="text-lg font-semibold">
        Suspend
      </h2>
      <p className="mb-4 text-ink-2">
        From the next request on, at every gate. It touches no token, so lifting it restores everything.
      </p>
      <form key={version} onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <input type="hidden" name="accountId" value={accountId} />
        {caseId ? <input type="hidden" name="caseId" value={caseId} /> : null}
        <Field name="surface" label="Scope" {...error("surface")}>
          {(control) => (
            <Select
              {...control}
              data-key="suspend"
              options={[
                { value: "", label: "Whole account" },
                { value: "http", label: "HTTP only" },
                { value: "smtp", label: "SMTP only" },
                { value: "inbound", label: "Inbound only" },
              ]}
            />
          )}
        </Field>
        <UntilField nowMs={nowMs} {...error("endsAt")} />
        <Field
          name="reasonCode"
          label="Reason"
          help={`Policy clause ${reasons[reason].clause}`}
          {...error("reasonCode")}
        >
          {(control) => (
            <Select
              {...control}
              value={reason}
              onChange={(event) => choose(event.target.value)}
              options={reasonCodes.map((value) => ({ value, label: reasons[value].title }))}
            />
          )}
        </Field>
        <Field name="publicText" label="What the owner reads" {...error("publicText")}>
          {(control) => (
            <Textarea
              {...control}
              rows={5}
              value={publicText}
              onChange={(event) => setPublicText(event.target.value)}
            />
          )}
        </Field>
        <Field name="internalNote" label="Note for colleagues" {...error("internalNote")}>
          {(control) => <Textarea {...control} rows={2} />}
        </Field>
        <Segmented
          name="_notice"
          legend="Notice"
          value={notice}
          onValueChange={setNotice}
          options={[
            { value: "now", label: "Send now" },
            { value: "silent", label: "Silent, with a clock" },
          ]}
        />
        {notice === "silent" ? (
          <Field
            name="silentHours"
            label="Tell the owner after"
            help="Until then the gate gives the code but no reason. More than 24 hours needs a second person."
            {...error("silentHours")}
          >
            {(control) => (
              <Select
                {...control}
                options={[
                  { value: "12", label: "12 hours" },
                  { value: "24", label: "24 hours" },
                  { value: "72", label: "72 hours" },
                ]}
              />
            )}
          </Field>
        ) : null}
        <SuspensionPreview preview={preview} />
        <div role="alert">{form.message ? <FieldError id="suspend-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant="danger" pending={form.pending}>
          Suspend {accountName}
        </Button>
      </form>
    </section>
  );
}
