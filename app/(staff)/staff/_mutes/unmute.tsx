"use client"; // A form that keeps what is typed on error.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { unmuteFlagAction } from "./actions.ts";

export function Unmute({ flagId, what }: { flagId: string; what: string }) {
  const unmute = useActionForm(unmuteFlagAction, { done: "Unmuted" });
  return (
    <PostForm sends={unmute} aria-label={`Unmute ${what}`} className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="flagId" value={flagId} />
      <Field name="reason" label="Reason to unmute" className="min-w-48 flex-1" {...unmute.field("reason")}>
        {(control) => <Input {...control} autoComplete="off" maxLength={500} />}
      </Field>
      <Button type="submit" size="sm" pending={unmute.pending}>
        Unmute
      </Button>
      <div role="alert">
        {unmute.message ? <FieldError id={`unmute-${flagId}`}>{unmute.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}
