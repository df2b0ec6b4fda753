"use client"; // Shows what was unmasked until the page is left.

import { useState } from "react";
import type { ActionResult } from "#app/_lib/action-result.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { call } from "./use-action-form.ts";

type UnmaskButtonProps = {
  action: (form: FormData) => Promise<ActionResult<{ value: string }>>;
  what: "member_email" | "reporter_email" | "token_address" | "request_address" | "mail_address";
  subjectId: string;
  accountId?: string;
  masked: string;
};

/** A masked address, and a way to see it for a reason that is written down. */
export function UnmaskButton({ action, what, subjectId, accountId, masked }: UnmaskButtonProps) {
  const [shown, setShown] = useState<string | null>(null);
  if (shown !== null) return <span>{shown}</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      {masked}
      <ConfirmDialog
        trigger={
          <Button size="sm" variant="ghost" aria-label={`Show ${masked} in full`}>
            Show
          </Button>
        }
        title="Show the full address?"
        consequences="Your view and its reason are logged."
        confirmLabel="Show"
        pendingText="Reading"
        tone="primary"
        onConfirm={async (form) => {
          const result = await call(action, form);
          if (result.status === "error") return { error: result.message };
          setShown(result.shown.value);
          return undefined;
        }}
      >
        <input type="hidden" name="what" value={what} />
        <input type="hidden" name="subjectId" value={subjectId} />
        {accountId ? <input type="hidden" name="accountId" value={accountId} /> : null}
        <Field name="reason" label="Why do you need it?" required>
          {(control) => <Input {...control} autoComplete="off" maxLength={500} />}
        </Field>
      </ConfirmDialog>
    </span>
  );
}
