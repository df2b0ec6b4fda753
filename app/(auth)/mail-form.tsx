"use client"; // Says in place that the message is on its way.

import type { ReactNode } from "react";
import type { Action } from "#app/_lib/action.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type MailFormProps = {
  action: Action<unknown>;
  errorId: string;
  done: ReactNode;
  /** Where the link that is mailed leads on to. */
  next?: string;
};

/** Takes an e-mail address to which a link goes, and then says `done` in the place of the form, whoever has the address. */
export function MailForm({ action, errorId, done, next }: MailFormProps) {
  const ask = useActionForm(action);
  if (ask.isDone) return <p role="status">{done}</p>;
  return (
    <PostForm sends={ask} className="flex flex-col gap-4">
      {next === undefined ? null : <input type="hidden" name="_next" value={next} />}
      <Field name="email" label="E-mail address" required {...ask.field("email")}>
        {(control) => <Input {...control} type="email" autoComplete="username" autoFocus />}
      </Field>
      <div role="alert">{ask.message ? <FieldError id={errorId}>{ask.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={ask.pending}>
        Send link
      </Button>
    </PostForm>
  );
}
