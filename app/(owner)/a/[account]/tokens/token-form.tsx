"use client"; // Says what the token will be able to do while it is put together.

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { Action } from "#app/_lib/action.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import * as words from "#words/words.ts";
import { ExpiryField } from "./expiry-field.tsx";
import { NetworksField } from "./networks-field.tsx";
import { ScopePicker } from "./scope-picker.tsx";
import type { TokenChoices, TokenValues } from "./token-choices.ts";
import { fieldsFor, fieldsIn, fieldsOf, type TokenFields, valuesOf } from "./token-fields.ts";

type TokenFormProps<Shown> = {
  label: string;
  /** Whose token; of one that exists, which, and the version that was read. */
  hidden: Readonly<Record<string, string>>;
  choices: TokenChoices;
  initial: TokenValues;
  /** What was typed into the same form before, in another place. */
  typed?: FormData | null;
  /** Of a token that exists its end, which can stay as it is; null = never. */
  kept?: Date | null;
  action: Action<Shown>;
  onDone: (shown: Shown, chosen: TokenFields) => void;
  /** Beside the button: what else can be done with what is filled in. */
  aside?: (chosen: TokenValues) => ReactNode;
  /** The form was in the page before its script had come: what stands in it, and whether the page answers it. */
  onScript?: (early: Early) => void;
};

export type Early = { typed: FormData; isPosted: boolean };

/** Everything a token is made of. What the server refuses is said at its field, and nothing typed is lost. */
export function TokenForm<Shown>(props: TokenFormProps<Shown>) {
  const { label, hidden, choices, kept, action, onDone, aside, onScript } = props;
  const form = useRef<HTMLFormElement>(null);
  const send = useActionForm(action, { onDone: (shown) => onDone(shown, fields) });
  const { typed } = send;
  const [fields, setFields] = useState(() =>
    typed.name === undefined
      ? props.typed
        ? fieldsOf(props.typed)
        : fieldsFor(props.initial, choices, kept !== undefined)
      : fieldsIn((name) => typed[name] ?? []),
  );
  const set = (changed: Partial<TokenFields>) => setFields({ ...fields, ...changed });
  // What was typed before the script had come stands on the page only.
  const hasScript = useHydrated();
  const isHandedOver = useRef(false);
  useLayoutEffect(() => {
    if (hasScript || isHandedOver.current || !form.current) return;
    isHandedOver.current = true;
    const early = new FormData(form.current);
    setFields(fieldsOf(early));
    onScript?.({ typed: early, isPosted: send.isPosted });
  }, [hasScript, onScript, send.isPosted]);
  const { scopes } = fields;
  const now = valuesOf(fields, choices.nowMs, kept ?? null);

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
          value={fields[field]}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <PostForm ref={form} sends={send} className="flex flex-col gap-5" aria-label={label}>
      {Object.entries(hidden).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <Field name="name" label="Name" help="What it is for, e.g. billing-cron." required {...error("name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={50}
            autoComplete="off"
            value={fields.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <ScopePicker
        known={choices.scopes}
        routes={choices.routes}
        chosen={scopes}
        onChange={(chosen) => set({ scopes: chosen })}
        {...error("scopes")}
      />
      <ExpiryField
        value={fields.expiry}
        onChange={(expiry) => set({ expiry })}
        nowMs={choices.nowMs}
        maxDays={choices.maxDays}
        {...(kept === undefined ? {} : { kept })}
        {...error("expiresAt")}
      />
      <NetworksField
        value={fields.networks}
        onChange={(networks) => set({ networks })}
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
              value={fields.integrationId}
              onChange={(event) => set({ integrationId: event.target.value })}
              options={[
                { value: "", label: "None" },
                ...choices.integrations.map(({ id, name: title }) => ({ value: id, label: title })),
              ]}
            />
          )}
        </Field>
      ) : fields.integrationId === "" ? null : (
        <input type="hidden" name="integrationId" value={fields.integrationId} />
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
    </PostForm>
  );
}

/** What the chosen scopes let a token do, each by its description. */
function abilitiesOf(scopes: readonly string[], choices: TokenChoices): string[] {
  return choices.scopes.filter((one) => scopes.includes(one.name)).map((one) => one.description);
}
