"use client"; // A sheet with a form that keeps what is typed on error.

import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { DetectorRow } from "#core/detection/list-detectors.ts";
import { detectorModes } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import { draftDetectorAction, publishDetectorAction } from "./actions.ts";

type DetectorFormProps = { detector: DetectorRow; mayDraft: boolean; mayPublish: boolean };

const modes = detectorModes.map((value) => {
  const { label, meaning } = deskWords.detectorModes[value];
  return { value, label: meaning ? `${label}: ${meaning}` : label };
});

/** Thresholds as a form over data, the draft beside what is in force, and every setting so far. */
export function DetectorForm({ detector, mayDraft, mayPublish }: DetectorFormProps) {
  const [isOpen, setOpen] = useState(false);
  const draft = useActionForm(draftDetectorAction, {
    done: "Draft saved. A lead publishes it.",
    onDone: () => setOpen(false),
  });
  const publish = useActionForm(publishDetectorAction, { done: "Published. Takes effect on its next run." });
  const base = detector.draft ?? { mode: detector.mode, thresholds: detector.thresholds };
  const keys = Object.keys(detector.defaults);
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" aria-label={`Settings of ${detector.title}`}>
          Settings
        </Button>
      }
      title={detector.title}
      description={detector.meaning}
      size="lg"
    >
      <div className="flex flex-col gap-6">
        {detector.draft && mayPublish ? (
          <PostForm sends={publish} className="flex flex-wrap items-center gap-3 rounded-md bg-sunk p-3">
            <input type="hidden" name="detector" value={detector.id} />
            <input type="hidden" name="number" value={detector.draft.number} />
            <span className="min-w-0 flex-1">
              Draft {detector.draft.number}: {differences(detector)}. {detector.draft.note}
            </span>
            <Button type="submit" variant="primary" pending={publish.pending}>
              Publish
            </Button>
            <span role="alert">
              {publish.message ? <FieldError id="publish-error">{publish.message}</FieldError> : null}
            </span>
          </PostForm>
        ) : null}
        <PostForm sends={draft} className="flex flex-col gap-4">
          <input type="hidden" name="detector" value={detector.id} />
          <Field name="mode" label="State">
            {(control) => <Select defaultValue={base.mode} {...control} options={modes} disabled={!mayDraft} />}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            {keys.map((key) => (
              <Field
                key={key}
                name="values[]"
                label={deskWords.threshold(key)}
                help={`Current: ${detector.thresholds[key]}, default: ${detector.defaults[key]}`}
              >
                {(control) => (
                  <>
                    <input type="hidden" name="keys[]" value={key} />
                    <Input
                      defaultValue={base.thresholds[key] ?? detector.defaults[key]}
                      {...control}
                      type="number"
                      step="any"
                      min={0}
                      required
                      disabled={!mayDraft}
                    />
                  </>
                )}
              </Field>
            ))}
          </div>
          <Field name="note" label="Reason" {...draft.field("note")}>
            {(control) => <Input {...control} autoComplete="off" maxLength={500} disabled={!mayDraft} />}
          </Field>
          <div role="alert">{draft.message ? <FieldError id="draft-error">{draft.message}</FieldError> : null}</div>
          {mayDraft ? (
            <Button type="submit" pending={draft.pending}>
              Save draft
            </Button>
          ) : (
            <p className="text-ink-2">Only a reviewer, a lead or an admin can change it.</p>
          )}
        </PostForm>
        {detector.settings.length > 0 ? (
          <section aria-label="Past settings">
            <h3 className="font-semibold">Past settings</h3>
            <ul className="text-sm">
              {detector.settings.map((one) => (
                <li key={one.number} className="border-line py-1.5 not-first:border-t">
                  {one.number}: {deskWords.detectorModes[one.mode].label}. {one.note} {one.byName ?? "Gatehouse"},{" "}
                  <ZonedTime at={new Date(one.createdAt).toISOString()} />
                  {one.publishedAt ? "" : ", draft"}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Sheet>
  );
}

function differences({ draft, thresholds, mode }: DetectorRow): string {
  if (!draft) return "";
  const changed = Object.entries(draft.thresholds)
    .filter(([key, value]) => thresholds[key] !== value)
    .map(([key, value]) => `${deskWords.threshold(key)} ${thresholds[key]} → ${value}`);
  if (draft.mode !== mode)
    changed.unshift(`${deskWords.detectorModes[mode].label} → ${deskWords.detectorModes[draft.mode].label}`);
  return changed.length === 0 ? "no changes" : changed.join(", ");
}
