"use client"; // Shows the link once, outside the form.

import { useRef, useState } from "react";
import type { ActionResult } from "#app/_lib/action.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { OneTimeLink } from "./one-time-link.tsx";
import { useActionForm } from "./use-action-form.ts";

type InviteFormProps = {
  action: (form: FormData) => Promise<ActionResult<{ path: string }>>;
  roles: readonly { value: string; label: string }[];
  /** Slug of the account that invites; none for staff. */
  account?: string;
};

/** Invites by e-mail address and gives the link to pass on: without a mail server that is the only way it gets there. */
export function InviteForm({ action, roles, account }: InviteFormProps) {
  const [link, setLink] = useState<{ email: string; path: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const email = useRef("");
  const invite = useActionForm(action, {
    onDone: ({ path }) => {
      setLink({ email: email.current, path });
      form.current?.reset();
    },
  });
  return (
    <div className="flex flex-col gap-3">
      <form ref={form} onSubmit={invite.onSubmit} className="flex flex-wrap items-start gap-3">
        {account ? <input type="hidden" name="account" value={account} /> : null}
        <Field
          name="email"
          label="E-mail address"
          className="w-full sm:w-72"
          {...(invite.errors.email ? { error: invite.errors.email } : {})}
        >
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
        <Field name="role" label="Role">
          {(control) => <Select {...control} options={roles.map(({ value, label }) => ({ value, label }))} />}
        </Field>
        <Button type="submit" variant="primary" pending={invite.pending} className="sm:mt-6">
          Create invitation link
        </Button>
      </form>
      <div role="alert" className="empty:hidden">
        {invite.message ? <FieldError id="invite-error">{invite.message}</FieldError> : null}
      </div>
      <div role="status" className="empty:-mt-3">
        {link ? <OneTimeLink {...link} /> : null}
      </div>
    </div>
  );
}
