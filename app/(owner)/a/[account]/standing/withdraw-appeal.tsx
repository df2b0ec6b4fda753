"use client"; // Asks before it acts.

import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { withdrawAppealAction } from "./actions.ts";

export function WithdrawAppeal({ account, appealId }: { account: string; appealId: string }) {
  return (
    <div>
      <ConfirmDialog
        trigger={
          <Button size="sm" variant="ghost">
            Withdraw appeal
          </Button>
        }
        title="Withdraw this appeal?"
        consequences="The action stands. You can appeal it again within 180 days."
        confirmLabel="Withdraw appeal"
        pendingText="Withdrawing"
        tone="primary"
        onConfirm={confirmed(withdrawAppealAction)}
      >
        <input type="hidden" name="account" value={account} />
        <input type="hidden" name="appealId" value={appealId} />
      </ConfirmDialog>
    </div>
  );
}
