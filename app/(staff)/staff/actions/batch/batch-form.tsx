"use client"; // The form follows what is chosen in it, and shows whom it reaches before it is sent.

import { useRef, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import type { BatchPreview } from "#core/enforcement/preview-batch.ts";
import { reasons } from "#core/rules/standing/reasons.ts";
import * as deskWords from "#words/desk.ts";
import { surfaceOptions, throttleFactors } from "../../_action/action-scopes.ts";
import { NoticeFields, StartField } from "../../_action/notice-fields.tsx";
import { ReasonFields, useReason } from "../../_action/reason-fields.tsx";
import { type Until, UntilField, usualHours } from "../../_action/until-field.tsx";
import { imposeBatchAction, previewBatchAction } from "./actions.ts";
import { PreviewPanel } from "./preview-panel.tsx";

const types = ["notice", "throttle", "suspension", "termination"] as const;
const previewed = ["type", "surface", "endsAt", "durationHours", "forGood", "silentHours", "accountIds[]"];

type BatchFormProps = { accountIds: readonly string[]; nowMs: number };

/** One action for many: what, until when, why and what the owners read; then whom it reaches; then the act. */
export function BatchForm({ accountIds, nowMs }: BatchFormProps) {
  const [type, setType] = useState<(typeof types)[number]>("suspension");
  const reason = useReason("rate_excess", () => null);
  const [until, setUntil] = useState<Until>({ choice: usualHours, local: "" });
  const [silentHours, setSilentHours] = useState<number | null>(null);
  const [startMs, setStartMs] = useState<number | null>(null);
  const [preview, setPreview] = useState<BatchPreview | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const act = useActionForm(imposeBatchAction);
  const look = useActionForm(previewBatchAction, { onDone: setPreview });
  const error = (field: string) => {
    const found = act.errors[field] ?? look.errors[field];
    return found ? { error: found } : {};
  };
  const hasEnd = type === "throttle" || type === "suspension";
  const lookNow = () => {
    if (!form.current) return;
    const all = new FormData(form.current);
    for (const name of new Set(all.keys())) if (!previewed.includes(name)) all.delete(name);
    look.send(all);
  };
  const message = act.message || look.message || act.errors.accountIds || look.errors.accountIds;
  return (
    <PostForm
      ref={form}
      sends={act}
      scriptOnly
      onChange={() => setPreview(null)}
      className="grid items-start gap-4 lg:grid-cols-[minmax(0,28rem)_1fr]"
    >
      {accountIds.map((id) => (
        <input key={id} type="hidden" name="accountIds[]" value={id} />
      ))}
      <input type="hidden" name="type" value={type} />
      <Panel title="Action">
        <div className="flex flex-col gap-4">
          <Segmented
            name="_type"
            legend="Action"
            hideLegend
            value={type}
            onValueChange={(value) => setType(types.find((one) => one === value) ?? "notice")}
            options={types.map((value) => ({ value, label: deskWords.actionChoices[value].label }))}
          />
          <p className="-mt-2 text-sm text-ink-3">{deskWords.actionChoices[type].effect}</p>
          {type === "suspension" ? (
            <Field name="surface" label="Scope" {...error("surface")}>
              {(control) => <Select {...control} options={batchScopes} />}
            </Field>
          ) : null}
          {type === "throttle" ? (
            <Field name="factor" label="Lower limits to" {...error("factor")}>
              {(control) => <Select defaultValue="0.5" {...control} options={throttleFactors} />}
            </Field>
          ) : null}
          {hasEnd ? (
            <UntilField
              value={until.choice === "good" && type === "throttle" ? { ...until, choice: usualHours } : until}
              onChange={setUntil}
              startsAtMs={startMs ?? nowMs}
              servedMs={0}
              mayBeForGood={type === "suspension"}
              {...error("endsAt")}
            />
          ) : null}
          <ReasonFields
            reason={reason}
            help={`Policy clause ${reasons[reason.code].clause}.`}
            textLabel="Text for every owner"
            error={error}
          />
          {type === "notice" ? null : (
            <>
              <StartField isSilent={silentHours !== null} onStart={setStartMs} error={error} />
              <NoticeFields silentHours={silentHours} onSilentHours={setSilentHours} error={error} />
            </>
          )}
        </div>
      </Panel>
      <Panel title="Affected accounts">
        <div className="flex flex-col gap-4">
          {preview ? (
            <PreviewPanel preview={preview} />
          ) : (
            <p className="text-ink-2">
              Nothing has happened yet. First review which accounts are affected, and which are left out and why.
            </p>
          )}
          <div role="alert">{message ? <FieldError id="batch-error">{message}</FieldError> : null}</div>
          <div className="flex flex-wrap gap-2">
            <Button type="button" variant={preview ? "secondary" : "primary"} pending={look.pending} onClick={lookNow}>
              Review affected accounts
            </Button>
            {preview && preview.reached.length > 0 && preview.imposition.may !== "not" ? (
              <Button type="submit" variant={type === "notice" ? "primary" : "danger"} pending={act.pending}>
                {preview.imposition.may === "propose" ? "Propose: " : ""}
                {deskWords.actionChoices[type].verb}{" "}
                {preview.reached.length === 1 ? "1 account" : `${preview.reached.length} accounts`}
              </Button>
            ) : null}
          </div>
        </div>
      </Panel>
    </PostForm>
  );
}

const batchScopes = [{ value: "", label: "Whole account" }, ...surfaceOptions];
