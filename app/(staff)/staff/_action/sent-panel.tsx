import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { SentNotice } from "#core/notices/list-sent.ts";
import * as deskWords from "#words/desk.ts";

/** What the account was told, as it was sent, and how far each mail is. */
export function SentPanel({ sent, title = "Sent to the account" }: { sent: readonly SentNotice[]; title?: string }) {
  return (
    <Panel title={title}>
      {sent.length === 0 ? <p className="text-ink-2">Nothing was sent.</p> : null}
      <ul>
        {sent.map((one) => (
          <li key={one.id} className="border-line py-3 not-first:border-t first:pt-0 last:pb-0">
            <details>
              <summary className="cursor-pointer">
                <span className="font-medium">{one.subject}</span>{" "}
                <span className="text-sm text-ink-3">
                  <ZonedTime at={one.createdAt.toISOString()} />
                </span>{" "}
                {one.withdrawnAt ? <Badge>withdrawn before it was mailed</Badge> : null}
                {one.acknowledgedAt ? <Badge meaning="good">acknowledged</Badge> : null}
              </summary>
              <p className="mt-2 max-w-prose whitespace-pre-wrap text-ink-2">{one.body}</p>
            </details>
            <ul className="mt-1 text-sm text-ink-2">
              {one.mails.map((mail) => (
                <li key={mail.id} className="flex flex-wrap items-baseline gap-x-2">
                  {mail.toAddress}
                  <Badge meaning={mail.state === "failed" ? "danger" : mail.state === "sent" ? "good" : "neutral"}>
                    {deskWords.mailStates[mail.state]}
                  </Badge>
                  {mail.sentAt ? <ZonedTime at={mail.sentAt.toISOString()} /> : null}
                  {mail.lastError ? <span className="wrap-anywhere">{mail.lastError}</span> : null}
                </li>
              ))}
              {one.mails.length === 0 && !one.withdrawnAt ? <li>No mail yet.</li> : null}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
