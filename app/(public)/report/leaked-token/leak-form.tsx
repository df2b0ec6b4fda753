"use client"; // Keeps what was typed, and thanks when it was taken.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { reportLeakAction } from "./actions.ts";

export function LeakForm() {
  const form = useActionForm(reportLeakAction);
  if (form.isDone) {
    return (
      <Banner meaning="good" title="Thank you." live>
        If it is one of ours, it no longer works and its owner is being notified where it was found.
      </Banner>
    );
  }
  return (
    <PostForm sends={form} className="flex flex-col gap-4" aria-label="Report a leaked token">
      <Field
        name="token"
        label="The token"
        help="The full token, as you found it. It is not stored."
        {...form.field("token")}
      >
        {(control) => (
          <Input {...control} required maxLength={512} autoComplete="off" spellCheck={false} className="font-mono" />
        )}
      </Field>
      <Field
        name="url"
        label="Where you found it"
        optional
        help="The web address, so that its owner can remove it."
        {...form.field("url")}
      >
        {(control) => <Input {...control} type="url" maxLength={2000} placeholder="https://" />}
      </Field>
      <div role="alert">{form.message ? <FieldError id="leak-error">{form.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" pending={form.pending}>
        Report and stop the token
      </Button>
    </PostForm>
  );
}
