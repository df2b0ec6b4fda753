"use client"; // Acts without leaving the page.

import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { type CaseState, caseOutcomes } from "#core/rules/vocabulary.ts";
import { claimCaseAction, closeCaseAction } from "../actions.ts";

type CaseButtonsProps = { caseId: string; version: number; state: CaseState; isMine: boolean };

/** Claim and close. Each names the version it saw, so that nobody overwrites a colleague unseen. */
export function CaseButtons({ caseId, version, state, isMine }: CaseButtonsProps) {
  const claim = useActionForm(claimCaseAction, { done: "You hold this case" });
  if (state === "closed") return null;
  const ids = (
    <>
      <input type="hidden" name="caseId" value={caseId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isMine ? null : (
        <form onSubmit={claim.onSubmit}>
          {ids}
          <Button type="submit" variant="primary" pending={claim.pending} data-key="claim">
            Claim case
          </Button>
        </form>
      )}
      <ConfirmDialog
        trigger={<Button data-key="close">Close case</Button>}
        title="Close this case?"
        consequences="Actions in force stay in force. A new flag within 14 days reopens the case."
        confirmLabel="Close case"
        pendingText="Closing"
        tone="primary"
        onConfirm={async (form) => {
          const result = await call(closeCaseAction, form);
          return result.status === "error" ? { error: result.message } : undefined;
        }}
      >
        {ids}
        <Field name="outcome" label="Outcome">
          {(control) => (
            <Select
              {...control}
              options={caseOutcomes.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
            />
          )}
        </Field>
      </ConfirmDialog>
      <div role="alert">{claim.message ? <FieldError id="claim-error">{claim.message}</FieldError> : null}</div>
    </div>
  );
}
