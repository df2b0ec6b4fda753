"use client"; // Fills in the text of the chosen answer.

import { useRef } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { closeReportAction } from "../actions.ts";

type CloseReportProps = {
  reportId: string;
  version: number;
  hasAddress: boolean;
  answers: readonly { value: string; label: string; text: string }[];
};

/** Closes a report, and answers it. Without script the template goes out as it stands, unless something is typed in its place. */
export function CloseReport({ reportId, version, hasAddress, answers }: CloseReportProps) {
  const close = useActionForm(closeReportAction, { done: "Report closed" });
  const text = useRef<HTMLTextAreaElement>(null);
  return (
    <PostForm sends={close} aria-label="Close report" className="flex max-w-xl flex-col gap-3">
      <input type="hidden" name="reportId" value={reportId} />
      <input type="hidden" name="version" value={version} />
      <Field
        name="outcome"
        label="Outcome"
        help="For colleagues. The reporter does not see it."
        required
        {...close.field("outcome")}
      >
        {(control) => <Textarea {...control} rows={2} maxLength={1_000} />}
      </Field>
      {hasAddress ? (
        <>
          <Field name="answer" label="Answer to the reporter" {...close.field("answer")}>
            {(control) => (
              <Select
                {...control}
                onChange={({ target: { value } }) => {
                  if (text.current) text.current.value = answers.find((one) => one.value === value)?.text ?? "";
                }}
                options={[{ value: "none", label: "None" }, ...answers.map(({ value, label }) => ({ value, label }))]}
              />
            )}
          </Field>
          <Field
            name="answerText"
            label="Its words"
            optional
            help="Empty sends the template. Do not say whose account it was or what was done to it."
            {...close.field("answerText")}
          >
            {(control) => <Textarea {...control} ref={text} rows={5} maxLength={4_000} />}
          </Field>
          <details className="text-sm text-ink-2">
            <summary className="cursor-pointer">Templates</summary>
            <dl className="mt-2 flex flex-col gap-2">
              {answers.map((one) => (
                <div key={one.value}>
                  <dt className="font-medium">{one.label}</dt>
                  <dd className="whitespace-pre-wrap">{one.text}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      ) : (
        <p className="text-sm text-ink-2">The reporter left no address, so nothing is sent.</p>
      )}
      <div role="alert">{close.message ? <FieldError id="close-error">{close.message}</FieldError> : null}</div>
      <Button type="submit" className="self-start" pending={close.pending}>
        Close report
      </Button>
    </PostForm>
  );
}
