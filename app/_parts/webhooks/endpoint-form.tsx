"use client"; // A sheet with a form that keeps what was typed.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import type { EndpointRow, WebhookActions, WebhookSide } from "./webhook-actions.ts";

type EndpointFormProps = WebhookSide & {
  /** All that this side can be told. */
  events: readonly string[];
  /** The one that is edited; a new one without. */
  endpoint?: EndpointRow;
  actions: Pick<WebhookActions, "create" | "edit">;
};

/** Adds or changes an endpoint. The secret of a new one is shown once, outside the form. */
export function EndpointForm({ events, endpoint, actions, account }: EndpointFormProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const create = useActionForm(actions.create, {
    onDone: (made) => {
      setOpen(false);
      setSecret(made.secret);
    },
  });
  const edit = useActionForm(actions.edit, { done: "Endpoint changed", onDone: () => setOpen(false) });
  const form = endpoint ? edit : create;
  const title = endpoint ? "Change endpoint" : "Add endpoint";
  return (
    <>
      <Sheet
        trigger={endpoint ? <Button>Change</Button> : <Button variant="primary">Add endpoint</Button>}
        open={open}
        onOpenChange={setOpen}
        title={title}
        description="Each event is sent as a POST with a signature. Answer with a 2xx status within 15 seconds."
      >
        <PostForm sends={form} className="flex flex-col gap-4" aria-label={title}>
          {account ? <input type="hidden" name="account" value={account} /> : null}
          {endpoint ? <input type="hidden" name="endpointId" value={endpoint.id} /> : null}
          {endpoint ? <input type="hidden" name="version" value={endpoint.version} /> : null}
          <Field
            name="url"
            label="Address"
            help="Must be public and https; the operator can allow others. Send a test event to check that it can be reached."
            {...form.field("url")}
          >
            {(control) => (
              <Input
                defaultValue={endpoint?.url ?? ""}
                {...control}
                type="url"
                required
                maxLength={500}
                autoComplete="off"
                placeholder="https://hooks.example.com/gatehouse"
              />
            )}
          </Field>
          <Field name="description" label="Description" optional>
            {(control) => <Input defaultValue={endpoint?.description ?? ""} {...control} maxLength={200} />}
          </Field>
          <fieldset className="flex flex-col gap-2">
            <legend className="font-medium">Events</legend>
            <p className="text-sm text-ink-3">Choose none to receive all events, including future ones.</p>
            <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
              {events.map((type) => (
                <Checkbox
                  key={type}
                  name="events[]"
                  value={type}
                  label={<code className="font-mono">{type}</code>}
                  defaultChecked={endpoint?.events.includes(type) ?? false}
                />
              ))}
            </div>
          </fieldset>
          <div role="alert">{form.message ? <FieldError id="endpoint-error">{form.message}</FieldError> : null}</div>
          <Button type="submit" variant="primary" pending={form.pending}>
            {title}
          </Button>
        </PostForm>
      </Sheet>
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

/** The signing secret, shown once. */
export function SecretOnce({ secret, onStored }: { secret: string | null; onStored: () => void }) {
  if (secret === null) return null;
  return (
    <CopyOnce
      open
      title="Signing secret"
      description="Give it to the receiver to verify that requests come from here (Standard Webhooks). It is not shown again; you can create a new one at any time."
      secret={secret}
      what="signing secret"
      onStored={onStored}
    />
  );
}
