"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import { dropScopesAction } from "../actions.ts";

type DropScopesProps = { account: string; tokenId: string; version: number; scopes: readonly string[] };

/** Takes away what nobody uses. */
export function DropScopes({ account, tokenId, version, scopes }: DropScopesProps) {
  const which = scopes.length === 1 ? "1 scope" : `${scopes.length} scopes`;
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Remove these</Button>}
      title={`Remove ${which}?`}
      consequences={`Calls that need ${scopes.join(", ")} are refused with insufficient_scope from the next request. You can add them back under Edit.`}
      confirmLabel={`Remove ${which}`}
      pendingText="Removing"
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(dropScopesAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`${which} dropped`);
        return undefined;
      }}
    >
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="tokenId" value={tokenId} />
      <input type="hidden" name="version" value={version} />
      {scopes.map((name) => (
        <input key={name} type="hidden" name="scopes[]" value={name} />
      ))}
    </ConfirmDialog>
  );
}
