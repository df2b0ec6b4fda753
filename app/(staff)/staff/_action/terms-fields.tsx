"use client"; // Its fields follow the type of the action.

import type { Ref } from "react";
import { Field } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { actionTypes } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import { scopeFields, throttleFactors } from "./action-scopes.ts";
import { UntilField, usualHours } from "./until-field.tsx";
import type { Terms } from "./use-terms.ts";

type TermsFieldsProps = {
  terms: Terms;
  scopeRef: Ref<HTMLSelectElement>;
  error: (field: string) => { error?: string };
};

/** What, on what, how much, until when, and instead of what. */
export function TermsFields({ terms, scopeRef, error }: TermsFieldsProps) {
  const { type, scope, scopes, until, mayBeForGood } = terms;
  return (
    <>
      <input type="hidden" name="type" value={type} />
      {scopeFields(scope).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Segmented
        name="_type"
        legend="Action"
        value={type}
        onValueChange={terms.chooseType}
        options={actionTypes.map((value) => ({ value, label: deskWords.actionChoices[value].label }))}
      />
      <p className="-mt-2 text-sm text-ink-3">{deskWords.actionChoices[type].effect}</p>
      <Field
        name="_scope"
        label="Scope"
        {...error("tokenId")}
        {...(scopes.length === 0 ? { error: "This account has no active token to pause." } : {})}
      >
        {(control) => (
          <Select
            {...control}
            ref={scopeRef}
            value={scope}
            onChange={(event) => terms.setScope(event.target.value)}
            options={scopes}
          />
        )}
      </Field>
      {type === "throttle" ? (
        <Field name="factor" label="Lower limits to" {...error("factor")}>
          {(control) => <Select defaultValue="0.5" {...control} options={throttleFactors} />}
        </Field>
      ) : null}
      {terms.hasEnd ? (
        <UntilField
          value={until.choice === "good" && !mayBeForGood ? { ...until, choice: usualHours } : until}
          onChange={terms.setUntil}
          startsAtMs={terms.startsAtMs}
          servedMs={terms.replaced?.servedMs ?? 0}
          mayBeForGood={mayBeForGood}
          {...error("endsAt")}
        />
      ) : null}
      {terms.replaceable.length > 0 && type !== "notice" ? <ReplacesField terms={terms} error={error} /> : null}
    </>
  );
}

function ReplacesField({ terms, error }: Pick<TermsFieldsProps, "terms" | "error">) {
  return (
    <Field
      name="replacesActionId"
      label="Replaces"
      {...error("replacesActionId")}
      help={
        terms.replaced ? "It ends when this takes effect; time served is credited." : "Actions in force stay in force."
      }
    >
      {(control) => (
        <Select
          {...control}
          value={terms.replaces}
          onChange={(event) => terms.setReplaces(event.target.value)}
          options={[
            { value: "", label: "Nothing, in addition" },
            ...terms.replaceable.map((one) => ({ value: one.id, label: one.words })),
          ]}
        />
      )}
    </Field>
  );
}
