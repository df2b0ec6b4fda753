"use client"; // Shows once, outside the form, where the link went.

import { useRef, useState } from "react";
import type { Action } from "#app/_lib/action.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { InvitationSent } from "./one-time-link.tsx";
import { useActionForm } from "./use-action-form.ts";

type Handover = { path: string | null; sentTo: string | null };

type InviteFormProps = {
  action: Action<Handover>;
  roles: readonly { value: string; label: string }[];
  /** Slug of the account that invites; none for staff. */
  account?: string;
  /** Whether there is a mail server. */
  isMailed: boolean;
};

/** Invites by e-mail address. Without a mail server it gives the link to hand over. */
export function InviteForm({ action, roles, account, isMailed }: InviteFormProps) {
  const [sent, setSent] = useState<({ email: string } & Handover) | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const email = useRef("");
  const invite = useActionForm(action, {
    onDone: (handover) => {
      setSent({ email: email.current, ...handover });
      form.current?.reset();
    },
  });
  return (
    <div className="flex flex-col gap-3">
      <PostForm ref={form} sends={invite} className="flex flex-wrap items-start gap-3">
        {account ? <input type="hidden" name="account" value={account} /> : null}
        <Field name="email" label="E-mail address" className="w-full sm:w-72" {...invite.field("email")}>
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
          {isMailed ? "Send invitation" : "Create invitation link"}
        </Button>
      </PostForm>
      <div role="alert" className="empty:hidden">
        {invite.message ? <FieldError id="invite-error">{invite.message}</FieldError> : null}
      </div>
      <div role="status" className="empty:-mt-3">
        {sent ? <InvitationSent {...sent} /> : null}
      </div>
    </div>
  );
}
