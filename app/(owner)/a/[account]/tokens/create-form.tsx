"use client"; // Says what the token will be able to do while it is put together.

import { type FormEvent, useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { createTokenAction } from "./actions.ts";
import { ExpiryField, expiryAt } from "./expiry-field.tsx";
import { ScopePicker } from "./scope-picker.tsx";
import { type ScopeRow, tokenSummary } from "./token-summary.ts";

export type Made = { name: string; secret: string; scopes: string[] };

type CreateFormProps = {
  account: string;
  known: readonly ScopeRow[];
  nowMs: number;
  prefill: { name: string; scopes: readonly string[] };
  onMade: (made: Made) => void;
};

/** Everything a token is made of. What the server refuses is said at its field, and nothing typed is lost. */
export function CreateForm({ account, known, nowMs, prefill, onMade }: CreateFormProps) {
  const [scopes, setScopes] = useState<string[]>([...prefill.scopes]);
  const [expiry, setExpiry] = useState({ preset: "90", date: "" });
  const [networks, setNetworks] = useState("");
  const [caps, setCaps] = useState({ capPerDay: "", capPerMinute: "" });
  const create = useActionForm(createTokenAction, { onDone: (made) => onMade({ ...made, scopes }) });
  const lines = networks
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const expiresAt = expiryAt(expiry, nowMs);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const ends = expiryAt(expiry, Date.now());
    if (ends) form.set("expiresAt", ends.toISOString());
    for (const line of lines) form.append("allowedNetworks[]", line);
    create.send(form);
  }

  const error = (field: string) => {
    // Lists are refused by their place: `allowedNetworks.0`.
    const found = Object.entries(create.errors).find(([key]) => key === field || key.startsWith(`${field}.`));
    return found ? { error: found[1] } : {};
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5" aria-label="Create token">
      <input type="hidden" name="account" value={account} />
      <Field name="name" label="Name" help="What uses it, like billing-cron." required {...error("name")}>
        {(control) => <Input {...control} maxLength={50} autoComplete="off" defaultValue={prefill.name} />}
      </Field>
      <ScopePicker known={known} chosen={scopes} onChange={setScopes} {...error("scopes")} />
      <ExpiryField value={expiry} onChange={setExpiry} nowMs={nowMs} {...error("expiresAt")} />
      <Field
        name="_networks"
        label="Only from these addresses"
        optional
        help="One per line, IPv4 or IPv6: 203.0.113.7 or 2001:db8::/48. Empty = from anywhere."
        {...error("allowedNetworks")}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={3}
            spellCheck={false}
            value={networks}
            onChange={(event) => setNetworks(event.target.value)}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field name="capPerDay" label="Calls a day" optional help="On top of the quota." {...error("capPerDay")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={caps.capPerDay}
              onChange={(event) => setCaps({ ...caps, capPerDay: event.target.value })}
            />
          )}
        </Field>
        <Field
          name="capPerMinute"
          label="Calls a minute"
          optional
          help="On top of rate limits."
          {...error("capPerMinute")}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={caps.capPerMinute}
              onChange={(event) => setCaps({ ...caps, capPerMinute: event.target.value })}
            />
          )}
        </Field>
      </div>
      <p role="status" className="rounded-md bg-sunk px-3 py-2 text-ink-2">
        {tokenSummary({ scopes, known, networks: lines.length, expiresAt, ...caps })}
      </p>
      <div role="alert">{create.message ? <FieldError id="create-error">{create.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={create.pending}>
        Create token
      </Button>
    </form>
  );
}
