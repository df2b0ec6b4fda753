"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import { revokeCredentialAction } from "./actions.ts";

type RevokeCredentialProps = { id: string; name: string; isLast: boolean };

export function RevokeCredential({ id, name, isLast }: RevokeCredentialProps) {
  return (
    <ConfirmDialog
      trigger={<Button aria-label={`Revoke ${name}`}>Revoke</Button>}
      title={`Revoke “${name}”?`}
      consequences={
        <>
          The gates refuse every call with it from the next one. A gateway that still uses it lets nothing through.{" "}
          {isLast ? "It is the last one: without it, gates only answer callers on their own machine. " : ""}
          <b className="font-semibold text-ink">This cannot be undone.</b>
        </>
      }
      confirmLabel="Revoke credential"
      pendingText="Revoking"
      typeName={name}
      onConfirm={async (form) => {
        form.delete("typedName");
        const result = await call(revokeCredentialAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`“${name}” is revoked`);
        return undefined;
      }}
    >
      <input type="hidden" name="credentialId" value={id} />
    </ConfirmDialog>
  );
}
