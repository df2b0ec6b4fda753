"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import { approveActionAction, cancelActionAction, liftActionAction } from "../actions.ts";

export function LiftAction({ actionId, type, accountName }: { actionId: string; type: string; accountName: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Lift</Button>}
      title={`Lift the ${type} of ${accountName}?`}
      consequences="Its tokens work again from the next request on, exactly as before. Detectors forget what came before. The owner is told."
      confirmLabel={`Lift ${type}`}
      pendingText="Lifting"
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(liftActionAction, form);
        if (result.status === "error") return { error: result.message };
        const { remaining } = result.shown;
        toast.success(
          remaining === 0 ? "Lifted. Nothing else is in force." : `Lifted. ${remaining} other in force stays.`,
        );
        return undefined;
      }}
    >
      <input type="hidden" name="actionId" value={actionId} />
      <ReasonField label="Why is it lifted?" />
    </ConfirmDialog>
  );
}

export function ApproveAction({ actionId, accountName }: { actionId: string; accountName: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger">
          Approve
        </Button>
      }
      title={`Approve the suspension of ${accountName}?`}
      consequences="It takes effect on the next request, at every gate. Your name stands beside its author's."
      confirmLabel="Approve suspension"
      pendingText="Approving"
      onConfirm={async (form) => {
        const result = await call(approveActionAction, form);
        return result.status === "error" ? { error: result.message } : undefined;
      }}
    >
      <input type="hidden" name="actionId" value={actionId} />
    </ConfirmDialog>
  );
}

export function CancelAction({ actionId }: { actionId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Cancel proposal</Button>}
      title="Cancel this proposal?"
      consequences="It never takes effect. It stays in the history."
      confirmLabel="Cancel proposal"
      pendingText="Cancelling"
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(cancelActionAction, form);
        return result.status === "error" ? { error: result.message } : undefined;
      }}
    >
      <input type="hidden" name="actionId" value={actionId} />
      <ReasonField label="Why?" />
    </ConfirmDialog>
  );
}

function ReasonField({ label }: { label: string }) {
  return (
    <Field name="reason" label={label} required>
      {(control) => <Textarea {...control} rows={2} />}
    </Field>
  );
}
