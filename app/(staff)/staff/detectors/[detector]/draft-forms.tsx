"use client"; // Forms that keep what is typed on error.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { DetectorMode } from "#core/rules/vocabulary.ts";
import { draftDetectorAction, publishDetectorAction, restoreDetectorAction } from "../actions.ts";

type SaveDraftProps = { detectorId: string; mode: DetectorMode; keys: string[]; values: string[] };

/** Saves the very setting whose consequences are shown above it. */
export function SaveDraft({ detectorId, mode, keys, values }: SaveDraftProps) {
  const draft = useActionForm(draftDetectorAction, { done: "Draft saved. A lead publishes it." });
  return (
    <PostForm sends={draft} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="detector" value={detectorId} />
      <input type="hidden" name="mode" value={mode} />
      {keys.map((key, index) => (
        <span key={key}>
          <input type="hidden" name="keys[]" value={key} />
          <input type="hidden" name="values[]" value={values[index]} />
        </span>
      ))}
      <Field name="note" label="Reason" className="min-w-64 flex-1" {...draft.field("note")}>
        {(control) => <Input {...control} autoComplete="off" maxLength={500} />}
      </Field>
      <Button type="submit" pending={draft.pending}>
        Save draft
      </Button>
      <div role="alert">{draft.message ? <FieldError id="draft-error">{draft.message}</FieldError> : null}</div>
    </PostForm>
  );
}

/** Lets a detector that fell into shadow flag again. */
export function RestoreDetector({ detectorId }: { detectorId: string }) {
  const restore = useActionForm(restoreDetectorAction, { done: "It flags again, from its next run." });
  return (
    <PostForm sends={restore} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="detector" value={detectorId} />
      <Field name="reason" label="Reason to put it back" className="min-w-64 flex-1" {...restore.field("reason")}>
        {(control) => <Input {...control} autoComplete="off" maxLength={500} />}
      </Field>
      <Button type="submit" pending={restore.pending}>
        Put it back
      </Button>
      <div role="alert">{restore.message ? <FieldError id="restore-error">{restore.message}</FieldError> : null}</div>
    </PostForm>
  );
}

type PublishDraftProps = { detectorId: string; number: number };

/** Puts the newest draft in force. */
export function PublishDraft({ detectorId, number }: PublishDraftProps) {
  const publish = useActionForm(publishDetectorAction, { done: "Published. Takes effect on its next run." });
  return (
    <PostForm sends={publish} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="detector" value={detectorId} />
      <input type="hidden" name="number" value={number} />
      <Button type="submit" variant="primary" pending={publish.pending}>
        Publish
      </Button>
      <div role="alert">{publish.message ? <FieldError id="publish-error">{publish.message}</FieldError> : null}</div>
    </PostForm>
  );
}
