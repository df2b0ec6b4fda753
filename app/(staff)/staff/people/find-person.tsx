"use client"; // Says beside the field when nobody has the address.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { findPersonAction } from "./actions.ts";

/** By post, so that no address gets into a URL. */
export function FindPerson() {
  const find = useActionForm(findPersonAction);
  return (
    <div className="flex flex-col gap-3">
      <PostForm sends={find} className="flex flex-wrap items-start gap-3">
        <Field name="email" label="E-mail address of any person" className="w-full sm:w-72" {...find.field("email")}>
          {(control) => <Input {...control} type="email" autoComplete="off" />}
        </Field>
        <Button type="submit" pending={find.pending} className="sm:mt-6">
          Find person
        </Button>
      </PostForm>
      <div role="alert" className="empty:hidden">
        {find.message ? <FieldError id="find-person-error">{find.message}</FieldError> : null}
      </div>
    </div>
  );
}
