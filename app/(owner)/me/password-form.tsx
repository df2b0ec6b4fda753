"use client"; // Empties itself when it is done.

import { useRef } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.ts";
import * as words from "#words/words.ts";
import { changePasswordAction } from "./actions.ts";

export function PasswordForm({ email }: { email: string }) {
  const form = useRef<HTMLFormElement>(null);
  const change = useActionForm(changePasswordAction, {
    notice: "Password changed. You are signed out everywhere else.",
    onDone: (answer) => {
      if (!answer.ok) return;
      form.current?.reset();
      toast.success(answer.ended === 0 ? "Password changed" : "Password changed. You are signed out everywhere else.");
    },
  });
  const wrong = change.errors.password ?? (change.refusal ? words.passwordRefused(change.refusal) : "");
  return (
    <PostForm ref={form} sends={change} className="flex flex-wrap items-start gap-3">
      <input type="email" name="_email" value={email} autoComplete="username" readOnly hidden />
      <Field
        name="password"
        label="Current password"
        required
        className="w-full sm:w-64"
        {...(wrong ? { error: wrong } : {})}
      >
        {(control) => <Input {...control} type="password" autoComplete="current-password" />}
      </Field>
      <Field
        name="newPassword"
        label="New password"
        help="At least 12 characters; a few words work well."
        required
        className="w-full sm:w-64"
        {...change.field("newPassword")}
      >
        {(control) => <Input {...control} type="password" autoComplete="new-password" />}
      </Field>
      <Button type="submit" pending={change.pending} className="sm:mt-6">
        Change password
      </Button>
      <div role="alert" className="w-full">
        {change.message ? <FieldError id="password-error">{change.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}
