"use client"; // Buttons that ask before they act.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toast.ts";
import { EndpointForm, SecretOnce } from "./endpoint-form.tsx";
import type { EndpointRow, WebhookActions, WebhookSide } from "./webhook-actions.ts";

type EndpointActsProps = WebhookSide & { endpoint: EndpointRow; events: readonly string[]; actions: WebhookActions };

/** Test, change, switch off or on, new secret, delete. */
export function EndpointActs({ endpoint, events, actions, account }: EndpointActsProps) {
  const { id, url, version, disabledAt } = endpoint;
  const test = useActionForm(actions.test, { done: "Test event sent" });
  const enable = useActionForm(actions.enable, { done: "Endpoint enabled" });
  const disable = useActionForm(actions.disable, { done: "Endpoint disabled" });
  const hidden = (
    <>
      {account ? <input type="hidden" name="account" value={account} /> : null}
      <input type="hidden" name="endpointId" value={id} />
    </>
  );
  const simple = (form: typeof test, label: string, variant?: "primary") => (
    <PostForm sends={form}>
      {hidden}
      {form === test ? null : <input type="hidden" name="version" value={version} />}
      <Button type="submit" pending={form.pending} {...(variant ? { variant } : {})}>
        {label}
      </Button>
    </PostForm>
  );
  const message = test.message || enable.message || disable.message;
  return (
    <>
      {disabledAt ? simple(enable, "Enable", "primary") : simple(test, "Send test event")}
      <EndpointForm endpoint={endpoint} events={events} actions={actions} {...(account ? { account } : {})} />
      <RotateSecret rotate={actions.rotate} hidden={hidden} />
      {disabledAt ? null : simple(disable, "Disable")}
      <ConfirmDialog
        trigger={<Button>Delete</Button>}
        title="Delete this endpoint?"
        consequences={`Nothing more is sent to ${url}, and its delivery log is deleted too. This cannot be undone.`}
        confirmLabel="Delete endpoint"
        pendingText="Deleting"
        onConfirm={confirmed(actions.remove)}
      >
        {hidden}
      </ConfirmDialog>
      <p role="alert" className="w-full text-danger empty:hidden">
        {message}
      </p>
    </>
  );
}

type RotateSecretProps = { rotate: WebhookActions["rotate"]; hidden: React.ReactNode };

function RotateSecret({ rotate, hidden }: RotateSecretProps) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <ConfirmDialog
        trigger={<Button>New secret</Button>}
        title="Create a new signing secret?"
        consequences="Until the old secret expires, deliveries are signed with both, so that you can update the receiver at any time."
        confirmLabel="Create new secret"
        pendingText="Creating"
        onConfirm={async (form) => {
          const result = await call(rotate, form);
          if (result.status === "error") return { error: result.message };
          setSecret(result.shown.secret);
          toast.success("New secret created");
          return undefined;
        }}
      >
        {hidden}
        <Field name="overlapHours" label="Keep signing with the old secret for">
          {(control) => (
            <Select
              defaultValue="24"
              {...control}
              options={[
                { value: "0", label: "no longer" },
                { value: "1", label: "1 hour" },
                { value: "24", label: "24 hours" },
                { value: "168", label: "7 days" },
              ]}
            />
          )}
        </Field>
      </ConfirmDialog>
      <SecretOnce
        secret={secret}
        onStored={() => {
          setSecret(null);
          router.refresh();
        }}
      />
    </>
  );
}
