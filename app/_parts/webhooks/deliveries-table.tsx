import { Send } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Delivery } from "#core/webhooks/list-deliveries.ts";
import * as words from "#words/words.ts";
import { ResendButton } from "./resend-button.tsx";
import type { WebhookActions, WebhookSide } from "./webhook-actions.ts";

const meanings = { delivered: "good", waiting: "info", failed: "danger", skipped: "warning" } as const;

type DeliveriesTableProps = WebhookSide & { deliveries: Delivery[]; resend: WebhookActions["resend"] | null };

/** What was sent, what came back, and when it is tried again. */
export function DeliveriesTable({ deliveries, resend, account }: DeliveriesTableProps) {
  if (deliveries.length === 0) {
    return (
      <EmptyState icon={<Send />} title="Nothing sent yet">
        Deliveries appear here as events happen. Send a test event to see one.
      </EmptyState>
    );
  }
  return (
    <Table label="Deliveries">
      <TableHead>
        <TableHeader>When</TableHeader>
        <TableHeader shownFrom="sm">Event</TableHeader>
        <TableHeader>State</TableHeader>
        <TableHeader shownFrom="md">Request and answer</TableHeader>
        {resend ? <TableHeader align="right">Again</TableHeader> : null}
      </TableHead>
      <TableBody>
        {deliveries.map((one) => (
          <TableRow key={one.id}>
            <TableCell className="wrap-anywhere sm:whitespace-nowrap">
              <ZonedTime at={one.createdAt.toISOString()} />
              <span className="block font-mono text-sm sm:hidden">{one.type}</span>
            </TableCell>
            <TableCell shownFrom="sm" className="font-mono">
              {one.type}
            </TableCell>
            <TableCell>
              <Badge meaning={meanings[one.state]}>{words.deliveryStates[one.state]}</Badge>
              {one.isOutOfOrder ? <p className="text-sm text-ink-3">sent before an earlier event</p> : null}
              {one.nextAttemptAt ? (
                <p className="text-sm text-ink-3">
                  tried {one.attempts} of 10 times, again <RelativeTime at={one.nextAttemptAt.toISOString()} />
                </p>
              ) : null}
            </TableCell>
            <TableCell shownFrom="md" className="max-w-md">
              <details>
                <summary className="cursor-pointer text-ink-2">{lastWord(one)}</summary>
                <pre className="mt-2 whitespace-pre-wrap break-all rounded-md bg-sunk p-3 font-mono text-sm">
                  {requestOf(one)}
                </pre>
                {one.tries.map((attempt) => (
                  <p key={attempt.at.toISOString()} className="mt-2 break-words text-sm">
                    <ZonedTime at={attempt.at.toISOString()} /> · {attempt.status ?? "no answer"} in{" "}
                    {attempt.durationMs} ms <span className="text-ink-3">{attempt.error ?? attempt.answer}</span>
                  </p>
                ))}
              </details>
            </TableCell>
            {resend ? (
              <TableCell align="right">
                <ResendButton deliveryId={one.id} resend={resend} {...(account ? { account } : {})} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function lastWord({ tries }: Delivery): string {
  const [last] = tries;
  if (!last) return "not attempted yet";
  return last.error ?? `answered ${last.status} in ${last.durationMs} ms`;
}

/** As it went out, but for the signature. */
function requestOf({ id, body, tries }: Delivery): string {
  const headers = tries[0]?.requestHeaders ?? { "webhook-id": id };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return `${lines.join("\n")}\n\n${body}`;
}
