import type { ReactNode } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { NamedFinding } from "#core/usage/read-diagnosis.ts";
import * as words from "#words/words.ts";

type FindingListProps = {
  findings: readonly NamedFinding[];
  /** The token's name, with a link where there is a page for it. */
  tokenOf: (finding: NamedFinding) => ReactNode;
  /** Where the refused requests themselves are shown. */
  linkOf?: (finding: NamedFinding) => ReactNode;
};

/** What clients do wrong: where, since when, the numbers, and the one thing to change. */
export function FindingList({ findings, tokenOf, linkOf }: FindingListProps) {
  return (
    <ul aria-label="Findings, most costly first">
      {findings.map((finding) => (
        <li
          key={`${finding.kind} ${finding.tokenId} ${finding.endpointId} ${finding.evidence}`}
          className="flex flex-col gap-1 border-line border-b px-4 py-3.5 last:border-0"
        >
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <span className="font-semibold">{finding.title}</span>
            {finding.tokenName === null ? null : <span className="min-w-0 wrap-anywhere">{tokenOf(finding)}</span>}
            {finding.endpoint ? <code className="font-mono text-ink-2">{words.route(finding.endpoint)}</code> : null}
            <span className="text-ink-3">
              {finding.isOver ? "over, last seen " : "since "}
              <RelativeTime at={new Date(finding.isOver ? finding.toMs : finding.fromMs).toISOString()} />
              {finding.isOver ? null : (
                <>
                  , last seen <RelativeTime at={new Date(finding.toMs).toISOString()} />
                </>
              )}
            </span>
          </p>
          <p className="max-w-prose text-ink-2 wrap-anywhere">{finding.evidence}</p>
          <p className="max-w-prose">
            <b className="font-semibold">{finding.instruction}</b> {linkOf?.(finding)}
          </p>
        </li>
      ))}
    </ul>
  );
}
