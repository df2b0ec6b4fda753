import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { LimitRequestRow } from "#core/limit-requests/list-requests.ts";
import { exceptionDays, standardExceptionDays } from "#core/rules/limits/limit-request.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import { DeclineRequest, GrantRequest } from "./answer-forms.tsx";

type Need = NonNullable<LimitRequestRow["need"]>;

/** One request with what speaks for and against it, and the answer or the forms to give one. */
export function RequestCard({ request, mayAnswer }: { request: LimitRequestRow; mayAnswer: boolean }) {
  const { need } = request;
  return (
    <Panel
      name={`${request.accountName}, ${request.id.slice(0, 8)}`}
      title={
        <TextLink kind="name" href={`/staff/accounts/${request.accountId}`}>
          {request.accountName}
        </TextLink>
      }
      aside={
        <span className="flex flex-wrap items-center gap-2">
          {need ? <StandingBadge standing={need.standing} /> : null}
          <Badge>{words.limitRequestStates[request.state]}</Badge>
          <RelativeTime at={request.createdAt.toISOString()} />
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          <b className="font-semibold">
            {words.askedSize(request.value, request.windowSeconds)} instead of{" "}
            {words.askedSize(request.valueBefore, request.windowSeconds)}
          </b>{" "}
          for {words.askedLimit(request)},{" "}
          {request.endsAt ? (
            <>
              from <ZonedTime at={request.startsAt.toISOString()} style="long" /> to{" "}
              <ZonedTime at={request.endsAt.toISOString()} style="long" />
            </>
          ) : (
            "without an end"
          )}
          .
        </p>
        <p className="max-w-prose whitespace-pre-wrap text-ink-2">{request.reason}</p>
        {need ? <DefinitionList layout="text" items={factsOf(request, need)} /> : null}
        {request.answer ? <p className="max-w-prose whitespace-pre-wrap">Answer: {request.answer}</p> : null}
        {request.grantedUntil && request.grantedValue !== null ? (
          <p>
            Granted: {words.askedSize(request.grantedValue, request.windowSeconds)}, until{" "}
            <ZonedTime at={request.grantedUntil.toISOString()} style="long" />.
          </p>
        ) : null}
        {request.state === "open" && mayAnswer ? (
          <div className="flex flex-wrap gap-6 border-line border-t pt-3">
            <GrantRequest
              requestId={request.id}
              accountName={request.accountName}
              value={request.value}
              days={
                request.endsAt
                  ? null
                  : {
                      standard: String(standardExceptionDays),
                      options: exceptionDays.map((days) => ({ value: String(days), label: `${days} days` })),
                    }
              }
            />
            <DeclineRequest requestId={request.id} accountName={request.accountName} />
          </div>
        ) : null}
        {request.state === "open" && !mayAnswer ? (
          <p className="text-sm text-ink-3">A lead or an admin answers it.</p>
        ) : null}
      </div>
    </Panel>
  );
}

function factsOf({ kind, accountId }: LimitRequestRow, need: Need) {
  const isQuota = kind === "quota";
  return [
    { term: "Plan", value: need.plan },
    {
      term: "Peak",
      value: need.peak ? (
        <>
          {format.count(need.peak.requests)}{" "}
          {isQuota ? "in a UTC day, of 30 days" : "in a minute, of 7 days, refused ones included"},{" "}
          <ZonedTime at={need.peak.at.toISOString()} style={isQuota ? "date" : "long"} />
        </>
      ) : (
        "none recorded"
      ),
    },
    {
      term: "Refused",
      value:
        need.refused30Days === 0
          ? "never in 30 days"
          : `${format.count(need.refused30Days)} requests in 30 days, on ${need.refusingDays} of them`,
    },
    { term: "Today", value: `${format.count(need.usedToday)} used; ${words.forecastInShort(need.forecast)}` },
    {
      term: "Cases",
      value: need.openCaseId ? (
        <TextLink href={`/staff/cases/${need.openCaseId}`}>One is open</TextLink>
      ) : (
        <>
          None open. <TextLink href={`/staff/accounts/${accountId}`}>Record</TextLink>
        </>
      ),
    },
  ];
}
