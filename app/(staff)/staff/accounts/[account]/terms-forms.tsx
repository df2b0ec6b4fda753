"use client"; // Sheets and dialogs over the account's terms.

import { useState } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import {
  addOverrideAction,
  allowPrivateNetworksAction,
  changeAccountPlanAction,
  endOverrideAction,
  protectAccountAction,
  setExternalIdAction,
} from "../actions.ts";

export function AddOverride({ accountId, endpoints }: { accountId: string; endpoints: readonly SelectOption[] }) {
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState("quota");
  const [until, setUntil] = useState("");
  const form = useActionForm(addOverrideAction, {
    done: "Exception added. Takes effect on the next request.",
    onDone: () => setOpen(false),
  });
  const { field } = form;
  const endsAt = new Date(until);
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Add exception</Button>}
      title="Add an exception"
      description="A different quota or rate limit for this account from the next request. The plan stays the same."
    >
      <PostForm sends={form} className="flex flex-col gap-4">
        <input type="hidden" name="accountId" value={accountId} />
        <Field name="kind" label="Limit">
          {(control) => (
            <Select
              {...control}
              value={kind}
              onChange={(event) => setKind(event.target.value)}
              options={[
                { value: "quota", label: "Daily quota" },
                { value: "rate_limit", label: "Rate limit of an endpoint" },
              ]}
            />
          )}
        </Field>
        {kind === "rate_limit" ? (
          <Field name="endpointId" label="Endpoint" {...field("endpointId")}>
            {(control) => <Select {...control} options={endpoints} />}
          </Field>
        ) : null}
        <Field name="value" label={kind === "quota" ? "Requests per day" : "Requests per window"} {...field("value")}>
          {(control) => <Input {...control} type="number" min={0} required inputMode="numeric" />}
        </Field>
        <Field name="_until" label="Until (your time zone)" help="Leave empty for no end" {...field("endsAt")}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        <input type="hidden" name="endsAt" value={Number.isNaN(endsAt.getTime()) ? "" : endsAt.toISOString()} />
        <Field name="reason" label="Reason" {...field("reason")}>
          {(control) => <Input {...control} autoComplete="off" maxLength={500} />}
        </Field>
        <div role="alert">{form.message ? <FieldError id="override-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={form.pending}>
          Add exception
        </Button>
      </PostForm>
    </Sheet>
  );
}

export function EndOverride({ overrideId }: { overrideId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">End now</Button>}
      title="End this exception?"
      consequences="The plan's value applies again from the next request. The exception stays in the history."
      confirmLabel="End exception"
      pendingText="Ending"
      tone="primary"
      onConfirm={confirmed(endOverrideAction)}
    >
      <input type="hidden" name="overrideId" value={overrideId} />
    </ConfirmDialog>
  );
}

type ChangePlanProps = { accountId: string; planId: number; plans: readonly { id: number; name: string }[] };

export function ChangePlan({ accountId, planId, plans }: ChangePlanProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Change plan</Button>}
      title="Change this account's plan?"
      consequences="The new quota and limits apply from the next request. Today's usage still counts."
      confirmLabel="Change plan"
      pendingText="Changing"
      tone="primary"
      onConfirm={confirmed(changeAccountPlanAction)}
    >
      <input type="hidden" name="accountId" value={accountId} />
      <Field name="planId" label="Plan">
        {(control) => (
          <Select
            defaultValue={String(planId)}
            {...control}
            options={plans.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function ExternalId({ accountId, externalId }: { accountId: string; externalId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{externalId === "" ? "Set external id" : "Change external id"}</Button>}
      title="Set the external id"
      consequences="Your own id of this customer. REST calls find the account by it, and gate answers and webhooks carry it."
      confirmLabel="Save external id"
      pendingText="Saving"
      tone="primary"
      onConfirm={confirmed(setExternalIdAction)}
    >
      <input type="hidden" name="accountId" value={accountId} />
      <Field name="externalId" label="External id" help="Leave empty for none">
        {(control) => (
          <Input {...control} defaultValue={externalId} autoComplete="off" spellCheck={false} maxLength={200} />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function Protect({ accountId, isProtected }: { accountId: string; isProtected: boolean }) {
  return isProtected ? (
    <SwitchTerm
      label="Remove protection"
      title="Remove the protection?"
      consequences="Staff can then act on it alone, within their roles. You need a second person for another 24 hours."
      action={protectAccountAction}
      sends={{ accountId, isProtected: "false" }}
    />
  ) : (
    <SwitchTerm
      label="Protect"
      title="Protect this account?"
      consequences="Every action except a notice will need a second person."
      confirmLabel="Protect account"
      action={protectAccountAction}
      sends={{ accountId, isProtected: "true" }}
    />
  );
}

/** Only shown where the operator allows private networks at all. */
export function PrivateNetworks({ accountId, isAllowed }: { accountId: string; isAllowed: boolean }) {
  return isAllowed ? (
    <SwitchTerm
      label="Close private networks"
      title="Close private networks?"
      consequences="Its webhooks and privacy policies can then lie at public addresses only. Deliveries to private ones fail."
      action={allowPrivateNetworksAction}
      sends={{ accountId, reachesPrivateNetworks: "false" }}
    />
  ) : (
    <SwitchTerm
      label="Allow private networks"
      title="Allow private networks?"
      consequences="Its webhooks and privacy policies can then lie in the private networks that this installation allows. The account does not see what they answer."
      action={allowPrivateNetworksAction}
      sends={{ accountId, reachesPrivateNetworks: "true" }}
    />
  );
}

type SwitchTermProps = {
  /** On the button, and in the dialog where it says nothing else. */
  label: string;
  title: string;
  consequences: string;
  confirmLabel?: string;
  action: Parameters<typeof confirmed>[0];
  sends: Record<string, string>;
};

/** A term that is on or off: a button, and what it means before it is done. */
function SwitchTerm({ label, title, consequences, confirmLabel = label, action, sends }: SwitchTermProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{label}</Button>}
      title={title}
      consequences={consequences}
      confirmLabel={confirmLabel}
      pendingText="Saving"
      tone="primary"
      onConfirm={confirmed(action)}
    >
      {Object.entries(sends).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </ConfirmDialog>
  );
}
