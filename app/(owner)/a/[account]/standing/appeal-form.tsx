"use client"; // Opens on demand and keeps what is typed on error.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import * as words from "#words/words.ts";
import { submitAppealAction } from "./actions.ts";

const questions = [
  { name: "cause", label: "What caused it?" },
  { name: "changed", label: "What have you changed since?" },
  { name: "prevention", label: "Why can it not happen again?" },
] as const;

type AppealProps = { account: string; actionId: string };

/** The form beside the page. Without script a link asks for it as a part of the page. */
export function AppealSheet({ account, actionId, what }: AppealProps & { what: string }) {
  return (
    <>
      <Sheet
        trigger={<Button>Appeal</Button>}
        title="Appeal this action"
        description={`Against: ${what}. ${words.appealHow}`}
      >
        <AppealForm account={account} actionId={actionId} />
      </Sheet>
      <noscript>
        <TextLink href={`?appeal=${actionId}`}>Appeal without JavaScript</TextLink>
      </noscript>
    </>
  );
}

/** Objects to one action: three questions, answered once; the rest is a dialogue. */
export function AppealForm({ account, actionId }: AppealProps) {
  const appeal = useActionForm(submitAppealAction, { done: "Appeal sent" });
  return (
    <PostForm sends={appeal} className="flex flex-col gap-4">
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="actionId" value={actionId} />
      {questions.map(({ name, label }) => (
        <Field key={name} name={name} label={label} {...appeal.field(name)}>
          {(control) => <Textarea {...control} rows={4} />}
        </Field>
      ))}
      <div role="alert">{appeal.message ? <FieldError id="appeal-error">{appeal.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" pending={appeal.pending}>
        Send appeal
      </Button>
    </PostForm>
  );
}
