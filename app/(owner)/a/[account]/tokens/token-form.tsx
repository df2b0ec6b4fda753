"use client"; // Says what the token will be able to do while it is put together.

import { type FormEvent, type ReactNode, useState } from "react";
import type { Action } from "#app/_lib/action.ts";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import * as words from "#words/words.ts";
import { ExpiryField, expiryAt, firstPreset } from "./expiry-field.tsx";
import { NetworksField, networkLines } from "./networks-field.tsx";
import { ScopePicker } from "./scope-picker.tsx";
import type { TokenChoices, TokenValues } from "./token-choices.ts";

type TokenFormProps<Shown> = {
  label: string;
  /** Whose token; of one that exists, which, and the version that was read. */
  hidden: Readonly<Record<string, string>>;
  choices: TokenChoices;
  initial: TokenValues;
  /** The token exists, so its end can stay as it is. */
  exists: boolean;
  action: Action<Shown>;
  onDone: (shown: Shown, chosen: TokenValues) => void;
  /** Beside the button: what else can be done with what is filled in. */
  aside?: (chosen: TokenValues) => ReactNode;
};

/** Everything a token is made of. What the server refuses is said at its field, and nothing typed is lost. */
export function TokenForm<Shown>(props: TokenFormProps<Shown>) {
  const { label, hidden, choices, initial, exists, action, onDone, aside } = props;
  const kept = exists ? initial.expiresAt : undefined;
  const [name, setName] = useState(initial.name);
  const [scopes, setScopes] = useState<string[]>([...initial.scopes]);
  const [expiry, setExpiry] = useState({
    preset: exists ? "keep" : startingPreset(initial, choices),
    date: dayOf(initial),
  });
  const [networks, setNetworks] = useState(initial.allowedNetworks.join("\n"));
  const [caps, setCaps] = useState({
    capPerDay: textOf(initial.capPerDay),
    capPerMinute: textOf(initial.capPerMinute),
  });
  const [integrationId, setIntegrationId] = useState(initial.integrationId ?? "");
  const chosen = (nowMs: number): TokenValues => ({
    name,
    scopes,
    expiresAt: expiryAt(expiry, nowMs, kept),
    allowedNetworks: networkLines(networks),
    capPerDay: numberOf(caps.capPerDay),
    capPerMinute: numberOf(caps.capPerMinute),
    integrationId: integrationId === "" ? null : integrationId,
  });
  const send = useActionForm(action, { onDone: (shown) => onDone(shown, chosen(Date.now())) });
  const now = chosen(choices.nowMs);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { expiresAt, allowedNetworks } = chosen(Date.now());
    if (expiresAt) form.set("expiresAt", expiresAt.toISOString());
    for (const line of allowedNetworks) form.append("allowedNetworks[]", line);
    send.send(form);
  }

  const error = (field: string) => {
    // Lists are refused by their place: `allowedNetworks.0`.
    const found = Object.entries(send.errors).find(([key]) => key === field || key.startsWith(`${field}.`));
    return found ? { error: found[1] } : {};
  };
  const cap = (field: "capPerDay" | "capPerMinute", title: string, help: string) => (
    <Field name={field} label={title} optional help={help} {...error(field)}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          value={caps[field]}
          onChange={(event) => setCaps({ ...caps, [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form onSubmit={submit} className="flex flex-col gap-5" aria-label={label}>
      {Object.entries(hidden).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <Field name="name" label="Name" help="What it is for, e.g. billing-cron." required {...error("name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={50}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <ScopePicker
        known={choices.scopes}
        routes={choices.routes}
        chosen={scopes}
        onChange={setScopes}
        {...error("scopes")}
      />
      <ExpiryField
        value={expiry}
        onChange={setExpiry}
        nowMs={choices.nowMs}
        maxDays={choices.maxDays}
        {...(kept === undefined ? {} : { kept })}
        {...error("expiresAt")}
      />
      <NetworksField
        value={networks}
        onChange={setNetworks}
        myAddress={choices.myAddress}
        {...error("allowedNetworks")}
      />
      <div className="grid grid-cols-2 gap-4">
        {cap("capPerDay", "Calls per day", "In addition to the quota.")}
        {cap("capPerMinute", "Calls per minute", "In addition to rate limits.")}
      </div>
      {choices.integrations.length > 0 ? (
        <Field
          name="integrationId"
          label="Integration"
          optional
          help="The program it belongs to."
          {...error("integrationId")}
        >
          {(control) => (
            <Select
              {...control}
              value={integrationId}
              onChange={(event) => setIntegrationId(event.target.value)}
              options={[
                { value: "", label: "None" },
                ...choices.integrations.map(({ id, name: title }) => ({ value: id, label: title })),
              ]}
            />
          )}
        </Field>
      ) : integrationId === "" ? null : (
        <input type="hidden" name="integrationId" value={integrationId} />
      )}
      <p role="status" aria-label="What it can do" className="rounded-md bg-sunk px-3 py-2 text-ink-2">
        {words.tokenSummary({
          ...now,
          scopes: scopes.length === choices.scopes.length ? null : abilitiesOf(scopes, choices),
          networks: now.allowedNetworks.length,
        })}
      </p>
      <div role="alert">{send.message ? <FieldError id="token-form-error">{send.message}</FieldError> : null}</div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" size="lg" pending={send.pending} className="grow">
          {label}
        </Button>
        {aside?.(now)}
      </div>
    </form>
  );
}

function startingPreset({ expiresAt }: TokenValues, { maxDays }: TokenChoices): string {
  return expiresAt ? "date" : firstPreset(maxDays);
}

function dayOf({ expiresAt }: TokenValues): string {
  return expiresAt?.toISOString().slice(0, 10) ?? "";
}

function textOf(cap: number | null): string {
  return cap === null ? "" : String(cap);
}

function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}

/** What the chosen scopes let a token do, each by its description. */
function abilitiesOf(scopes: readonly string[], choices: TokenChoices): string[] {
  return choices.scopes.filter((one) => scopes.includes(one.name)).map((one) => one.description);
}
