"use client"; // Keeps the e-mail address when the password was wrong.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { formatDuration } from "#components/ui/format.ts";
import { Input } from "#components/ui/input.tsx";
import { signInAction } from "./actions.ts";

export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const [refused, setRefused] = useState("");
  const signIn = useActionForm(signInAction, {
    onDone: (answer) => {
      if (answer.ok) {
        setRefused("");
        router.replace(next);
        router.refresh();
      } else if (answer.reason === "throttled") {
        setRefused(`Too many attempts. Wait ${formatDuration(answer.retryAfterSeconds)} and try again.`);
      } else {
        setRefused("This e-mail address and password do not go together.");
      }
    },
  });
  const message = signIn.message || refused;
  return (
    <form onSubmit={signIn.onSubmit} className="flex flex-col gap-4">
      <Field
        name="email"
        label="E-mail address"
        required
        {...(signIn.errors.email ? { error: signIn.errors.email } : {})}
      >
        {(control) => <Input {...control} type="email" autoComplete="username" autoFocus />}
      </Field>
      <Field
        name="password"
        label="Password"
        required
        {...(signIn.errors.password ? { error: signIn.errors.password } : {})}
      >
        {(control) => <Input {...control} type="password" autoComplete="current-password" />}
      </Field>
      <div role="alert">{message ? <FieldError id="sign-in-error">{message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={signIn.pending}>
        Sign in
      </Button>
      <noscript>
        <p className="text-ink-2">Signing in needs JavaScript in this browser.</p>
      </noscript>
    </form>
  );
}
