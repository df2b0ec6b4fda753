"use client"; // Keeps the choice when it is refused.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { setBreakGlassAction } from "./actions.ts";

type Admin = { userId: string; name: string; since: Date | null; hasSecondStep: boolean };

/** Names the admin who gets in when the issuer is away. */
export function BreakGlassForm({ admins }: { admins: Admin[] }) {
  const form = useActionForm(setBreakGlassAction, { done: "Saved" });
  return (
    <PostForm sends={form} className="flex flex-wrap items-start gap-3" aria-label="Break-glass admin">
      <Field
        name="userId"
        label="Break-glass admin"
        help="May sign in with password and second step when staff otherwise use single sign-on only. Each use is mailed to every admin."
        className="w-full sm:w-96"
        {...form.field("userId")}
      >
        {(control) => (
          <Select
            defaultValue={admins.find((one) => one.since)?.userId ?? ""}
            {...control}
            placeholder="Nobody"
            options={admins.map(({ userId, name, hasSecondStep }) => ({
              value: userId,
              label: hasSecondStep ? name : `${name} (no second step)`,
              disabled: !hasSecondStep,
            }))}
          />
        )}
      </Field>
      <Button type="submit" pending={form.pending} className="sm:mt-6">
        Save
      </Button>
      <div role="alert" className="w-full">
        {form.message ? <FieldError id="break-glass-error">{form.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}
