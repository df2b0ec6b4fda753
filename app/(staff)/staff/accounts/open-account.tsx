"use client"; // A sheet with a form, and once, where the link went.

import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { InvitationSent } from "#app/_parts/one-time-link.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import * as format from "#words/format.ts";
import { openAccountAction } from "./actions.ts";

type Plan = { name: string; quotaPerDay: number | null };

export function OpenAccount({ plans }: { plans: readonly Plan[] }) {
  const [sent, setSent] = useState<{ email: string; path: string | null; sentTo: string | null } | null>(null);
  const email = useRef("");
  const open = useActionForm(openAccountAction, {
    onDone: (handover) => setSent({ email: email.current, ...handover }),
  });
  const { field } = open;
  return (
    <Sheet
      trigger={
        <Button variant="primary" icon={<Plus />}>
          New account
        </Button>
      }
      onOpenChange={(isOpen) => {
        if (isOpen) setSent(null);
      }}
      title="New account"
      description="Creates a customer of the API. Its first owner gets a sign-up link."
    >
      {sent ? (
        <div role="status">
          <InvitationSent {...sent} />
        </div>
      ) : (
        <PostForm sends={open} className="flex flex-col gap-4">
          <Field name="name" label="Name" required {...field("name")}>
            {(control) => <Input {...control} autoComplete="off" maxLength={100} />}
          </Field>
          <Field name="plan" label="Plan" {...field("plan")}>
            {(control) => (
              <Select
                {...control}
                options={plans.map(({ name, quotaPerDay }) => ({
                  value: name,
                  label: `${name}: ${quotaPerDay === null ? "unlimited" : `${format.count(quotaPerDay)} requests per day`}`,
                }))}
              />
            )}
          </Field>
          <Field name="email" label="Owner's e-mail address" required {...field("email")}>
            {(control) => (
              <Input
                {...control}
                type="email"
                autoComplete="off"
                onChange={(event) => {
                  email.current = event.target.value;
                }}
              />
            )}
          </Field>
          <div role="alert">
            {open.message ? <FieldError id="open-account-error">{open.message}</FieldError> : null}
          </div>
          <Button type="submit" variant="primary" pending={open.pending}>
            Create account and invitation
          </Button>
        </PostForm>
      )}
    </Sheet>
  );
}
