"use client"; // Goes to the sign-in page when it is done.

import { useRouter } from "next/navigation";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { resetPasswordAction } from "./actions.ts";

type ResetFormProps = { secret: string; email: string; asksName: boolean };

export function ResetForm({ secret, email, asksName }: ResetFormProps) {
  const router = useRouter();
  const reset = useActionForm(resetPasswordAction, {
    done: "Password changed. Sign in with it.",
    onDone: () => router.replace("/sign-in"),
  });
  return (
    <PostForm sends={reset} className="flex flex-col gap-4">
      <input type="hidden" name="secret" value={secret} />
      {/* So that a password manager knows whose it is. */}
      <input type="email" name="_email" value={email} autoComplete="username" readOnly hidden />
      {asksName ? (
        <Field name="name" label="Your name" required {...reset.field("name")}>
          {(control) => <Input {...control} autoComplete="name" maxLength={100} />}
        </Field>
      ) : null}
      <Field
        name="newPassword"
        label="New password"
        help="At least 12 characters; a few words work well."
        required
        {...reset.field("newPassword")}
      >
        {(control) => <Input {...control} type="password" autoComplete="new-password" autoFocus />}
      </Field>
      <div role="alert">{reset.message ? <FieldError id="reset-error">{reset.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={reset.pending}>
        Set password
      </Button>
    </PostForm>
  );
}
