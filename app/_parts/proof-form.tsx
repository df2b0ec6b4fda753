"use client"; // Goes on by itself once the password was right.

import type { ReactNode } from "react";
import { proveAgainAction } from "#app/(owner)/me/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import * as words from "#words/words.ts";
import { PostForm } from "./post-form.tsx";
import { useActionForm } from "./use-action-form.ts";

type ProofFormProps = {
  onProven: () => void;
  /** Where a browser without script goes on to. */
  next?: string;
  /** Buttons beside the one that confirms. */
  children?: ReactNode;
};

/** Takes the person's password again. */
export function ProofForm({ onProven, next, children }: ProofFormProps) {
  const prove = useActionForm(proveAgainAction, { onDone: (answer) => (answer.ok ? onProven() : undefined) });
  const refused = prove.refusal ? words.passwordRefused(prove.refusal) : "";
  const error = prove.errors.password ?? (prove.message || refused);
  return (
    <PostForm sends={prove} className="flex flex-col gap-4">
      {next ? <input type="hidden" name="_next" value={next} /> : null}
      <Field name="password" label="Your password" required {...(error ? { error } : {})}>
        {(control) => <Input {...control} type="password" autoComplete="current-password" autoFocus />}
      </Field>
      <div className="flex justify-end gap-2">
        {children}
        <Button type="submit" variant="primary" pending={prove.pending}>
          Confirm
        </Button>
      </div>
    </PostForm>
  );
}
