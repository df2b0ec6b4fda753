import { Badge } from "#components/ui/badge.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { AccountAsOf } from "#core/accounts/get-account-as-of.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type Then = { then: AccountAsOf };

export function ActionsThen({ then: { actions } }: Then) {
  return (
    <Panel title="In force at that time" aside={`${actions.length}`}>
      {actions.length === 0 ? <p className="text-ink-2">Nothing was in force.</p> : null}
      <ul className="flex flex-col gap-3">
        {actions.map((one) => (
          <li key={one.id}>
            <p className="font-semibold first-letter:uppercase">{words.action(one)}</p>
            <p className="text-ink-2">
              {words.reasons[one.reasonCode].title}. By {one.authorName}
              {one.appliedAt ? (
                <>
                  , from <ZonedTime at={one.appliedAt.toISOString()} style="long" />
                </>
              ) : null}
              {one.endedAt ? (
                <>
                  , ended <ZonedTime at={one.endedAt.toISOString()} style="long" />
                </>
              ) : null}
              .
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function TermsThen({ then: { planName, quotaPerDay, exceptions } }: Then) {
  return (
    <Panel title="Plan and quota at that time">
      <DefinitionList
        items={[
          { term: "Plan", value: planName ?? "not recorded" },
          { term: "Quota per UTC day", value: quotaPerDay === null ? "unlimited" : format.count(quotaPerDay) },
          ...exceptions.map((one) => ({
            term: one.kind === "quota" ? "Exception: quota" : `Exception: ${one.endpointName ?? "an endpoint"}`,
            value: (
              <>
                {format.count(one.value)} — {one.reason}
              </>
            ),
          })),
        ]}
      />
    </Panel>
  );
}

const sourceWords = { exception: "exception", plan: "plan", endpoint: "endpoint's own" } as const;

/** Each endpoint's rate limit at that moment, where it came from, and today's beside it where that is another. */
export function RatesThen({ then: { rates } }: Then) {
  const changed = rates.filter(isOtherNow).length;
  return (
    <Panel title="Rate limits at that time" aside={changed === 0 ? "as today" : `${changed} different today`} flush>
      <Table label="Rate limits at that time">
        <TableHead>
          <TableHeader>Endpoint</TableHeader>
          <TableHeader align="right">Limit at that time</TableHeader>
          <TableHeader shownFrom="sm">From</TableHeader>
          <TableHeader align="right">Today</TableHeader>
        </TableHead>
        <TableBody>
          {rates.map((one) => (
            <TableRow key={one.endpointId}>
              <TableCell className="font-medium">{one.endpointName}</TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {rateWords(one.limit, one.windowSeconds)}
              </TableCell>
              <TableCell shownFrom="sm" className="text-ink-2">
                {one.source ? sourceWords[one.source] : "no limit"}
                {one.throttleFactor < 1 ? (
                  <>
                    , <Badge meaning="danger">{`throttled to ${format.percent(one.throttleFactor)}`}</Badge>
                  </>
                ) : null}
              </TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {isOtherNow(one) ? (
                  rateWords(one.limitNow, one.windowNow)
                ) : (
                  <span className="text-ink-3">the same</span>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="border-line border-t p-4 text-sm text-ink-2">
        Computed as the gate does: an exception beats the plan, the plan beats the endpoint's default, and a throttle
        multiplies the result. Endpoints registered later are listed with their first limit.
      </p>
    </Panel>
  );
}

type Rate = AccountAsOf["rates"][number];

function isOtherNow(rate: Rate): boolean {
  return rate.limit !== rate.limitNow || rate.windowSeconds !== rate.windowNow;
}

function rateWords(limit: number | null, windowSeconds: number): string {
  return limit === null ? "none" : `${format.count(limit)} per ${windowSeconds} s`;
}

export function TokensThen({ then: { tokens } }: Then) {
  const isEdited = tokens.some((one) => one.editedSince);
  return (
    <Panel title="Tokens at that time" aside={`${tokens.length}`} flush>
      {tokens.length === 0 ? <p className="p-4 text-ink-2">There were no tokens.</p> : null}
      {tokens.length > 0 ? (
        <Table label="Tokens at that time">
          <TableHead>
            <TableHeader>Name</TableHeader>
            <TableHeader>State at that time</TableHeader>
            <TableHeader shownFrom="sm">Scopes</TableHeader>
          </TableHead>
          <TableBody>
            {tokens.map((one) => (
              <TableRow key={one.id}>
                <TableCell>
                  {one.name}
                  {one.editedSince ? " *" : ""}
                </TableCell>
                <TableCell>
                  <Badge meaning={one.state === "active" ? "good" : "neutral"}>{words.tokenStates[one.state]}</Badge>
                </TableCell>
                <TableCell shownFrom="sm" className="text-ink-2">
                  {one.scopes.length === 0 ? "none" : one.scopes.join(", ")}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
      {isEdited ? (
        <p className="border-line border-t p-4 text-sm text-ink-2">
          * Changed later. Name and scopes are shown as of today; see the audit log for changes.
        </p>
      ) : null}
    </Panel>
  );
}

export function MembersThen({ then: { members } }: Then) {
  return (
    <Panel title="Members at that time" aside={`${members.length}`} flush>
      {members.length === 0 ? <p className="p-4 text-ink-2">There were no members.</p> : null}
      {members.length > 0 ? (
        <Table label="Members at that time">
          <TableHead>
            <TableHeader>Who</TableHeader>
            <TableHeader>Role at that time</TableHeader>
          </TableHead>
          <TableBody>
            {members.map((one) => (
              <TableRow key={one.userId}>
                <TableCell>{one.name ?? "erased person"}</TableCell>
                <TableCell>{one.role ? words.role(one.role) : "not recorded"}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </Panel>
  );
}
