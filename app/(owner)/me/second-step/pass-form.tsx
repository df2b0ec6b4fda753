"use client"; // Goes on to the desk once the code was right.

import { useRouter } from "next/navigation";
import { CodeField } from "#app/_parts/code-field.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import * as words from "#words/words.ts";
import { passSecondStepAction } from "../actions.ts";

/** Asks for the code where the issuer has asked for none. */
export function PassForm() {
  const router = useRouter();
  const pass = useActionForm(passSecondStepAction, {
    onDone: (answer) => (answer.ok ? router.replace("/staff") : undefined),
  });
  const error = pass.errors.code ?? (pass.message || (pass.refusal ? words.passwordRefused(pass.refusal) : ""));
  return (
    <PostForm sends={pass} className="flex flex-col items-start gap-4">
      <CodeField {...(error ? { error } : {})} />
      <Button type="submit" variant="primary" pending={pass.pending}>
        Continue
      </Button>
    </PostForm>
  );
}
