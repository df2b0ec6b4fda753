"use client"; // Templates tick scopes, and a line says what the token will be able to do.

import { useState } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

export type Scope = { name: string; area: string; description: string };

const expiries = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "date", label: "On a date …" },
  { value: "never", label: "Never" },
];

type Template = "send" | "read" | "full" | "own";

const isReading = (name: string) => name.endsWith(":read");
const templates: { value: Template; label: string; has: (name: string) => boolean }[] = [
  { value: "send", label: "Send e-mail", has: (name) => name === "email:send" },
  { value: "read", label: "Read only", has: isReading },
  { value: "full", label: "Everything", has: () => true },
  { value: "own", label: "My choice", has: () => false },
];

export function TokenFields({ scopes, errors }: { scopes: readonly Scope[]; errors: Record<string, string> }) {
  const [template, setTemplate] = useState<Template>("send");
  const [chosen, setChosen] = useState(() => scopes.filter((one) => one.name === "email:send").map((one) => one.name));
  const [expiry, setExpiry] = useState("90");
  const [networks, setNetworks] = useState("");
  const choose = (value: string) => {
    const found = templates.find((one) => one.value === value);
    if (!found) return;
    setTemplate(found.value);
    if (found.value !== "own") setChosen(scopes.map((one) => one.name).filter(found.has));
  };
  const toggle = (name: string) => {
    setTemplate("own");
    setChosen((before) => (before.includes(name) ? before.filter((one) => one !== name) : [...before, name]));
  };
  const error = (...names: string[]) => {
    const key = Object.keys(errors).find((one) => names.some((name) => one === name || one.startsWith(`${name}.`)));
    return key ? { error: errors[key] } : {};
  };
  const areas = [...new Set(scopes.map((one) => one.area))];
  const from = networks.split(/[\s,]+/).filter(Boolean).length;
  return (
    <>
      <Field name="name" label="Name" help="Which client is it for? Like “billing-cron”." required {...error("name")}>
        {(control) => <Input {...control} maxLength={50} autoComplete="off" autoFocus />}
      </Field>
      <div className="flex flex-col gap-3">
        <Segmented
          name="_template"
          legend="What may it do?"
          value={template}
          onValueChange={choose}
          options={templates}
        />
        <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {areas.map((area) => (
            <fieldset key={area}>
              <legend className="mb-1 text-sm text-ink-3">{area}</legend>
              {scopes
                .filter((one) => one.area === area)
                .map((one) => (
                  <Checkbox
                    key={one.name}
                    name="scopes[]"
                    value={one.name}
                    checked={chosen.includes(one.name)}
                    onChange={() => toggle(one.name)}
                    label={<span className="font-mono">{one.name}</span>}
                    help={one.description}
                  />
                ))}
            </fieldset>
          ))}
        </div>
        {error("scopes").error ? <FieldError id="scopes-error">{error("scopes").error}</FieldError> : null}
      </div>
      <Field name="_expiry" label="Expires" {...error("expiresAt")}>
        {(control) => (
          <Select {...control} value={expiry} onChange={(event) => setExpiry(event.target.value)} options={expiries} />
        )}
      </Field>
      {expiry === "date" ? (
        <Field name="_expiryDate" label="Last day, in your zone">
          {(control) => <Input {...control} type="date" required />}
        </Field>
      ) : null}
      <Field
        name="_networks"
        label="Only from these networks"
        help="One address or CIDR block per line, IPv4 or IPv6. Empty = from anywhere."
        optional
        {...error("allowedNetworks")}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            value={networks}
            onChange={(event) => setNetworks(event.target.value)}
            placeholder="203.0.113.0/24"
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="capPerMinute" label="At most per minute" optional {...error("capPerMinute")}>
          {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
        </Field>
        <Field name="capPerDay" label="At most per UTC day" optional {...error("capPerDay")}>
          {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
        </Field>
      </div>
      <p role="status" className="rounded-md bg-sunk px-3 py-2 text-ink-2">
        {chosen.length === 0
          ? "It holds no scope: only endpoints that need none are open to it"
          : `It can ${doingWords(chosen, scopes)}`}
        {from > 0 ? `, from ${from} ${from === 1 ? "network" : "networks"}` : ", from anywhere"}, {expiryWords(expiry)}.
      </p>
    </>
  );
}

function doingWords(chosen: readonly string[], scopes: readonly Scope[]): string {
  const phrases = scopes
    .filter((one) => chosen.includes(one.name))
    .map((one) => one.description.charAt(0).toLowerCase() + one.description.slice(1));
  return phrases.length <= 2 ? phrases.join(" and ") : `${phrases[0]} and ${phrases.length - 1} more things`;
}

function expiryWords(expiry: string): string {
  if (expiry === "never") return "for ever";
  if (expiry === "date") return "until the date you choose";
  return expiry === "365" ? "for a year" : `for ${expiry} days`;
}
