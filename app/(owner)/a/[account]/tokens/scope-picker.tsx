"use client"; // A template ticks its boxes.

import { Checkbox } from "#components/ui/checkbox.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { isTokenScope } from "#core/rules/tokens/token-scopes.ts";
import * as words from "#words/words.ts";
import type { TokenChoices } from "./token-choices.ts";

type ScopePickerProps = {
  known: TokenChoices["scopes"];
  routes: TokenChoices["routes"];
  chosen: readonly string[];
  onChange: (scopes: string[]) => void;
  error?: string;
};

/** Templates by the verb in the scopes' names, so that they fit any provider's scopes. */
const templates = [
  { value: "full", label: "Full access", holds: () => true },
  { value: "send", label: "Sending only", holds: (name: string) => name.endsWith(":send") },
  { value: "read", label: "Read only", holds: (name: string) => name.endsWith(":read") },
];

/** What the token may do: by template, and one by one, grouped by area. */
export function ScopePicker({ known, routes, chosen, onChange, error }: ScopePickerProps) {
  // A template is about the API; what a token may do to the desk itself is chosen one by one.
  const names = known.filter((one) => !isTokenScope(one.name)).map((one) => one.name);
  const offered = templates
    .map(({ holds, ...template }) => ({ ...template, names: names.filter(holds) }))
    .filter((template) => template.names.length > 0);
  const matching = offered.find((template) => isSame(template.names, chosen));
  const areas = [...new Set(known.map((one) => one.area))];
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        name="_template"
        legend="Scopes"
        value={matching?.value ?? "custom"}
        onValueChange={(value) => {
          const template = offered.find((one) => one.value === value);
          if (template) onChange(template.names);
        }}
        options={[
          ...offered.map(({ value, label }) => ({ value, label })),
          { value: "custom", label: "Individual scopes" },
        ]}
      />
      <div className="grid gap-x-4 gap-y-3 rounded-md border border-line p-3 sm:grid-cols-2">
        {areas.map((area) => (
          <fieldset key={area} className="flex min-w-0 flex-col gap-1">
            <legend className="mb-1 text-sm text-ink-3">{area}</legend>
            {known
              .filter((one) => one.area === area)
              .map((one) => (
                <Checkbox
                  key={one.name}
                  name="scopes[]"
                  value={one.name}
                  checked={chosen.includes(one.name)}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...chosen, one.name] : chosen.filter((name) => name !== one.name))
                  }
                  label={one.description}
                  help={
                    <>
                      <span className="font-mono">{one.name}</span>
                      {allowedBy(one.name, routes)}
                    </>
                  }
                />
              ))}
          </fieldset>
        ))}
      </div>
      {error ? <FieldError id="scopes-error">{error}</FieldError> : null}
    </div>
  );
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

/** The calls a scope opens, as its clients know them. */
function allowedBy(scope: string, routes: TokenChoices["routes"]): string {
  const opened = routes.filter((route) => route.scope === scope).map(words.route);
  return opened.length === 0 ? "" : ` · ${opened.join(", ")}`;
}
