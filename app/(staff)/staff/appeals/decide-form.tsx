"use client"; // Keeps what is typed on error.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { decideAppealAction, takeAppealAction } from "./actions.ts";

const decisions = [
  { value: "rejected", label: "Reject: the action stands" },
  { value: "partly_granted", label: "Grant in part: the action ends now and still counts as a strike" },
  { value: "granted", label: "Grant: the action was wrong and no longer counts" },
];

export function DecideForm({ appealId, version }: { appealId: string; version: number }) {
  const decide = useActionForm(decideAppealAction, { done: "Decided. The owner is notified." });
  const { field } = decide;
  return (
    <PostForm sends={decide} className="flex flex-col gap-3 border-line border-t pt-4">
      <input type="hidden" name="appealId" value={appealId} />
      <input type="hidden" name="version" value={version} />
      <Field
        name="decision"
        label="Decision"
        help="Granting marks the flags as wrong, which lowers the detector's precision, and starts counting over."
        {...field("decision")}
      >
        {(control) => <Select {...control} options={decisions} className="max-w-lg" />}
      </Field>
      <Field name="text" label="Text for the owner" {...field("text")}>
        {(control) => <Textarea {...control} rows={4} />}
      </Field>
      <div role="alert">{decide.message ? <FieldError id={`d-${appealId}`}>{decide.message}</FieldError> : null}</div>
      <div>
        <Button type="submit" variant="primary" pending={decide.pending}>
          Decide appeal
        </Button>
      </div>
    </PostForm>
  );
}

export function TakeAppeal({ appealId }: { appealId: string }) {
  const take = useActionForm(takeAppealAction, { done: "Appeal assigned to you" });
  return (
    <PostForm sends={take}>
      <input type="hidden" name="appealId" value={appealId} />
      <Button type="submit" size="sm" pending={take.pending}>
        Take appeal
      </Button>
      <span role="alert">{take.message ? <FieldError id={`t-${appealId}`}>{take.message}</FieldError> : null}</span>
    </PostForm>
  );
}
