"use client"; // The form follows what is chosen in it.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import type { Impact } from "#core/enforcement/preview-impact.ts";
import { proposeStep, type Strike } from "#core/rules/standing/propose-step.ts";
import { reasons } from "#core/rules/standing/reasons.ts";
import { type ActionType, actionTypes, type ReasonCode, type StaffRole } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { imposeActionAction, undoActionAction } from "./actions.ts";
import { ImpactPanel } from "./impact-panel.tsx";
import { NoticeFields, StartField } from "./notice-fields.tsx";
import { ReasonFields, useReason } from "./reason-fields.tsx";
import { TermsFields } from "./terms-fields.tsx";
import { type Replaceable, type Terms, useTerms } from "./use-terms.ts";

type ActionFormProps = {
  accountId: string;
  accountName: string;
  isProtected: boolean;
  role: StaffRole;
  caseId?: string;
  /** The flag that matters most, for the proposed reason and text. */
  flag: { reason: ReasonCode; summary: string | null; tokenId: string | null } | null;
  strikes: readonly Strike[];
  inForce: readonly Replaceable[];
  /** The colleague who works on the case now; null = nobody else does. */
  holder: string | null;
  impact: Impact;
  nowMs: number;
  /** Strikes and similar cases. */
  history: ReactNode;
};

/** The whole ladder in one form, beside its evidence: what, on what, until when, why, what the owner reads, and what it reaches. */
export function ActionForm(props: ActionFormProps) {
  const { accountId, accountName, caseId, flag, holder, impact, inForce, nowMs } = props;
  const firstReason = flag?.reason ?? "rate_excess";
  const proposed = proposeStep(firstReason, props.strikes, nowMs);
  const flaggedToken = flag?.tokenId ? `token:${flag.tokenId}` : "";
  const terms = useTerms(proposed, { ...props, flaggedToken });
  // What the flag says belongs to its own reason only.
  const reason = useReason(firstReason, (code) => (flag?.reason === code ? flag.summary : null));
  const [version, setVersion] = useState(0);
  const scopeRef = useRef<HTMLSelectElement>(null);
  const form = useActionForm(imposeActionAction, {
    onDone: ({ actionId, state, why, isEmergency }) => {
      setVersion(version + 1);
      terms.setReplaces("");
      if (state === "pending_approval") return void toast.info(`Proposed. ${why}`);
      const title = isEmergency ? "In force for 24 hours at most unless a second person confirms." : doneWords[state];
      toast.success(title, { duration: 30_000, action: { label: "Undo", onClick: () => void undo(actionId) } });
    },
  });
  useActionKeys((wanted) => {
    terms.chooseType(wanted);
    if (wanted !== "token_pause") terms.setScope("account");
    scopeRef.current?.focus();
  });
  const { field } = form;
  const { type, imposition } = terms;
  return (
    <section aria-labelledby="act">
      <h2 id="act" className="text-lg font-semibold">
        Take action
      </h2>
      <p className="mb-2 text-ink-2">
        Proposed from history:{" "}
        <b className="font-semibold">{deskWords.actionChoices[proposed.type].label.toLowerCase()}</b>.
      </p>
      {props.history}
      {/* A new key empties the form after it was sent. */}
      <PostForm key={version} sends={form} scriptOnly onKeyDown={sendOnEnter} className="mt-4 flex flex-col gap-4">
        <input type="hidden" name="accountId" value={accountId} />
        {caseId ? <input type="hidden" name="caseId" value={caseId} /> : null}
        <TermsFields terms={terms} scopeRef={scopeRef} error={field} />
        <ReasonFields
          reason={reason}
          help={`Policy clause ${reasons[reason.code].clause}. Check: ${deskWords.checklists[reason.code].join(" ")}`}
          textLabel="Text for the owner"
          textHelp={`From the template “${words.reasons[reason.code].title}”. Mailed 30 seconds after you submit.`}
          error={field}
        />
        {type === "notice" ? null : (
          <>
            <StartField isSilent={terms.silentHours !== null} onStart={terms.setStartMs} error={field} />
            <NoticeFields silentHours={terms.silentHours} onSilentHours={terms.setSilentHours} error={field} />
          </>
        )}
        <ImpactPanel
          impact={impact}
          type={type}
          scope={terms.scope}
          staying={inForce.filter((one) => one !== terms.replaced).map((one) => one.words)}
        />
        {imposition.may === "propose" && imposition.canRush && terms.startMs === null ? (
          <Checkbox
            name="emergency"
            value="true"
            label="Emergency: take effect immediately"
            help="Lapses after 24 hours unless a second person confirms it."
          />
        ) : null}
        {holder === null ? null : (
          <Checkbox
            name="besideHolder"
            value="true"
            label={`Act beside ${holder}`}
            help={`${holder} is working on this case. Talk to them first.`}
          />
        )}
        {imposition.may === "impose" ? null : (
          <p role="status" className="text-sm text-ink-2">
            {deskWords.objection(imposition.why)}
          </p>
        )}
        <div role="alert">{form.message ? <FieldError id="act-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant={type === "notice" ? "primary" : "danger"} pending={form.pending}>
          {submitLabel(terms, impact, accountName)}
        </Button>
      </PostForm>
    </section>
  );
}

/** The keys of a case open the form with a type chosen. */
function useActionKeys(onKey: (type: ActionType) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const onAction = (event: Event) => {
      const wanted = actionTypes.find((one) => event instanceof CustomEvent && one === event.detail);
      if (wanted) latest.current(wanted);
    };
    document.addEventListener("desk-action", onAction);
    return () => document.removeEventListener("desk-action", onAction);
  }, []);
}

/** Ctrl or Command with Enter sends from any field. */
function sendOnEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

function submitLabel({ type, scope }: Terms, impact: Impact, accountName: string): string {
  const pausedToken = impact.tokens.find((one) => `token:${one.id}` === scope)?.name;
  return type === "token_pause" && pausedToken
    ? `Pause “${pausedToken}”`
    : `${deskWords.actionChoices[type].verb} ${accountName}`;
}

const doneWords = {
  applying: "In force from the next request. Gates confirm it below.",
  active: "Notice sent to the owner.",
  scheduled: "Scheduled. The owner is notified now.",
} as const;

async function undo(actionId: string): Promise<void> {
  const form = new FormData();
  form.set("actionId", actionId);
  const result = await call(undoActionAction, form);
  if (result.status === "error") toast.error(result.message);
  else toast.success("Undone. Nothing was mailed.");
}
