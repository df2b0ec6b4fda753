"use client"; // Acts without leaving the page.

import type { ReactNode } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { nextCaseState } from "#core/rules/cases/case-machine.ts";
import type { CaseOutcome, CaseState, StaffRole } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import {
  claimCaseAction,
  closeCaseAction,
  escalateCaseAction,
  handOverCaseAction,
  releaseCaseAction,
  snoozeCaseAction,
  waitForOwnerAction,
  wakeCaseAction,
} from "../actions.ts";

type CaseButtonsProps = {
  caseId: string;
  version: number;
  state: CaseState;
  isMine: boolean;
  /** The colleague who works on it now; null = nobody else does. */
  holder: string | null;
  /** What it may be closed with, and what its actions say. */
  outcomes: { proposed: CaseOutcome | null; possible: readonly CaseOutcome[] };
  colleagues: readonly { userId: string; name: string; role: StaffRole }[];
};

/** What can be done with a case in its state. Each act names the version it saw, so that nobody overwrites a colleague unseen. */
export function CaseButtons({ caseId, version, state, isMine, holder, outcomes, colleagues }: CaseButtonsProps) {
  const claim = useActionForm(claimCaseAction, { done: "Case assigned to you" });
  const release = useActionForm(releaseCaseAction, { done: "Case released" });
  const wake = useActionForm(wakeCaseAction, { done: "Case returned to the queue" });
  const may = (event: Parameters<typeof nextCaseState>[1]) => nextCaseState(state, event) !== null;
  if (state === "closed") return null;
  const ids = (
    <>
      <input type="hidden" name="caseId" value={caseId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
  const message = claim.message || release.message || wake.message;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isMine && state !== "new" ? null : holder ? (
        <Act
          label="Take over"
          dataKey="claim"
          title={`Take this case over from ${holder}?`}
          consequences={`${holder} is working on it. Ask them first; the timeline shows that you took it.`}
          action={claimCaseAction}
        >
          {ids}
          <input type="hidden" name="takesOver" value="true" />
        </Act>
      ) : (
        <PostForm sends={claim}>
          {ids}
          <Button type="submit" variant="primary" pending={claim.pending} data-key="claim">
            Claim case
          </Button>
        </PostForm>
      )}
      {state === "snoozed" ? (
        <PostForm sends={wake}>
          {ids}
          <Button type="submit" pending={wake.pending}>
            Return to queue
          </Button>
        </PostForm>
      ) : null}
      {may("hand_over") ? (
        <Act
          label="Hand over"
          dataKey="hand-over"
          title="Hand over this case"
          consequences="It is assigned to them and appears under “Mine”."
          action={handOverCaseAction}
        >
          {ids}
          <Field name="toUserId" label="To">
            {(control) => (
              <Select
                {...control}
                options={colleagues.map((one) => ({
                  value: one.userId,
                  label: `${one.name}, ${words.staffRoles[one.role].label}`,
                }))}
              />
            )}
          </Field>
          <Words label="Note" />
        </Act>
      ) : null}
      {may("snooze") ? (
        <Act
          label="Snooze"
          dataKey="snooze"
          title="Snooze this case"
          consequences="It leaves the queue until then. Snoozes are counted."
          action={snoozeCaseAction}
        >
          {ids}
          <Field name="hours" label="Until">
            {(control) => <Select {...control} options={snoozes} />}
          </Field>
        </Act>
      ) : null}
      {may("ask_owner") && state !== "waiting_for_owner" ? (
        <Act
          label="Wait for owner"
          title="Wait for the owner"
          consequences="The owner's acknowledgement, appeal or reported fix brings it back."
          action={waitForOwnerAction}
        >
          {ids}
          <Words label="What are we waiting for?" />
        </Act>
      ) : null}
      {may("escalate") && state !== "escalated" ? (
        <Act
          label="Escalate"
          title="Escalate this case"
          consequences="It is marked as escalated in the queue for a lead or an admin."
          action={escalateCaseAction}
        >
          {ids}
          <Words label="What do you need?" />
        </Act>
      ) : null}
      {isMine && may("release") ? (
        <PostForm sends={release}>
          {ids}
          <Button type="submit" variant="ghost" pending={release.pending}>
            Release case
          </Button>
        </PostForm>
      ) : null}
      <Act
        label="Close case"
        dataKey="close"
        title="Close this case?"
        consequences="Actions in force stay in force. Undecided flags are dismissed, or expire if the outcome is an action. A new flag within 14 days reopens the case."
        action={closeCaseAction}
      >
        {ids}
        {outcomes.possible.length === 0 ? (
          <p className="text-ink-2">
            An action from this case is waiting. Have it approved or cancel it first, then close the case.
          </p>
        ) : (
          <Field name="outcome" label="Outcome" help="What happened: outcomes that did not are not listed.">
            {(control) => (
              <Select
                {...control}
                required
                {...(outcomes.proposed ? { defaultValue: outcomes.proposed } : { placeholder: "Choose an outcome" })}
                options={outcomes.possible.map((value) => ({ value, label: deskWords.caseOutcomes[value] }))}
              />
            )}
          </Field>
        )}
      </Act>
      <div role="alert">{message ? <FieldError id="case-error">{message}</FieldError> : null}</div>
    </div>
  );
}

type ActProps = {
  label: string;
  dataKey?: string;
  title: string;
  consequences: string;
  action: Parameters<typeof confirmed>[0];
  children: ReactNode;
};

function Act({ label, dataKey, title, consequences, action, children }: ActProps) {
  return (
    <ConfirmDialog
      trigger={<Button {...(dataKey ? { "data-key": dataKey } : {})}>{label}</Button>}
      title={title}
      consequences={consequences}
      confirmLabel={label}
      pendingText="Saving"
      tone="primary"
      onConfirm={confirmed(action)}
    >
      {children}
    </ConfirmDialog>
  );
}

function Words({ label }: { label: string }) {
  return (
    <Field name="text" label={label}>
      {(control) => <Textarea {...control} rows={2} />}
    </Field>
  );
}

const snoozes = [
  { value: "4", label: "4 hours from now" },
  { value: "24", label: "tomorrow at this time" },
  { value: "72", label: "in 3 days" },
  { value: "168", label: "in 7 days" },
  { value: "0", label: "the next signal" },
];
