"use client"; // Asks before it acts.

import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { closeReportAction, joinReportAction, takeReportAction } from "./actions.ts";

type Target = { reportId: string; version: number };

function Ids({ reportId, version }: Target) {
  return (
    <>
      <input type="hidden" name="reportId" value={reportId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}

export function TakeReport(target: Target) {
  const take = useActionForm(takeReportAction, { done: "Report assigned to you" });
  return (
    <PostForm sends={take}>
      <Ids {...target} />
      <Button type="submit" variant="primary" pending={take.pending}>
        Take report
      </Button>
      <span role="alert">{take.message ? <FieldError id="take-error">{take.message}</FieldError> : null}</span>
    </PostForm>
  );
}

export function JoinReport({ accountId, ...target }: Target & { accountId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button>Add to a case</Button>}
      title="Add this report to the account's case?"
      consequences="It counts as a flag there. The account does not learn who reported it."
      confirmLabel="Add to case"
      pendingText="Saving"
      tone="primary"
      onConfirm={confirmed(joinReportAction)}
    >
      <Ids {...target} />
      <Field name="accountId" label="Account id" help="From the account's page. A receipt in the report fills it in.">
        {(control) => <Input defaultValue={accountId} {...control} required autoComplete="off" className="font-mono" />}
      </Field>
      <Field name="severity" label="Severity">
        {(control) => (
          <Select
            {...control}
            options={[
              { value: "1", label: "1: a hint" },
              { value: "2", label: "2: believable" },
              { value: "3", label: "3: proven or urgent" },
            ]}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function CloseReport(target: Target) {
  return (
    <ConfirmDialog
      trigger={<Button>Close</Button>}
      title="Close this report?"
      consequences="It moves to the closed reports with its outcome."
      confirmLabel="Close report"
      pendingText="Closing"
      tone="primary"
      onConfirm={confirmed(closeReportAction)}
    >
      <Ids {...target} />
      <Field name="outcome" label="Outcome" required>
        {(control) => <Textarea {...control} rows={3} />}
      </Field>
    </ConfirmDialog>
  );
}
