"use client"; // Asks before it acts.

import { confirmed } from "#app/_parts/confirmed.ts";
import { call } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import * as format from "#words/format.ts";
import { approveActionAction, cancelActionAction, liftActionAction } from "./actions.ts";

type LiftProps = { actionId: string; type: string; accountName: string; isSilent: boolean };

export function LiftAction({ actionId, type, accountName, isSilent }: LiftProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Lift</Button>}
      title={`Lift the ${type} of ${accountName}?`}
      consequences={`Everything works as before from the next request, except for other actions in force. Detectors start their counts over. ${isSilent ? "The owner was never notified and is not notified now." : "The owner is notified."}`}
      confirmLabel={`Lift ${type}`}
      pendingText="Lifting"
      tone="primary"
      onConfirm={async (form) => {
        const result = await call(liftActionAction, form);
        if (result.status === "error") return { error: result.message };
        const { remaining } = result.shown;
        toast.success(
          remaining === 0
            ? "Lifted. Nothing else is in force."
            : `Lifted. ${format.plural(remaining, { one: "other action stays", other: "other actions stay" })} in force.`,
        );
        return undefined;
      }}
    >
      <input type="hidden" name="actionId" value={actionId} />
      <ReasonField label="Reason for lifting" />
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
          ? "It stays in force until its requested end instead of lapsing. You are recorded beside its author."
          : "It takes effect on the next request, at every gate. You are recorded beside its author."
      }
      confirmLabel={`${verb} ${type}`}
      pendingText={isEmergency ? "Confirming" : "Approving"}
      onConfirm={confirmed(approveActionAction)}
    >
      <input type="hidden" name="actionId" value={actionId} />
      <input type="hidden" name="version" value={version} />
    </ConfirmDialog>
  );
}

export function CancelAction({ actionId, isScheduled }: { actionId: string; isScheduled: boolean }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{isScheduled ? "Withdraw action" : "Withdraw proposal"}</Button>}
      title={isScheduled ? "Withdraw this scheduled action?" : "Withdraw this proposal?"}
      consequences="It never takes effect. It stays in the history."
      confirmLabel={isScheduled ? "Withdraw action" : "Withdraw proposal"}
      pendingText="Withdrawing"
      tone="primary"
      onConfirm={confirmed(cancelActionAction)}
    >
      <input type="hidden" name="actionId" value={actionId} />
      <ReasonField label="Reason" />
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
