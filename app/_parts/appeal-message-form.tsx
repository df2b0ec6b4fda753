"use client"; // Keeps what is typed when it could not be sent.

import { useRef } from "react";
import type { Action } from "#app/_lib/action.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useActionForm } from "./use-action-form.ts";

type AppealMessageFormProps = {
  action: Action;
  appealId: string;
  label: string;
  help?: string;
  /** Slug of the account, for a member. */
  account?: string;
};

/** Writes into an appeal, from either side. */
export function AppealMessageForm({ action, appealId, label, help, account }: AppealMessageFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const message = useActionForm(action, { done: "Sent", onDone: () => form.current?.reset() });
  return (
    <PostForm ref={form} sends={message} className="flex flex-col gap-2">
      {account ? <input type="hidden" name="account" value={account} /> : null}
      <input type="hidden" name="appealId" value={appealId} />
      <Field name="text" label={label} {...(help ? { help } : {})} {...message.field("text")}>
        {(control) => <Textarea {...control} rows={3} />}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" size="sm" pending={message.pending}>
          Send
        </Button>
        <div role="alert">
          {message.message ? <FieldError id={`m-${appealId}`}>{message.message}</FieldError> : null}
        </div>
      </div>
    </PostForm>
  );
}
