"use client"; // Keeps the e-mail address when the password was wrong, and both while the code is asked for.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import * as words from "#words/words.ts";
import { signInAction } from "./actions.ts";
import { SingleSignOnWay } from "./single-sign-on-way.tsx";

export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const signIn = useActionForm(signInAction, {
    onDone: (answer) => {
      if (!answer.ok) return setCodeAsked((before) => before ?? (asksCode(answer) ? "here" : null));
      router.replace(next);
      router.refresh();
    },
  });
  const { refusal, field } = signIn;
  // A page that was posted asks for both again: the password is in no form's state.
  const [codeAsked, setCodeAsked] = useState<"here" | "by the page" | null>(asksCode(refusal) ? "by the page" : null);
  // Nobody else's guesses keep out who has both.
  const offersCode = codeAsked === null && refusal?.reason === "throttled";
  const message = signIn.message || (refusal ? refusedWords(refusal, codeAsked === "by the page") : "");
  return (
    <PostForm sends={signIn} className="flex flex-col gap-4">
      <input type="hidden" name="_next" value={next} />
      {/* Hidden and not taken away: they are sent again with the code. */}
      <div className={codeAsked === "here" ? "hidden" : "contents"}>
        <Field name="email" label="E-mail address" required {...field("email")}>
          {(control) => <Input {...control} type="email" autoComplete="username" autoFocus={codeAsked === null} />}
        </Field>
        <Field name="password" label="Password" required {...field("password")}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              autoFocus={codeAsked === "by the page"}
            />
          )}
        </Field>
      </div>
      {codeAsked || offersCode ? (
        <Field
          name="code"
          label="Code"
          help={
            offersCode
              ? "With two-step sign-in, a code signs you in without waiting."
              : "The six digits your authenticator app shows, or a recovery code. Or sign in with your passkey below."
          }
          {...(offersCode ? { optional: true } : { required: true })}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="one-time-code"
              inputMode="text"
              maxLength={40}
              autoFocus={codeAsked === "here"}
              className="font-mono"
            />
          )}
        </Field>
      ) : null}
      <div role="alert">{message ? <FieldError id="sign-in-error">{message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={signIn.pending}>
        Sign in
      </Button>
      {waysOf(refusal).map(({ id, name }) => (
        <SingleSignOnWay key={id} providerId={id} name={name} next={next} />
      ))}
      {codeAsked ? null : (
        <p className="text-center">
          <TextLink href="/forgot">Forgot your password?</TextLink>
        </p>
      )}
    </PostForm>
  );
}

type Way = { id: string; name: string };
type Refusal =
  | { reason: "wrong"; ways?: Way[] }
  | { reason: "code_required" | "wrong_code" }
  | { reason: "issuer_only"; ways: Way[] }
  | { reason: "throttled"; retryAfterSeconds: number };

/** Where the domain of the address, or all that the person reaches, leads. */
function waysOf(refusal: Refusal | null): Way[] {
  return refusal?.reason === "issuer_only" || refusal?.reason === "wrong" ? (refusal.ways ?? []) : [];
}

function asksCode(refusal: Refusal | null): boolean {
  return refusal?.reason === "code_required" || refusal?.reason === "wrong_code";
}

function refusedWords(refusal: Refusal, isByPage: boolean): string {
  if (refusal.reason === "throttled" || refusal.reason === "issuer_only")
    return words.passwordRefused({ ok: false, ...refusal });
  if (refusal.reason === "wrong")
    return refusal.ways?.length
      ? "Wrong e-mail address or password. Addresses of your company sign in below."
      : "Wrong e-mail address or password.";
  if (refusal.reason === "code_required") return isByPage ? "Enter your password again, with the code." : "";
  return "This code is wrong or was already used. Enter the one your app shows now.";
}
