"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import { removeProviderAction } from "./actions.ts";

export function RemoveProvider({ providerId, name }: { providerId: string; name: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      }
      title={`Remove “${name}”?`}
      consequences="Everyone who signed in through it is signed out, and cannot sign in this way. Their roles stay. Passwords open again what it alone opened."
      confirmLabel="Remove issuer"
      pendingText="Removing"
      onConfirm={async (form) => {
        const result = await call(removeProviderAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`“${name}” is removed`);
        return undefined;
      }}
    >
      <input type="hidden" name="providerId" value={providerId} />
    </ConfirmDialog>
  );
}
