"use client"; // Keeps what was typed when it is refused.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { Select } from "#components/ui/select.tsx";
import { joinReportAction } from "../actions.ts";

type JoinReportProps = {
  reportId: string;
  version: number;
  /** What the report's words lead to, the surest first, each with why. */
  suggestions: readonly { accountId: string; name: string; slug: string; why: string }[];
};

/** A person says which account a report is about, by a suggestion or by what they know of it. */
export function JoinReport({ reportId, version, suggestions }: JoinReportProps) {
  const join = useActionForm(joinReportAction, { done: "Report added to the case" });
  const [first] = suggestions;
  return (
    <PostForm sends={join} aria-label="Add to a case" className="flex max-w-xl flex-col gap-3">
      <input type="hidden" name="reportId" value={reportId} />
      <input type="hidden" name="version" value={version} />
      {first ? (
        <RadioCards
          name="accountId"
          legend="Accounts it may be about"
          defaultValue={join.typed.accountId?.[0] ?? (suggestions.length === 1 ? first.accountId : "")}
          options={suggestions.map(({ accountId, name, slug, why }) => ({
            value: accountId,
            label: `${name} (${slug})`,
            help: why,
          }))}
        />
      ) : null}
      <Field
        name="clue"
        label={first ? "Another account" : "Account"}
        optional={first !== undefined}
        help="Its address (as in /a/northwind), external id, a receipt, or a token's id. A domain or the end of a token suggests one."
        {...join.field("clue")}
      >
        {(control) => <Input {...control} maxLength={300} autoComplete="off" />}
      </Field>
      <Field name="severity" label="Severity" {...join.field("severity")}>
        {(control) => (
          <Select
            {...control}
            options={[
              { value: "1", label: "1: a hint" },
              { value: "2", label: "2: believable" },
              { value: "3", label: "3: proven or urgent" },
            ]}
          />
        )}
      </Field>
      <p className="text-sm text-ink-2">It counts as a flag there. The account does not learn who reported it.</p>
      <div role="alert">{join.message ? <FieldError id="join-error">{join.message}</FieldError> : null}</div>
      <Button type="submit" className="self-start" pending={join.pending}>
        Add to case
      </Button>
    </PostForm>
  );
}
