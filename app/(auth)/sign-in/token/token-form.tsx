"use client"; // Says in place why a token is not shown.

import { useRouter } from "next/navigation";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { openTokenViewAction } from "./actions.ts";

export function TokenForm() {
  const router = useRouter();
  const open = useActionForm(openTokenViewAction, {
    onDone: () => {
      router.replace("/token");
      router.refresh();
    },
  });
  return (
    <PostForm sends={open} className="flex flex-col gap-4">
      <Field name="token" label="Token" required {...open.field("token")}>
        {(control) => (
          <Input {...control} type="password" autoComplete="off" maxLength={600} className="font-mono" autoFocus />
        )}
      </Field>
      <div role="alert">{open.message ? <FieldError id="token-error">{open.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={open.pending}>
        Show token
      </Button>
    </PostForm>
  );
}
