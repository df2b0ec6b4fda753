"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { toast } from "#components/ui/toast.ts";
import { pauseTokenAction, unpauseTokenAction } from "./actions.ts";
import type { ShownToken } from "./token-row.ts";
import { wordsOfUse } from "./words-of-use.ts";

type DialogProps = { row: ShownToken; onOpenChange: (open: boolean) => void };

/** Pauses a token, or lets a paused one work again. */
export function PauseDialog({ row, onOpenChange }: DialogProps) {
  const isPaused = row.state === "paused";
  const use = wordsOfUse(row);
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={isPaused ? `Unpause “${row.name}”?` : `Pause “${row.name}”?`}
      consequences={
        isPaused ? (
          "It works again from the next request on, with the same scopes, allow-list and expiry."
        ) : (
          <>{use} Calls with it are refused with token_paused from the next request on, until you unpause it.</>
        )
      }
      confirmLabel={isPaused ? "Unpause token" : "Pause token"}
      pendingText={isPaused ? "Unpausing" : "Pausing"}
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(isPaused ? unpauseTokenAction : pauseTokenAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(isPaused ? `“${row.name}” works again` : `“${row.name}” is paused`);
        return undefined;
      }}
    >
      <input type="hidden" name="account" value={row.account} />
      <input type="hidden" name="tokenId" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
    </ConfirmDialog>
  );
}
