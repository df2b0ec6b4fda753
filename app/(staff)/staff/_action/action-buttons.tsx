"use client"; // Asks before it acts.

import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import { approveActionAction, cancelActionAction, liftActionAction } from "./actions.ts";

type LiftProps = { actionId: string; type: string; accountName: string; isSilent: boolean };

export function LiftAction({ actionId, type, accountName, isSilent }: LiftProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Lift</Button>}
      title={`Lift the ${type} of ${accountName}?`}
      consequences={`Everything works from the next request on as it did before, but for other measures in force. Detectors forget what came before. ${isSilent ? "The owner, who was not told of it, is not told of its end." : "The owner is told."}`}
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

type ApproveProps = { actionId: string; version: number; type: string; accountName: string; isEmergency: boolean };

/** The second person's yes, to a proposal or to an emergency that is in force. */
export function ApproveAction({ actionId, version, type, accountName, isEmergency }: ApproveProps) {
  const verb = isEmergency ? "Confirm" : "Approve";
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger">
          {verb}
        </Button>
      }
      title={`${verb} the ${type} of ${accountName}?`}
      consequences={
        isEmergency
          ? "It stays in force until the end that was asked for, instead of lapsing. Your name stands beside its author's."
          : "It takes effect on the next request, at every gate. Your name stands beside its author's."
      }
      confirmLabel={`${verb} ${type}`}
      pendingText={isEmergency ? "Confirming" : "Approving"}
      onConfirm={async (form) => {
        const result = await call(approveActionAction, form);
        return result.status === "error" ? { error: result.message } : undefined;
      }}
    >
      <input type="hidden" name="actionId" value={actionId} />
      <input type="hidden" name="version" value={version} />
    </ConfirmDialog>
  );
}

export function CancelAction({ actionId, isScheduled }: { actionId: string; isScheduled: boolean }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{isScheduled ? "Withdraw" : "Withdraw proposal"}</Button>}
      title={isScheduled ? "Withdraw what is scheduled?" : "Withdraw this proposal?"}
      consequences="It never takes effect. It stays in the history."
      confirmLabel={isScheduled ? "Withdraw measure" : "Withdraw proposal"}
      pendingText="Withdrawing"
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
