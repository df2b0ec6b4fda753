import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { OwnLimitRequest } from "#core/limit-requests/list-requests.ts";
import * as words from "#words/words.ts";
import { AskForMore, WithdrawRequest } from "./ask-for-more.tsx";

type RequestsProps = {
  account: string;
  requests: readonly OwnLimitRequest[];
  mayAsk: boolean;
  limits: Parameters<typeof AskForMore>[0]["limits"];
  chosen: string | undefined;
};

const meanings = { open: "info", granted: "good", declined: "warning", withdrawn: "neutral" } as const;

/** What the account asked for and was answered, and a form to ask. */
export function LimitRequests({ account, requests, mayAsk, limits, chosen }: RequestsProps) {
  return (
    <Panel title="Ask for more" id="ask" aside="answered by the provider">
      {requests.length > 0 ? (
        <ul aria-label="Requests, newest first" className="mb-4">
          {requests.map((one) => (
            <li key={one.id} className="flex flex-wrap items-start gap-3 border-line py-2 not-first:border-t">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium first-letter:uppercase">{words.askedLimit(one)}</span>
                  {words.askedSize(one.value, one.windowSeconds)} instead of{" "}
                  {words.askedSize(one.valueBefore, one.windowSeconds)}
                  <Badge meaning={meanings[one.state]}>{words.limitRequestStates[one.state]}</Badge>
                </p>
                <p className="text-sm text-ink-2">
                  Asked <ZonedTime at={one.createdAt.toISOString()} />
                  {one.endsAt ? (
                    <>
                      , for <ZonedTime at={one.startsAt.toISOString()} style="long" /> to{" "}
                      <ZonedTime at={one.endsAt.toISOString()} style="long" />
                    </>
                  ) : null}
                  : {one.reason}
                </p>
                {one.grantedUntil && one.grantedValue !== null ? (
                  <p className="text-sm">
                    Granted: {words.askedSize(one.grantedValue, one.windowSeconds)}, until{" "}
                    <ZonedTime at={one.grantedUntil.toISOString()} style="long" />.
                  </p>
                ) : null}
                {one.answer ? <p className="max-w-prose whitespace-pre-wrap text-sm">{one.answer}</p> : null}
              </div>
              {mayAsk && one.state === "open" ? <WithdrawRequest account={account} requestId={one.id} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayAsk ? (
        limits.length > 0 ? (
          <AskForMore account={account} limits={limits} chosen={chosen} />
        ) : (
          <p className="text-ink-2">Nothing is limited, so there is nothing to raise.</p>
        )
      ) : (
        <p className="text-ink-2">An owner or developer can ask the provider for a larger quota or rate limit here.</p>
      )}
    </Panel>
  );
}
