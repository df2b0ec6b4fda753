"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import { revokeKeyAction } from "./actions.ts";

export function RevokeKey({ keyId, name }: { keyId: string; name: string }) {
  return (
    <ConfirmDialog
      trigger={<Button aria-label={`Revoke ${name}`}>Revoke</Button>}
      title={`Revoke “${name}”?`}
      consequences="What uses it is refused from its next call on. This cannot be undone."
      confirmLabel="Revoke for good"
      pendingText="Revoking"
      onConfirm={async (form) => {
        const result = await call(revokeKeyAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`“${name}” is revoked`);
        return undefined;
      }}
    >
      <input type="hidden" name="keyId" value={keyId} />
    </ConfirmDialog>
  );
}
