"use client"; // Keeps what was typed when the case could not be opened.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { openCaseOfAction } from "./actions.ts";

/** Opens a case about the one account that the view is narrowed to, with what was found as its first note. */
export function OpenCase({ accountId }: { accountId: string }) {
  const open = useActionForm(openCaseOfAction);
  return (
    <PostForm sends={open} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="accountId" value={accountId} />
      <Field name="text" label="Note for a new case" className="w-80 max-w-full" {...open.field("text")}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Button type="submit" pending={open.pending}>
        Open a case
      </Button>
    </PostForm>
  );
}
