import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { CloseAccount, ReopenAccount } from "./closing-forms.tsx";

type ClosingPanelProps = {
  account: { id: string; closedAt: Date | null; closedReason: string | null };
  mayClose: boolean;
};

/** Whether the account is closed, since when and why; and the way there and back. */
export function ClosingPanel({ account: { id, closedAt, closedReason }, mayClose }: ClosingPanelProps) {
  if (!closedAt && !mayClose) return null;
  return (
    <Panel title="Closing">
      <p className="text-ink-2">
        {closedAt ? (
          <>
            Closed since <ZonedTime at={closedAt.toISOString()} style="long" />. {closedReason}
          </>
        ) : (
          "For customers who leave. It is no action, and can be undone."
        )}
      </p>
      {mayClose ? (
        <div className="mt-3">{closedAt ? <ReopenAccount accountId={id} /> : <CloseAccount accountId={id} />}</div>
      ) : null}
    </Panel>
  );
}
