import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { StaffAction } from "#core/enforcement/list-actions.ts";
import type { Actor } from "#core/frame/context.ts";
import { mayApprove } from "#core/rules/standing/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { ApproveAction, CancelAction, LiftAction } from "./action-buttons.tsx";
import { GateConfirmation } from "./gate-confirmation.tsx";
import { whyNotLift } from "./why-not-lift.ts";

type ActionItemsProps = {
  actions: readonly StaffAction[];
  actor: Extract<Actor, { kind: "staff" }> | null;
};

/** Actions one below the other, each with its end, its gates, what can be done about it, and what the owner reads. */
export function ActionItems({ actions, actor }: ActionItemsProps) {
  return (
    <ul>
      {actions.map((action) => (
        <li key={action.id} className="flex flex-col gap-1 border-line py-3 not-first:border-t first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-semibold first-letter:uppercase">{words.action(action)}</span>
            <ActionState action={action} />
            <span className="ml-auto flex gap-2">{actor ? <Buttons action={action} actor={actor} /> : null}</span>
          </div>
          <p className="text-ink-2">
            {words.reasons[action.reasonCode].title}, clause {action.policyClause}. {endWords(action)} By{" "}
            {action.authorName}
            {action.approverName ? `, approved by ${action.approverName}` : ""},{" "}
            <RelativeTime at={(action.appliedAt ?? action.createdAt).toISOString()} />.
          </p>
          {action.batchId ? (
            <p className="text-sm text-ink-2">
              Part of{" "}
              <TextLink href={`/staff/actions/batch/${action.batchId}`}>one action on several accounts</TextLink>.
            </p>
          ) : null}
          {action.effect && action.type !== "notice" ? (
            <GateConfirmation effect={action.effect} isOverdue={action.overdueAt !== null} />
          ) : null}
          {action.endReason ? (
            <p className="text-sm text-ink-2">
              Ended by {action.endedByName ?? "Gatehouse"}: {action.endReason}
            </p>
          ) : null}
          {action.lapsesAt && isInForce(action) ? (
            <p className="text-sm text-warning">
              Emergency: lapses at <ZonedTime at={action.lapsesAt.toISOString()} /> unless a second person confirms it.
              Requested end:{" "}
              {action.wantedEndsAt ? <ZonedTime at={action.wantedEndsAt.toISOString()} /> : "none, for good"}.
            </p>
          ) : null}
          {action.windDownEndsAt && isInForce(action) ? (
            <p className="text-sm text-ink-2">
              The tokens are destroyed at <ZonedTime at={action.windDownEndsAt.toISOString()} />; then it is final.
            </p>
          ) : null}
          {action.isSilent && action.noticeDueAt && isInForce(action) ? (
            <p className="text-sm text-warning">
              The owner does not know yet ({action.silenceReason ?? "no reason given"}). Notice is sent automatically at{" "}
              <ZonedTime at={action.noticeDueAt.toISOString()} />.
            </p>
          ) : null}
          <details className="text-sm text-ink-2">
            <summary className="w-fit cursor-pointer">Text for the owner, note and evidence</summary>
            <p className="mt-1 whitespace-pre-wrap">“{action.publicText}”</p>
            <p className="mt-1 whitespace-pre-wrap">Note: {action.internalNote}</p>
            <p className="mt-1">
              <TextLink href={`/staff/actions/${action.id}`}>Sealed evidence and what was sent</TextLink>
            </p>
          </details>
        </li>
      ))}
    </ul>
  );
}

function isInForce(action: StaffAction): boolean {
  return action.state === "applying" || action.state === "active";
}

function endWords(action: StaffAction) {
  if (action.state === "cancelled") return "Never in force.";
  if (action.endedAt)
    return (
      <>
        Ended <ZonedTime at={action.endedAt.toISOString()} />.
      </>
    );
  if (action.type === "notice") return null;
  const from =
    action.state === "scheduled" ? (
      <>
        From <ZonedTime at={action.effectiveAt.toISOString()} />.{" "}
      </>
    ) : null;
  const served = action.servedSeconds >= 3_600 ? ` ${Math.round(action.servedSeconds / 3_600)} h served before.` : "";
  return (
    <>
      {from}
      {action.endsAt ? (
        <>
          Until <ZonedTime at={action.endsAt.toISOString()} />.
        </>
      ) : (
        "For good."
      )}
      {served}
    </>
  );
}

/** How far an action is, as a badge; a notice is given and not in force. */
export function ActionState({ action }: { action: StaffAction }) {
  const { label } = words.actionStates[action.state];
  if (isInForce(action) && action.type === "notice") return <Badge meaning="info">Given</Badge>;
  if (isInForce(action)) return <Badge meaning="danger">{label}</Badge>;
  const isAhead = action.state === "scheduled" || action.state === "pending_approval";
  return <Badge meaning={isAhead ? "warning" : "neutral"}>{label}</Badge>;
}

type ButtonsProps = { action: StaffAction; actor: Extract<Actor, { kind: "staff" }> };

function Buttons({ action, actor }: ButtonsProps) {
  const type = words.actionTypes[action.type].noun;
  const isSenior = actor.role === "lead" || actor.role === "admin";
  const isPending = action.state === "pending_approval";
  if (isPending || action.state === "scheduled")
    return (
      <>
        {isPending ? <Approval action={action} actor={actor} /> : null}
        {action.authorUserId === actor.userId || isSenior ? (
          <CancelAction actionId={action.id} isScheduled={!isPending} />
        ) : null}
      </>
    );
  if (!isInForce(action)) return null;
  const refusal = whyNotLift(action, actor, Date.now());
  return (
    <>
      {action.lapsesAt ? <Approval action={action} actor={actor} /> : null}
      {refusal ? (
        <span className="text-sm text-ink-3">{deskWords.objection(refusal.refused)}</span>
      ) : (
        <LiftAction actionId={action.id} type={type} accountName={action.accountName} isSilent={action.isSilent} />
      )}
    </>
  );
}

function Approval({ action, actor }: ButtonsProps) {
  const end = action.lapsesAt ? action.wantedEndsAt : action.endsAt;
  const durationMs = end === null ? null : end.getTime() - action.effectiveAt.getTime();
  const objection = mayApprove(actor, { ...action, durationMs })?.refused ?? action.notTwo;
  if (objection) return <span className="text-sm text-ink-3">{deskWords.objection(objection)}</span>;
  return (
    <ApproveAction
      actionId={action.id}
      version={action.version}
      type={words.actionTypes[action.type].noun}
      accountName={action.accountName}
      isEmergency={action.lapsesAt !== null}
    />
  );
}
