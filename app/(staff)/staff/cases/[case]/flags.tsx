import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { CaseDetail } from "#core/cases/get-case.ts";
import { dismissReasons } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";
import { DismissFlag } from "./dismiss-flag.tsx";
import { MuteFlag } from "./mute-flag.tsx";

/** The flags of a case, each with its share of the score and what the score is made of. */
export function Flags({ flags, score }: { flags: CaseDetail["flags"]; score: number }) {
  return (
    <Panel title="Flags" aside={`case score ${Math.round(score)}`}>
      {flags.length === 0 ? <EmptyState title="No flags">This case was opened by hand.</EmptyState> : null}
      <ul>
        {flags.map((flag) => (
          <li
            key={flag.id}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line py-3 not-first:border-t first:pt-0 last:pb-0"
          >
            <div className="min-w-56 flex-1">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-semibold">{flag.title}</span>
                <span className="text-ink-2">{flag.scopeName}</span>
                <FlagState flag={flag} />
              </p>
              <p>{flag.summary}</p>
              <p className="text-sm text-ink-3">
                severity {flag.severity} of 3 · <FlagTimes flag={flag} /> · weighed with a precision of{" "}
                {format.percent(flag.precision)}
              </p>
            </div>
            <span
              className="font-medium tabular-nums"
              title="Share of the case score before it is combined with the others"
            >
              +{Math.round(flag.share * 100)}
            </span>
            {flag.state === "in_case" ? (
              <span className="flex w-full gap-2 sm:w-auto sm:justify-end">
                <DismissFlag flagId={flag.id} title={flag.title} />
                <MuteFlag flagId={flag.id} title={flag.title} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** When the traffic began and when it was last seen, not when anybody looked. */
function FlagTimes({ flag: { firstSeenAt, lastSeenAt } }: { flag: CaseDetail["flags"][number] }) {
  const isMoment = lastSeenAt.getTime() - firstSeenAt.getTime() < 60_000;
  return isMoment ? (
    <>
      at <ZonedTime at={lastSeenAt.toISOString()} />
    </>
  ) : (
    <>
      from <ZonedTime at={firstSeenAt.toISOString()} />, last <RelativeTime at={lastSeenAt.toISOString()} />
    </>
  );
}

function FlagState({ flag }: { flag: CaseDetail["flags"][number] }) {
  if (flag.state === "confirmed") return <Badge meaning="danger">{deskWords.flagStates.confirmed.label}</Badge>;
  if (flag.state === "dismissed") return <Badge>{dismissalOf(flag.dismissReason)}</Badge>;
  if (flag.state === "muted" && flag.mutedUntil)
    return (
      <Badge>
        Muted until <ZonedTime at={flag.mutedUntil.toISOString()} style="date" />
      </Badge>
    );
  return null;
}

function dismissalOf(reason: string | null): string {
  const { label } = deskWords.flagStates.dismissed;
  const known = dismissReasons.find((one) => one === reason);
  return known ? `${label}: ${deskWords.dismissReasons[known].toLowerCase()}` : label;
}
