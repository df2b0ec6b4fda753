import { refusalWords } from "#app/_parts/decision-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { ReceiptFrame } from "./receipt-frame.tsx";

/** A refusal of a request whose token names no account: what the code means, for whoever has the receipt. */
export function UnownedReceipt({ code, at }: { code: string; at: Date }) {
  const words = refusalWords({ code });
  return (
    <ReceiptFrame>
      <PageHeader
        title={words.title}
        badge={<Badge meaning="danger">{code}</Badge>}
        lead={`A request was refused. ${words.why}`}
      />
      <Panel title="What to do">
        <p className="max-w-prose">{words.advice}</p>
        <p className="mt-1 max-w-prose text-ink-2">
          It was refused <ZonedTime at={at.toISOString()} style="exact" zone="both" />. Its token named no account, so
          nothing more is shown of it.
        </p>
      </Panel>
    </ReceiptFrame>
  );
}
