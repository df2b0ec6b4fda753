"use client"; // Says in place that the message is on its way.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { requestSignInLinkAction } from "./actions.ts";

export function LinkForm() {
  const ask = useActionForm(requestSignInLinkAction);
  if (ask.isDone) {
    return (
      <p role="status">
        If this address can sign in here, a link is on its way. Open it in this browser within 10 minutes; it works
        once. Check your spam folder too.
      </p>
    );
  }
  return (
    <PostForm sends={ask} className="flex flex-col gap-4">
      <Field name="email" label="E-mail address" required {...ask.field("email")}>
        {(control) => <Input {...control} type="email" autoComplete="username" autoFocus />}
      </Field>
      <div role="alert">{ask.message ? <FieldError id="link-error">{ask.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={ask.pending}>
        Send link
      </Button>
    </PostForm>
  );
}
