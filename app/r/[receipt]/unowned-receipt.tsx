import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import * as words from "#words/words.ts";
import { ReceiptFrame } from "./receipt-frame.tsx";

/** A refusal of a request whose token names no account: what the code means, for whoever has the receipt. */
export function UnownedReceipt({ code, at }: { code: string; at: Date }) {
  const said = words.refusal({ code });
  return (
    <ReceiptFrame>
      <PageHeader
        title={said.title}
        badge={<Badge meaning="danger">{code}</Badge>}
        lead={`A request was refused. ${said.why}`}
      />
      <Panel title="What to do">
        <p className="max-w-prose">{said.advice}</p>
        <p className="mt-1 max-w-prose text-ink-2">
          It was refused <ZonedTime at={at.toISOString()} style="exact" zone="both" />. Its token belongs to no account,
          so no more details are shown.
        </p>
      </Panel>
    </ReceiptFrame>
  );
}
