"use client"; // The form follows what is chosen in it.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.ts";
import type { Impact } from "#core/enforcement/preview-impact.ts";
import { mayImpose } from "#core/rules/standing/enforcement.ts";
import { proposeStep, type Strike } from "#core/rules/standing/propose-step.ts";
import { reasons } from "#core/rules/standing/reasons.ts";
import { type ActionType, actionTypes, type ReasonCode, reasonCodes, type StaffRole } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { scopeFields, scopesOf, throttleFactors } from "./action-scopes.ts";
import { imposeActionAction, undoActionAction } from "./actions.ts";
import { ImpactPanel } from "./impact-panel.tsx";
import { NoticeFields, StartField } from "./notice-fields.tsx";
import { endOfChoice, type Until, UntilField, usualHours } from "./until-field.tsx";

/** An action in force; a new one takes the place only of what this person may lift. */
export type Replaceable = { id: string; words: string; servedMs: number; isReplaceable: boolean };

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
  impact: Impact;
  nowMs: number;
  /** Strikes and similar cases. */
  history: ReactNode;
};

/** The whole ladder in one form, beside its evidence: what, on what, until when, why, what the owner reads, and what it reaches. */
export function ActionForm(props: ActionFormProps) {
  const { accountId, accountName, caseId, flag, impact, inForce, nowMs } = props;
  const firstReason = flag?.reason ?? "rate_excess";
  const proposed = proposeStep(firstReason, props.strikes, nowMs);
  /** What the flag says belongs to its own reason alone. */
  const detailOf = (code: ReasonCode) => (flag?.reason === code ? flag.summary : null);
  const flaggedToken = flag?.tokenId ? `token:${flag.tokenId}` : "";
  const [type, setType] = useState<ActionType>(proposed.type);
  const [scope, setScope] = useState("account");
  const [reason, setReason] = useState<ReasonCode>(firstReason);
  const [publicText, setPublicText] = useState(() => words.publicText(firstReason, detailOf(firstReason)));
  const [until, setUntil] = useState<Until>({ choice: String(proposed.durationHours ?? usualHours), local: "" });
  const [silentHours, setSilentHours] = useState<number | null>(null);
  const [startMs, setStartMs] = useState<number | null>(null);
  const [replaces, setReplaces] = useState("");
  const [version, setVersion] = useState(0);
  const first = useRef<HTMLSelectElement>(null);
  const form = useActionForm(imposeActionAction, {
    onDone: ({ actionId, state, why, isEmergency }) => {
      setVersion(version + 1);
      setReplaces("");
      if (state === "pending_approval") return void toast.info(`Proposed. ${why}`);
      const title = isEmergency ? "In force for 24 hours at most unless a second person confirms." : doneWords[state];
      toast.success(title, { duration: 30_000, action: { label: "Undo", onClick: () => void undo(actionId) } });
    },
  });
  useEffect(() => {
    const onAction = (event: Event) => {
      const wanted = actionTypes.find((one) => event instanceof CustomEvent && one === event.detail);
      if (!wanted) return;
      setType(wanted);
      setScope(wanted === "token_pause" ? flaggedToken : "account");
      first.current?.focus();
    };
    document.addEventListener("desk-action", onAction);
    return () => document.removeEventListener("desk-action", onAction);
  }, [flaggedToken]);

  const { field } = form;
  const chooseReason = (code: string) => {
    const chosen = reasonCodes.find((one) => one === code) ?? "other";
    setReason(chosen);
    setPublicText(words.publicText(chosen, detailOf(chosen)));
  };
  const replaceable = inForce.filter((one) => one.isReplaceable);
  const scopes = scopesOf(type, impact.tokens, impact.endpoints);
  const chosenScope = scopes.some((one) => one.value === scope) ? scope : (scopes[0]?.value ?? "");
  const hasEnd = type !== "notice" && type !== "termination";
  const mayBeForGood = type === "suspension" || type === "token_pause";
  const replaced = inForce.find((one) => one.id === replaces);
  const startsAtMs = startMs ?? nowMs;
  const endsAtMs = hasEnd ? endOfChoice(until, startsAtMs, replaced?.servedMs ?? 0) : null;
  const imposition = mayImpose(props.role, {
    type,
    durationMs: endsAtMs === null ? null : endsAtMs - startsAtMs,
    silenceMs: type === "notice" || silentHours === null ? null : silentHours * 3_600_000,
    isProtectedAccount: props.isProtected,
    accounts: 1,
  });
  const choice = deskWords.actionChoices[type];
  const pausedToken = impact.tokens.find((one) => `token:${one.id}` === chosenScope)?.name;
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
      <PostForm
        key={version}
        sends={form}
        scriptOnly
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
        className="mt-4 flex flex-col gap-4"
      >
        <input type="hidden" name="accountId" value={accountId} />
        {caseId ? <input type="hidden" name="caseId" value={caseId} /> : null}
        <input type="hidden" name="type" value={type} />
        {scopeFields(chosenScope).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Segmented
          name="_type"
          legend="Action"
          value={type}
          onValueChange={(value) => {
            const chosen = actionTypes.find((one) => one === value) ?? "notice";
            setType(chosen);
            if (chosen === "token_pause") setScope(flaggedToken);
          }}
          options={actionTypes.map((value) => ({ value, label: deskWords.actionChoices[value].label }))}
        />
        <p className="-mt-2 text-sm text-ink-3">{choice.effect}</p>
        <Field
          name="_scope"
          label="Scope"
          {...field("tokenId")}
          {...(scopes.length === 0 ? { error: "This account has no active token to pause." } : {})}
        >
          {(control) => (
            <Select
              {...control}
              ref={first}
              value={chosenScope}
              onChange={(event) => setScope(event.target.value)}
              options={scopes}
            />
          )}
        </Field>
        {type === "throttle" ? (
          <Field name="factor" label="Lower limits to" {...field("factor")}>
            {(control) => <Select defaultValue="0.5" {...control} options={throttleFactors} />}
          </Field>
        ) : null}
        {hasEnd ? (
          <UntilField
            value={until.choice === "good" && !mayBeForGood ? { ...until, choice: usualHours } : until}
            onChange={setUntil}
            startsAtMs={startsAtMs}
            servedMs={replaced?.servedMs ?? 0}
            mayBeForGood={mayBeForGood}
            {...field("endsAt")}
          />
        ) : null}
        {replaceable.length > 0 && type !== "notice" ? (
          <Field
            name="replacesActionId"
            label="Replaces"
            {...field("replacesActionId")}
            help={
              replaced ? "It ends when this takes effect; time served is credited." : "Actions in force stay in force."
            }
          >
            {(control) => (
              <Select
                {...control}
                value={replaces}
                onChange={(event) => setReplaces(event.target.value)}
                options={[
                  { value: "", label: "Nothing, in addition" },
                  ...replaceable.map((one) => ({ value: one.id, label: one.words })),
                ]}
              />
            )}
          </Field>
        ) : null}
        <Field
          name="reasonCode"
          label="Reason"
          help={
            <>
              Policy clause {reasons[reason].clause}. Check: {deskWords.checklists[reason].join(" ")}
            </>
          }
          {...field("reasonCode")}
        >
          {(control) => (
            <Select
              {...control}
              value={reason}
              onChange={(event) => chooseReason(event.target.value)}
              options={reasonCodes.map((value) => ({ value, label: words.reasons[value].title }))}
            />
          )}
        </Field>
        <Field
          name="publicText"
          label="Text for the owner"
          help={`From the template “${words.reasons[reason].title}”. Mailed 30 seconds after you submit.`}
          {...field("publicText")}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={5}
              value={publicText}
              onChange={(event) => setPublicText(event.target.value)}
            />
          )}
        </Field>
        <Field name="internalNote" label="Note for colleagues" {...field("internalNote")}>
          {(control) => <Textarea {...control} rows={2} />}
        </Field>
        {type === "notice" ? null : (
          <>
            <StartField isSilent={silentHours !== null} onStart={setStartMs} error={field} />
            <NoticeFields silentHours={silentHours} onSilentHours={setSilentHours} error={field} />
          </>
        )}
        <ImpactPanel
          impact={impact}
          type={type}
          scope={chosenScope}
          staying={inForce.filter((one) => one !== replaced).map((one) => one.words)}
        />
        {imposition.may === "propose" && imposition.canRush && startMs === null ? (
          <Checkbox
            name="emergency"
            value="true"
            label="Emergency: take effect immediately"
            help="Lapses after 24 hours unless a second person confirms it."
          />
        ) : null}
        {imposition.may === "impose" ? null : (
          <p role="status" className="text-sm text-ink-2">
            {deskWords.objection(imposition.why)}
          </p>
        )}
        <div role="alert">{form.message ? <FieldError id="act-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant={type === "notice" ? "primary" : "danger"} pending={form.pending}>
          {type === "token_pause" && pausedToken ? `Pause “${pausedToken}”` : `${choice.verb} ${accountName}`}
        </Button>
      </PostForm>
    </section>
  );
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
