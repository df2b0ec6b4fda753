"use client"; // Signs in right after, with what was just typed.

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { CodeField } from "#app/_parts/code-field.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import * as words from "#words/words.ts";
import { signInAction } from "../../sign-in/actions.ts";
import { acceptInvitationAction } from "./actions.ts";

type AcceptFormProps = { secret: string; email: string | null; hasUser: boolean };

export function AcceptForm({ secret, email, hasUser }: AcceptFormProps) {
  const router = useRouter();
  const password = useRef<HTMLInputElement>(null);
  const accept = useActionForm(acceptInvitationAction, {
    onDone: async (accepted) => {
      if (!accepted.ok) return;
      const form = new FormData();
      form.set("email", accepted.email);
      form.set("password", password.current?.value ?? "");
      const signedIn = await call(signInAction, form);
      const isIn = signedIn.status === "ok" && signedIn.shown.ok;
      router.replace(isIn ? accepted.next : `/sign-in?next=${encodeURIComponent(accepted.next)}`);
      router.refresh();
    },
  });
  const message = accept.message || (accept.refusal ? words.passwordRefused(accept.refusal) : "");
  const asksCode = accept.refusal?.reason === "code_required" || accept.refusal?.reason === "wrong_code";
  const { field } = accept;
  return (
    <PostForm sends={accept} className="flex flex-col gap-4">
      <input type="hidden" name="secret" value={secret} />
      {hasUser ? null : (
        <Field name="name" label="Your name" required {...field("name")}>
          {(control) => <Input {...control} autoComplete="name" maxLength={100} />}
        </Field>
      )}
      {email === null ? (
        <Field name="email" label="E-mail address" required {...field("email")}>
          {(control) => <Input {...control} type="email" autoComplete="username" />}
        </Field>
      ) : null}
      <Field
        name="password"
        label={hasUser ? "Password" : "Choose a password"}
        help={hasUser ? undefined : "At least 12 characters; a few words work well."}
        required
        {...field("password")}
      >
        {(control) => (
          <Input
            {...control}
            ref={password}
            type="password"
            autoComplete={hasUser ? "current-password" : "new-password"}
          />
        )}
      </Field>
      {asksCode ? <CodeField /> : null}
      <div role="alert">{message ? <FieldError id="accept-error">{message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={accept.pending}>
        {hasUser ? "Join" : "Create and sign in"}
      </Button>
    </PostForm>
  );
}
