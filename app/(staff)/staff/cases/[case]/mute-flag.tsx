"use client"; // Asks for how long and why in a dialog.

import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { muteFlagAction } from "../actions.ts";

export function MuteFlag({ flagId, title }: { flagId: string; title: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost">
          Mute
        </Button>
      }
      title={`Mute “${title}” for this account?`}
      consequences="This flag stays silent until then. Other flags are still raised. Muting does not affect the detector's precision."
      confirmLabel="Mute flag"
      pendingText="Muting"
      tone="primary"
      onConfirm={confirmed(muteFlagAction)}
    >
      <input type="hidden" name="flagId" value={flagId} />
      <Field name="days" label="For">
        {(control) => (
          <Select
            {...control}
            options={[
              { value: "1", label: "1 day" },
              { value: "7", label: "7 days" },
              { value: "30", label: "30 days (leads and admins)" },
              { value: "90", label: "90 days (leads and admins)" },
            ]}
          />
        )}
      </Field>
      <Field name="reason" label="Reason" required>
        {(control) => <Input {...control} autoComplete="off" maxLength={500} />}
      </Field>
    </ConfirmDialog>
  );
}
