import { AppealMessageForm } from "#app/_parts/appeal-message-form.tsx";
import { AppealStateBadge, AppealThread } from "#app/_parts/appeal-thread.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Appeal } from "#core/appeals/list-appeals.ts";
import type { Actor } from "#core/frame/context.ts";
import { mayDecideAppeal } from "#core/rules/standing/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { writeToOwnerAction } from "./actions.ts";
import { DecideForm, TakeAppeal } from "./decide-form.tsx";

type AppealCardProps = { appeal: Appeal; actor: Extract<Actor, { kind: "staff" }> | null };

/** One appeal with the measure it is about, the dialogue, and the decision for those who may take it. */
export function AppealCard({ appeal, actor }: AppealCardProps) {
  const refusal = actor ? mayDecideAppeal(actor, appeal) : null;
  const href = appeal.caseId ? `/staff/cases/${appeal.caseId}` : `/staff/accounts/${appeal.accountId}`;
  return (
    <Panel
      title={
        <TextLink kind="name" href={href}>
          {appeal.accountName}
        </TextLink>
      }
      aside={
        <span className="flex flex-wrap items-center gap-2">
          <AppealStateBadge state={appeal.state} />
          {appeal.assigneeName ? `with ${appeal.assigneeName}` : null}
          {appeal.isOpen ? (
            <>
              due <RelativeTime at={appeal.dueAt.toISOString()} />
            </>
          ) : null}
        </span>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">
          Against the {words.action({ ...appeal, type: appeal.actionType })},{" "}
          {words.reasons[appeal.reasonCode].title.toLowerCase()}: “{appeal.publicText}”{" "}
          <TextLink href={`/staff/actions/${appeal.actionId}`}>Sealed evidence</TextLink>
        </p>
        <AppealThread appeal={appeal} />
        {appeal.isOpen ? (
          <>
            <AppealMessageForm
              action={writeToOwnerAction}
              appealId={appeal.id}
              label="Ask the owner"
              help="The owner is mailed, and the appeal waits for an answer."
            />
            {refusal ? (
              <p className="text-sm text-ink-3">{deskWords.objection(refusal.refused)}</p>
            ) : (
              <>
                {appeal.assigneeUserId === actor?.userId ? null : <TakeAppeal appealId={appeal.id} />}
                <DecideForm appealId={appeal.id} version={appeal.version} />
              </>
            )}
          </>
        ) : null}
      </div>
    </Panel>
  );
}
