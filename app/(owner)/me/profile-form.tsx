"use client"; // Keeps what is typed when the server refuses it.

import { useRouter } from "next/navigation";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import * as format from "#words/format.ts";
import { updateProfileAction } from "./actions.ts";

type ProfileFormProps = { name: string; timeZone: string | null; zones: readonly string[] };

export function ProfileForm({ name, timeZone, zones }: ProfileFormProps) {
  const router = useRouter();
  const save = useActionForm(updateProfileAction, { done: "Saved", onDone: () => router.refresh() });
  const { field } = save;
  return (
    <PostForm sends={save} className="flex flex-wrap items-start gap-3">
      <Field name="name" label="Name" required className="w-full sm:w-64" {...field("name")}>
        {(control) => <Input defaultValue={name} {...control} maxLength={100} autoComplete="name" />}
      </Field>
      <Field name="timeZone" label="Time zone" className="w-full sm:w-64" {...field("timeZone")}>
        {(control) => (
          <Select
            defaultValue={timeZone ?? ""}
            {...control}
            options={[
              { value: "", label: "Browser time zone" },
              ...zones.map((zone) => ({ value: zone, label: format.zoneLabel(zone) })),
            ]}
          />
        )}
      </Field>
      <Button type="submit" pending={save.pending} className="sm:mt-6">
        Save
      </Button>
      <div role="alert" className="w-full">
        {save.message ? <FieldError id="profile-error">{save.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}
