"use client"; // Keeps the e-mail address when the password was wrong, and both while the code is asked for.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import * as words from "#words/words.ts";
import { signInAction } from "./actions.ts";

export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const [refused, setRefused] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const signIn = useActionForm(signInAction, {
    onDone: (answer) => {
      setRefused("");
      if (answer.ok) {
        router.replace(next);
        router.refresh();
      } else if (answer.reason === "code_required") setAsksCode(true);
      else if (answer.reason === "wrong_code") {
        setRefused("This code is wrong or was already used. Enter the one your app shows now.");
      } else if (answer.reason === "throttled") setRefused(words.passwordRefused(answer));
      else setRefused("Wrong e-mail address or password.");
    },
  });
  const message = signIn.message || refused;
  return (
    <form onSubmit={signIn.onSubmit} className="flex flex-col gap-4">
      {/* Hidden and not taken away: they are sent again with the code. */}
      <div className={asksCode ? "hidden" : "contents"}>
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
      </div>
      {asksCode ? (
        <Field
          name="code"
          label="Code"
          help="The six digits your authenticator app shows, or a recovery code."
          required
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="one-time-code"
              inputMode="text"
              maxLength={40}
              autoFocus
              className="font-mono"
            />
          )}
        </Field>
      ) : null}
      <div role="alert">{message ? <FieldError id="sign-in-error">{message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={signIn.pending}>
        Sign in
      </Button>
      {asksCode ? null : (
        <p className="text-center">
          <TextLink href="/forgot">Forgot your password?</TextLink>
        </p>
      )}
      <noscript>
        <p className="text-ink-2">Signing in requires JavaScript.</p>
      </noscript>
    </form>
  );
}
