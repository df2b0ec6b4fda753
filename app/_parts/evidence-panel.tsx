import { DecisionBars } from "#app/_parts/decision-bars.tsx";
import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Evidence } from "#core/enforcement/evidence.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

const minuteMs = 60_000;

/** The numbers a decision rests on, frozen with it: the account, staff and who decides an appeal read the same. */
export function EvidencePanel({ evidence }: { evidence: Evidence }) {
  const { flags, limits, totals, tokens, findings = [] } = evidence;
  const endsAt = evidence.windowEndsAt ?? evidence.takenAt;
  const startsAt = new Date(new Date(endsAt).getTime() - evidence.windowMinutes * minuteMs).toISOString();
  return (
    <section className="flex flex-col gap-3 border-line border-t pt-4" aria-label="Evidence">
      <DecisionBars
        title="Evidence: requests by minute"
        headingLevel={3}
        points={pointsOf(evidence)}
        bucketSeconds={60}
        empty="No traffic in this time."
      />
      <p className="text-ink-2">
        From <ZonedTime at={startsAt} /> to <ZonedTime at={endsAt} />, all tokens of the account together:{" "}
        <Count value={totals.allowed} exact /> allowed, <Count value={totals.refused} exact /> refused. The plan was{" "}
        {limits.plan},{" "}
        {limits.quotaPerDay === null ? "without a quota" : `${format.count(limits.quotaPerDay)} requests per day`}.
        These numbers are sealed with the decision: the account, staff and whoever decides an appeal see the same ones.
      </p>
      {flags.length > 0 ? (
        <ul aria-label="What was counted" className="flex max-w-prose flex-col gap-1">
          {flags.map((one) => (
            <li key={`${one.detector} ${one.summary}`}>
              {one.summary}
              {one.lastSeenAt ? (
                <span className="text-ink-2">
                  {" "}
                  · <ZonedTime at={one.firstSeenAt ?? one.lastSeenAt} /> to <ZonedTime at={one.lastSeenAt} />
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {findings.length > 0 ? (
        <ul aria-label="What to change" className="flex max-w-prose flex-col gap-2">
          {findings.map((one) => (
            <li key={`${one.kind} ${one.tokenName} ${one.endpoint} ${one.evidence}`}>
              <b className="font-semibold">{one.title}.</b>{" "}
              <span className="text-ink-2">{words.findingPlace(one)}</span> {one.evidence}{" "}
              <b className="font-semibold">{one.instruction}</b>
            </li>
          ))}
        </ul>
      ) : null}
      {tokens.length > 0 ? (
        <Table label="Evidence by token">
          <TableHead>
            <TableHeader>Token</TableHeader>
            <TableHeader align="right">Allowed</TableHeader>
            <TableHeader align="right">Refused</TableHeader>
          </TableHead>
          <TableBody>
            {tokens.map((token) => (
              <TableRow key={token.tokenId}>
                <TableCell>{token.name}</TableCell>
                <TableCell align="right">
                  <Count value={token.allowed} exact />
                </TableCell>
                <TableCell align="right">
                  <Count value={token.refused} exact />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </section>
  );
}

/** Every minute of the window, those without a request too. */
function pointsOf({ takenAt, windowEndsAt, windowMinutes, minutes }: Evidence) {
  // The end is no part of the window; what was sealed without one ended within the minute in which it was taken.
  const lastMs = windowEndsAt
    ? new Date(windowEndsAt).getTime() - minuteMs
    : Math.floor(new Date(takenAt).getTime() / minuteMs) * minuteMs;
  const known = new Map(minutes.map((minute) => [minute.at, minute]));
  return Array.from({ length: windowMinutes }, (_, i) => {
    const at = new Date(lastMs - (windowMinutes - 1 - i) * minuteMs).toISOString();
    const { allowed = 0, refused = 0 } = known.get(at) ?? {};
    return { at, values: { allowed, refused } };
  });
}
