import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { CloseAccount, EraseAccount, ReopenAccount } from "./closing-forms.tsx";

type ClosingPanelProps = {
  account: {
    id: string;
    closedAt: Date | null;
    closedReason: string | null;
    erasedAt: Date | null;
    erasableFrom: Date | null;
  };
  nowMs: number;
  mayClose: boolean;
  mayErase: boolean;
};

/** Whether the account is closed or erased, since when and why; and what can be done next. */
export function ClosingPanel({ account, nowMs, mayClose, mayErase }: ClosingPanelProps) {
  const { id, closedAt, closedReason, erasedAt, erasableFrom } = account;
  if (!closedAt && !mayClose) return null;
  const isEarly = erasableFrom !== null && erasableFrom.getTime() > nowMs;
  return (
    <Panel title="Closing">
      <p className="text-ink-2">
        {erasedAt ? (
          <>
            Its personal data was erased on <ZonedTime at={erasedAt.toISOString()} style="long" />.
          </>
        ) : closedAt ? (
          <>
            Closed since <ZonedTime at={closedAt.toISOString()} style="long" />. {closedReason}
            {isEarly ? (
              <>
                {" "}
                Its personal data can be erased from <ZonedTime at={erasableFrom.toISOString()} style="date" />, or
                earlier if you say so.
              </>
            ) : null}
          </>
        ) : (
          "For customers who leave. It is no action, and can be undone."
        )}
      </p>
      {erasedAt ? null : (
        <div className="mt-3 flex flex-wrap gap-2">
          {mayClose ? closedAt ? <ReopenAccount accountId={id} /> : <CloseAccount accountId={id} /> : null}
          {mayErase && closedAt ? <EraseAccount accountId={id} isEarly={isEarly} /> : null}
        </div>
      )}
    </Panel>
  );
}
