"use client"; // Dialogs that ask before they close or reopen.

import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { closeAccountAction, eraseAccountAction, reopenAccountAction } from "../actions.ts";

export function CloseAccount({ accountId }: { accountId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Close account</Button>}
      title="Close this account?"
      consequences="Its tokens are refused from the next request. Its members can read and export, and change nothing. Nothing is deleted; you can reopen it."
      confirmLabel="Close account"
      pendingText="Closing"
      onConfirm={confirmed(closeAccountAction)}
    >
      <Reason accountId={accountId} />
    </ConfirmDialog>
  );
}

export function ReopenAccount({ accountId }: { accountId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Reopen account</Button>}
      title="Reopen this account?"
      consequences="Its tokens work again from the next request, as they did before."
      confirmLabel="Reopen account"
      pendingText="Reopening"
      tone="primary"
      onConfirm={confirmed(reopenAccountAction)}
    >
      <Reason accountId={accountId} />
    </ConfirmDialog>
  );
}

export function EraseAccount({ accountId, isEarly }: { accountId: string; isEarly: boolean }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Erase personal data</Button>}
      title="Erase this account's personal data?"
      consequences="This cannot be undone. Names, addresses and everything people wrote are erased, and so are members who are in no other account. Usage counts and the audit log's chain stay."
      confirmLabel="Erase for good"
      pendingText="Erasing"
      onConfirm={confirmed(eraseAccountAction)}
    >
      <input type="hidden" name="accountId" value={accountId} />
      {isEarly ? (
        <Checkbox
          name="isImmediate"
          value="true"
          label="Erase now, before the wait is over"
          help="Until then the account could be reopened."
        />
      ) : null}
    </ConfirmDialog>
  );
}

function Reason({ accountId }: { accountId: string }) {
  return (
    <>
      <input type="hidden" name="accountId" value={accountId} />
      <Field name="reason" label="Reason" help="The account's owners read it.">
        {(control) => <Input {...control} required maxLength={500} autoComplete="off" />}
      </Field>
    </>
  );
}
