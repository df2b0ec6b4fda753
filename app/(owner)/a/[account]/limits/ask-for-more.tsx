"use client"; // Keeps what was typed when it is refused.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { askForLimitAction, withdrawLimitRequestAction } from "./actions.ts";

type AskForMoreProps = {
  account: string;
  /** `quota` and the ids of limited endpoints, with what holds now. */
  limits: readonly SelectOption[];
  /** The one that a link asked for. */
  chosen: string | undefined;
};

/** A request to the provider: which limit, how much, why, and for which time if it is for a burst. */
export function AskForMore({ account, limits, chosen }: AskForMoreProps) {
  const ask = useActionForm(askForLimitAction, { done: "Sent to the provider" });
  const { field } = ask;
  return (
    <PostForm sends={ask} aria-label="Ask for more" className="flex max-w-xl flex-col gap-3">
      <input type="hidden" name="account" value={account} />
      <Field name="_limit" label="Limit" {...field("_limit")} {...errorOf(ask.errors.kind ?? ask.errors.endpointId)}>
        {(control) => <Select defaultValue={chosen} {...control} options={limits} />}
      </Field>
      <Field
        name="value"
        label="Requests you need"
        help="Per UTC day or per window, as the limit counts"
        {...field("value")}
      >
        {(control) => <Input {...control} type="number" min={1} inputMode="numeric" required />}
      </Field>
      <Field
        name="reason"
        label="What for?"
        help="For example what you send, how often, and since when it is more"
        {...field("reason")}
      >
        {(control) => <Textarea {...control} rows={3} required maxLength={1_000} />}
      </Field>
      <fieldset className="flex flex-wrap gap-3">
        <legend className="mb-1 text-sm text-ink-2">
          Only for a time? Then say from when to when, in UTC. Up to 72 hours it also counts as an announced load, so it
          is not treated as abuse.
        </legend>
        <Field name="_from" label="From (UTC)" optional {...field("_from")} {...errorOf(ask.errors.startsAt)}>
          {(control) => <Input {...control} type="datetime-local" />}
        </Field>
        <Field name="_to" label="To (UTC)" optional {...field("_to")} {...errorOf(ask.errors.endsAt)}>
          {(control) => <Input {...control} type="datetime-local" />}
        </Field>
      </fieldset>
      <div role="alert">{ask.message ? <FieldError id="ask-error">{ask.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" className="self-start" pending={ask.pending}>
        Ask the provider
      </Button>
    </PostForm>
  );
}

export function WithdrawRequest({ account, requestId }: { account: string; requestId: string }) {
  const withdraw = useActionForm(withdrawLimitRequestAction, { done: "Request withdrawn" });
  return (
    <PostForm sends={withdraw}>
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="requestId" value={requestId} />
      <Button type="submit" size="sm" pending={withdraw.pending}>
        Withdraw
      </Button>
      <span role="alert">
        {withdraw.message ? <FieldError id={`withdraw-${requestId}`}>{withdraw.message}</FieldError> : null}
      </span>
    </PostForm>
  );
}

function errorOf(error: string | undefined): { error?: string } {
  return error ? { error } : {};
}
