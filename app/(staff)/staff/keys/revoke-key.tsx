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
      consequences="Clients using it are refused from their next call. This cannot be undone."
      confirmLabel="Revoke key"
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
