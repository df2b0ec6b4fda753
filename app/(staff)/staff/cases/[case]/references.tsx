"use client"; // Keeps what is typed on error.

import { X } from "lucide-react";
import { useRef } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { addReferenceAction, removeReferenceAction } from "../actions.ts";

export function AddReference({ caseId }: { caseId: string }) {
  const form = useRef<HTMLFormElement>(null);
  const add = useActionForm(addReferenceAction, { done: "Linked", onDone: () => form.current?.reset() });
  const error = (field: string) => (add.errors[field] ? { error: add.errors[field] } : {});
  return (
    <form ref={form} onSubmit={add.onSubmit} className="mt-2 flex flex-wrap items-start gap-2">
      <input type="hidden" name="caseId" value={caseId} />
      <Field name="label" label="Ticket" className="w-32" {...error("label")}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field name="url" label="Address" optional className="min-w-40 flex-1" {...error("url")}>
        {(control) => <Input {...control} type="url" autoComplete="off" placeholder="https://" />}
      </Field>
      <Button type="submit" className="sm:mt-6" pending={add.pending}>
        Link
      </Button>
      <div role="alert">{add.message ? <FieldError id="reference-error">{add.message}</FieldError> : null}</div>
    </form>
  );
}

export function RemoveReference({ referenceId, label }: { referenceId: string; label: string }) {
  const remove = useActionForm(removeReferenceAction, { done: "Removed" });
  return (
    <form onSubmit={remove.onSubmit}>
      <input type="hidden" name="referenceId" value={referenceId} />
      <Button type="submit" size="sm" variant="ghost" pending={remove.pending} aria-label={`Remove the link ${label}`}>
        <X aria-hidden />
      </Button>
    </form>
  );
}
