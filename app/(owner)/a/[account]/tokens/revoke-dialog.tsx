"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.ts";
import * as words from "#words/words.ts";
import { revokeTokenAction } from "./actions.ts";
import type { ActedToken } from "./token-row.ts";

/** Ends a token for good; its name is typed first, because nothing brings it back. */
export function RevokeDialog({ row, onOpenChange }: { row: ActedToken; onOpenChange: (open: boolean) => void }) {
  const use = words.tokenUse(
    { ...row, requestsToday: row.today.requests, requestsLastDay: row.hours.reduce((sum, count) => sum + count, 0) },
    Date.now(),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={`Revoke “${row.name}”?`}
      consequences={
        <>
          {use} Every call with it is refused with token_revoked from the next request.{" "}
          <b className="font-semibold text-ink">This cannot be undone.</b>
        </>
      }
      confirmLabel="Revoke token"
      pendingText="Revoking"
      typeName={row.name}
      onConfirm={async (form) => {
        form.delete("typedName");
        const result = await call(revokeTokenAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`“${row.name}” is revoked`);
        return undefined;
      }}
    >
      <input type="hidden" name="account" value={row.account} />
      <input type="hidden" name="tokenId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <Field name="reason" label="Reason" optional help="Kept with the token for later reference.">
        {(control) => <Input {...control} maxLength={200} autoComplete="off" />}
      </Field>
    </ConfirmDialog>
  );
}
