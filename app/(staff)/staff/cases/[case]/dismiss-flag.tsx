"use client"; // Asks for the reason in a dialog.

import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { dismissReasons } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import { dismissFlagAction } from "../actions.ts";

export function DismissFlag({ flagId, title }: { flagId: string; title: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" data-key="dismiss">
          Dismiss
        </Button>
      }
      title={`Dismiss “${title}”?`}
      consequences="“Not abuse” counts as a wrong flag and lowers the detector's precision; the other reasons do not. The same flag can return after 24 hours, and only if it is worse."
      confirmLabel="Dismiss flag"
      pendingText="Dismissing"
      tone="primary"
      onConfirm={confirmed(dismissFlagAction)}
    >
      <input type="hidden" name="flagId" value={flagId} />
      <Field name="reason" label="Reason">
        {(control) => (
          <Select
            {...control}
            options={dismissReasons.map((value) => ({ value, label: deskWords.dismissReasons[value] }))}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
