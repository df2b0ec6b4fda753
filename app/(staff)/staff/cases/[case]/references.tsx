"use client"; // Keeps what is typed on error.

import { X } from "lucide-react";
import { useRef } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { addReferenceAction, removeReferenceAction } from "../actions.ts";

export function AddReference({ caseId }: { caseId: string }) {
  const form = useRef<HTMLFormElement>(null);
  const add = useActionForm(addReferenceAction, { done: "Linked", onDone: () => form.current?.reset() });
  const { field } = add;
  return (
    <PostForm ref={form} sends={add} className="mt-2 flex flex-wrap items-start gap-2">
      <input type="hidden" name="caseId" value={caseId} />
      <Field name="label" label="Ticket" className="w-32" {...field("label")}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field name="url" label="Address" optional className="min-w-40 flex-1" {...field("url")}>
        {(control) => <Input {...control} type="url" autoComplete="off" placeholder="https://" />}
      </Field>
      <Button type="submit" className="sm:mt-6" pending={add.pending}>
        Link
      </Button>
      <div role="alert">{add.message ? <FieldError id="reference-error">{add.message}</FieldError> : null}</div>
    </PostForm>
  );
}

export function RemoveReference({ referenceId, label }: { referenceId: string; label: string }) {
  const remove = useActionForm(removeReferenceAction, { done: "Removed" });
  return (
    <PostForm sends={remove}>
      <input type="hidden" name="referenceId" value={referenceId} />
      <Button type="submit" size="sm" variant="ghost" pending={remove.pending} aria-label={`Remove the link ${label}`}>
        <X aria-hidden />
      </Button>
    </PostForm>
  );
}
