"use client"; // Keeps what was typed when it is refused.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { declineLimitRequestAction, grantLimitRequestAction } from "./actions.ts";

type GrantProps = {
  requestId: string;
  accountName: string;
  value: number;
  /** How long it may be granted for; null = until the end that was asked for. */
  days: { options: readonly SelectOption[]; standard: string } | null;
};

/** As asked by one click; less, or for another time, by what is typed first. */
export function GrantRequest({ requestId, accountName, value, days }: GrantProps) {
  const grant = useActionForm(grantLimitRequestAction, { done: "Granted. Takes effect at its start." });
  const { field } = grant;
  return (
    <PostForm sends={grant} aria-label={`Grant ${accountName}`} className="flex min-w-64 flex-1 flex-col gap-3">
      <input type="hidden" name="requestId" value={requestId} />
      <div className="flex flex-wrap gap-3">
        <Field name="value" label="Requests" {...field("value")}>
          {(control) => (
            <Input defaultValue={String(value)} {...control} type="number" min={1} inputMode="numeric" required />
          )}
        </Field>
        {days ? (
          <Field name="days" label="For" {...field("days")}>
            {(control) => <Select defaultValue={days.standard} {...control} options={days.options} />}
          </Field>
        ) : null}
      </div>
      <Field name="answer" label="Words for the owner" optional {...field("answer")}>
        {(control) => <Textarea {...control} rows={2} maxLength={2_000} />}
      </Field>
      <div role="alert">
        {grant.message ? <FieldError id={`grant-${requestId}`}>{grant.message}</FieldError> : null}
      </div>
      <Button type="submit" variant="primary" className="self-start" pending={grant.pending}>
        Grant
      </Button>
    </PostForm>
  );
}

export function DeclineRequest({ requestId, accountName }: { requestId: string; accountName: string }) {
  const decline = useActionForm(declineLimitRequestAction, { done: "Declined. The owner is told why." });
  return (
    <PostForm sends={decline} aria-label={`Decline ${accountName}`} className="flex min-w-64 flex-1 flex-col gap-3">
      <input type="hidden" name="requestId" value={requestId} />
      <Field name="answer" label="Why not? For the owner" {...decline.field("answer")}>
        {(control) => <Textarea {...control} rows={2} required maxLength={2_000} />}
      </Field>
      <div role="alert">
        {decline.message ? <FieldError id={`decline-${requestId}`}>{decline.message}</FieldError> : null}
      </div>
      <Button type="submit" className="self-start" pending={decline.pending}>
        Decline
      </Button>
    </PostForm>
  );
}
