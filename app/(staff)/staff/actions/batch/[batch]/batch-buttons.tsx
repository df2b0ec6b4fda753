"use client"; // Asks before it acts.

import { confirmed } from "#app/_parts/confirmed.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import { approveBatchAction, undoBatchAction } from "../actions.ts";

type BatchButton = { batchId: string; count: number; word: string };

const accountsOf = (count: number) => (count === 1 ? "1 account" : `${count} accounts`);

export function ApproveBatch({ batchId, count, word }: BatchButton) {
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Approve all</Button>}
      title={`Approve the ${word} of ${accountsOf(count)}?`}
      consequences="It takes effect on the next request of each account, at every gate. You are recorded beside its author."
      confirmLabel={`Approve ${count}`}
      pendingText="Approving"
      onConfirm={confirmed(approveBatchAction)}
    >
      <input type="hidden" name="batchId" value={batchId} />
    </ConfirmDialog>
  );
}

/** Undo within the window, and later lifting and cancelling all that is left of it. */
export function UndoBatch({ batchId, count, word, isUndo }: BatchButton & { isUndo: boolean }) {
  return (
    <ConfirmDialog
      trigger={<Button>Undo all</Button>}
      title={`Undo the ${word} of ${accountsOf(count)}?`}
      consequences={
        isUndo
          ? "Everything returns to how it was. Within 30 seconds nothing has been mailed, and nothing will be."
          : "Actions in force are lifted and waiting ones are cancelled. Owners who were notified are notified of this too. Other actions stay."
      }
      confirmLabel={`Undo ${count}`}
      pendingText="Undoing"
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(undoBatchAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`Undone for ${accountsOf(count)}.`);
        return undefined;
      }}
    >
      <input type="hidden" name="batchId" value={batchId} />
      {isUndo ? null : (
        <Field name="reason" label="Reason for undoing">
          {(control) => <Textarea {...control} rows={2} required minLength={3} />}
        </Field>
      )}
    </ConfirmDialog>
  );
}
