"use client"; // Keeps what is typed while the page renews itself.

import { useRef } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { addNoteAction } from "../actions.ts";

export function AddNote({ caseId }: { caseId: string }) {
  const form = useRef<HTMLFormElement>(null);
  const note = useActionForm(addNoteAction, { done: "Note added", onDone: () => form.current?.reset() });
  return (
    <PostForm ref={form} sends={note} className="mb-3 flex flex-col gap-2">
      <input type="hidden" name="caseId" value={caseId} />
      <Field name="text" label="Note for colleagues" {...note.field("text")}>
        {(control) => <Textarea {...control} rows={2} data-key="note" />}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" size="sm" pending={note.pending}>
          Add note
        </Button>
        <div role="alert">{note.message ? <FieldError id="note-error">{note.message}</FieldError> : null}</div>
      </div>
    </PostForm>
  );
}
