"use client"; // Posts itself where there is nothing to ask: a link that is only fetched, as previews do, stays unused.

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { CodeField } from "#app/_parts/code-field.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import * as words from "#words/words.ts";
import { enterByLinkAction } from "./actions.ts";

type EnterFormProps = {
  secret: string;
  next: string;
  /** Nobody has proven the address yet, so whatever name is there may be a stranger's. */
  asksName: boolean;
  asksCode: boolean;
  goesByItself: boolean;
};

export function EnterForm({ secret, next, asksName, asksCode, goesByItself }: EnterFormProps) {
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const enter = useActionForm(enterByLinkAction, {
    onDone: (answer) => {
      if (!answer.ok) return;
      router.replace(next);
      router.refresh();
    },
  });
  const waits = useRef(goesByItself && !enter.isPosted);
  useEffect(() => {
    if (!waits.current) return;
    waits.current = false;
    button.current?.form?.requestSubmit();
  }, []);
  const message = enter.message || (enter.refusal ? words.passwordRefused(enter.refusal) : "");
  return (
    <PostForm sends={enter} className="flex flex-col gap-4">
      <input type="hidden" name="secret" value={secret} />
      <input type="hidden" name="_next" value={next} />
      {asksName ? (
        <Field name="name" label="Your name" required {...enter.field("name")}>
          {(control) => <Input {...control} autoComplete="name" maxLength={100} autoFocus />}
        </Field>
      ) : null}
      {asksCode ? <CodeField /> : null}
      <div role="alert">{message ? <FieldError id="enter-error">{message}</FieldError> : null}</div>
      <Button ref={button} type="submit" variant="primary" size="lg" pending={enter.pending}>
        Sign in
      </Button>
    </PostForm>
  );
}
