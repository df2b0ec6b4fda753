import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Actor } from "#core/context.ts";
import type { StaffAction } from "#core/enforcement/list-actions.ts";
import { mayApprove, mayLift } from "#core/rules/enforcement.ts";
import { reasons } from "#core/rules/reasons.ts";
import { ApproveAction, CancelAction, LiftAction } from "./action-buttons.tsx";
import { GateConfirmation } from "./gate-confirmation.tsx";

type ActionsInCaseProps = {
  actions: readonly StaffAction[];
  actor: Extract<Actor, { kind: "staff" }> | null;
  title?: ReactNode;
};

/** The account's actions: what is in force or waits, with the gates' confirmation, and what is over. */
export function ActionsInCase({ actions, actor, title = "Actions" }: ActionsInCaseProps) {
  if (actions.length === 0) return null;
  return (
    <Panel title={title} aside={`${actions.length}`}>
      <ul>
        {actions.map((action) => (
          <li key={action.id} className="flex flex-col gap-1 border-line py-3 not-first:border-t first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-semibold first-letter:uppercase">
                {action.type.replaceAll("_", " ")} of{" "}
                {action.surface ? `the ${action.surface} surface` : "the whole account"}
              </span>
              <ActionState action={action} />
              <span className="ml-auto flex gap-2">{actor ? <Buttons action={action} actor={actor} /> : null}</span>
            </div>
            <p className="text-ink-2">
              {reasons[action.reasonCode].title}, clause {action.policyClause}. {endWords(action)} By{" "}
              {action.authorName}
              {action.approverName ? `, approved by ${action.approverName}` : ""}{" "}
              <RelativeTime at={(action.appliedAt ?? action.createdAt).toISOString()} />.
            </p>
            {action.effect ? <GateConfirmation effect={action.effect} /> : null}
            {action.endReason ? (
              <p className="text-sm text-ink-2">
                Ended by {action.endedByName ?? "Gatehouse"}: {action.endReason}
              </p>
            ) : null}
            {action.isSilent && action.noticeDueAt ? (
              <p className="text-sm text-warning">
                The owner has not been told. Notice goes out by itself at{" "}
                <ZonedTime at={action.noticeDueAt.toISOString()} />.
              </p>
            ) : null}
            <details className="text-sm text-ink-2">
              <summary className="w-fit cursor-pointer">What the owner reads, the note, and the seal</summary>
              <p className="mt-1 whitespace-pre-wrap">“{action.publicText}”</p>
              <p className="mt-1 whitespace-pre-wrap">Note: {action.internalNote}</p>
              <p className="mt-1 break-all font-mono">evidence sha256 {action.evidenceHash}</p>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function endWords(action: StaffAction) {
  if (action.state === "cancelled") return "Never in force.";
  if (action.endedAt)
    return (
      <>
        Ended <ZonedTime at={action.endedAt.toISOString()} />.
      </>
    );
  return action.endsAt ? (
    <>
      Until <ZonedTime at={action.endsAt.toISOString()} />.
    </>
  ) : (
    <>For good.</>
  );
}

function ActionState({ action }: { action: StaffAction }) {
  const words = action.state.replaceAll("_", " ");
  if (action.state === "active" || action.state === "applying") return <Badge meaning="danger">{words}</Badge>;
  if (action.state === "pending_approval") return <Badge meaning="warning">waits for approval</Badge>;
  return <Badge>{words}</Badge>;
}

function Buttons({ action, actor }: { action: StaffAction; actor: Extract<Actor, { kind: "staff" }> }) {
  if (action.state === "pending_approval") {
    const refusal = mayApprove(actor, action.authorUserId);
    const mayCancel = action.authorUserId === actor.userId || actor.role === "lead" || actor.role === "admin";
    return (
      <>
        {refusal ? (
          <span className="text-sm text-ink-3">{refusal.refused}</span>
        ) : (
          <ApproveAction actionId={action.id} accountName={action.accountName} />
        )}
        {mayCancel ? <CancelAction actionId={action.id} /> : null}
      </>
    );
  }
  if (action.state !== "applying" && action.state !== "active") return null;
  const facts = {
    authorUserId: action.authorUserId,
    appliedAtMs: action.appliedAt?.getTime() ?? 0,
    isPermanent: action.endsAt === null,
  };
  const refusal = mayLift(actor, facts, Date.now());
  if (refusal) return <span className="text-sm text-ink-3">{refusal.refused}</span>;
  return <LiftAction actionId={action.id} type={action.type.replaceAll("_", " ")} accountName={action.accountName} />;
}
