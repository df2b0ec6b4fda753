"use client"; // Asks before it acts.

import { confirmed } from "#app/_parts/confirmed.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { takeDomainOffAction } from "./actions.ts";

export function TakeDomainOff({ domainId, domain }: { domainId: string; domain: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={`Remove ${domain}`}>
          Remove
        </Button>
      }
      title={`Take ${domain} off its account?`}
      consequences="Single sign-on is no longer required for its addresses, and another account can prove it."
      confirmLabel="Take off"
      pendingText="Removing"
      onConfirm={confirmed(takeDomainOffAction)}
    >
      <input type="hidden" name="domainId" value={domainId} />
      <Field name="reason" label="Reason" help="The account's owners read it." required>
        {(control) => <Input {...control} maxLength={500} autoComplete="off" />}
      </Field>
    </ConfirmDialog>
  );
}
