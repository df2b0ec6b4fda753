"use client"; // Says that it is done.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { unpauseKeyAction } from "./actions.ts";

export function UnpauseKey({ keyId, name }: { keyId: string; name: string }) {
  const unpause = useActionForm(unpauseKeyAction, { done: `“${name}” works again` });
  return (
    <PostForm sends={unpause}>
      <input type="hidden" name="keyId" value={keyId} />
      <Button type="submit" pending={unpause.pending} aria-label={`Unpause ${name}`}>
        Unpause
      </Button>
      <span role="alert">
        {unpause.message ? <FieldError id={`unpause-${keyId}`}>{unpause.message}</FieldError> : null}
      </span>
    </PostForm>
  );
}
