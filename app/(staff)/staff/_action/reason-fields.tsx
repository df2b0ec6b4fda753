"use client"; // The text follows the reason until it is edited.

import { type ReactNode, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { type ReasonCode, reasonCodes } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";

/** A reason and what owners read of it: the template of the reason until somebody edits it. `detailOf` = what is known of this reason. */
export function useReason(first: ReasonCode, detailOf: (code: ReasonCode) => string | null) {
  const [code, setCode] = useState(first);
  const [publicText, setPublicText] = useState(() => words.publicText(first, detailOf(first)));
  const choose = (wanted: string) => {
    const chosen = reasonCodes.find((one) => one === wanted) ?? "other";
    setCode(chosen);
    setPublicText(words.publicText(chosen, detailOf(chosen)));
  };
  return { code, choose, publicText, setPublicText };
}

type ReasonFieldsProps = {
  reason: ReturnType<typeof useReason>;
  help: ReactNode;
  textLabel: string;
  textHelp?: string;
  /** What is wrong with a field. */
  error: (field: string) => { error?: string };
};

/** Why, what owners read, and what colleagues read. */
export function ReasonFields({ reason, help, textLabel, textHelp, error }: ReasonFieldsProps) {
  return (
    <>
      <Field name="reasonCode" label="Reason" help={help} {...error("reasonCode")}>
        {(control) => (
          <Select
            {...control}
            value={reason.code}
            onChange={(event) => reason.choose(event.target.value)}
            options={reasonCodes.map((value) => ({ value, label: words.reasons[value].title }))}
          />
        )}
      </Field>
      <Field name="publicText" label={textLabel} {...(textHelp ? { help: textHelp } : {})} {...error("publicText")}>
        {(control) => (
          <Textarea
            {...control}
            rows={5}
            value={reason.publicText}
            onChange={(event) => reason.setPublicText(event.target.value)}
          />
        )}
      </Field>
      <Field name="internalNote" label="Note for colleagues" {...error("internalNote")}>
        {(control) => <Textarea {...control} rows={2} />}
      </Field>
    </>
  );
}
