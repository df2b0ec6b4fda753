"use client"; // Asks before it acts.

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
      consequences="It takes effect on the next request of each, at every gate. Your name stands beside its author's."
      confirmLabel={`Approve ${count}`}
      pendingText="Approving"
      onConfirm={async (form) => {
        const result = await call(approveBatchAction, form);
        return result.status === "error" ? { error: result.message } : undefined;
      }}
    >
      <input type="hidden" name="batchId" value={batchId} />
    </ConfirmDialog>
  );
}

/** Undo within the window, and later lifting and cancelling all that is left of it. */
export function UndoBatch({ batchId, count, word, isUndo }: BatchButton & { isUndo: boolean }) {
  return (
    <ConfirmDialog
      trigger={<Button>{isUndo ? "Undo all" : "Take all back"}</Button>}
      title={`Take back the ${word} of ${accountsOf(count)}?`}
      consequences={
        isUndo
          ? "Everything is as it was before. Within 30 seconds of the act nothing has been mailed, and nothing will be."
          : "What is in force is lifted and what waits is cancelled. Owners who were told of it are told of this too. Other measures stay."
      }
      confirmLabel={`Take back ${count}`}
      pendingText="Taking back"
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(undoBatchAction, form);
        if (result.status === "error") return { error: result.message };
        toast.success(`Taken back for ${accountsOf(count)}.`);
        return undefined;
      }}
    >
      <input type="hidden" name="batchId" value={batchId} />
      {isUndo ? null : (
        <Field name="reason" label="Why is it taken back?">
          {(control) => <Textarea {...control} rows={2} required minLength={3} />}
        </Field>
      )}
    </ConfirmDialog>
  );
}
