import { AppealMessageForm } from "#app/_parts/appeal-message-form.tsx";
import { AppealStateBadge, AppealThread } from "#app/_parts/appeal-thread.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Appeal } from "#core/appeals/list-appeals.ts";
import * as words from "#words/words.ts";
import { writeAppealMessageAction } from "./actions.ts";
import { WithdrawAppeal } from "./withdraw-appeal.tsx";

type AppealPanelProps = { account: string; appeal: Appeal; mayWrite: boolean };

/** One appeal as its owner sees it. */
export function AppealPanel({ account, appeal, mayWrite }: AppealPanelProps) {
  return (
    <Panel
      title={`Appeal against the ${words.action({ ...appeal, type: appeal.actionType })}`}
      aside={
        <span className="flex items-center gap-2">
          <AppealStateBadge state={appeal.state} />
          {appeal.isOpen ? (
            <>
              decision due by <ZonedTime at={appeal.dueAt.toISOString()} style="date" />
            </>
          ) : null}
        </span>
      }
    >
      <div className="flex flex-col gap-4">
        <AppealThread appeal={appeal} />
        {appeal.isOpen && mayWrite ? (
          <>
            <AppealMessageForm
              action={writeAppealMessageAction}
              account={account}
              appealId={appeal.id}
              label="Write to the provider"
            />
            <WithdrawAppeal account={account} appealId={appeal.id} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}
