import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { IntegrationRow } from "#core/integrations/list-integrations.ts";

type PolicyRow = Pick<
  IntegrationRow,
  | "privacyPolicyUrl"
  | "policyState"
  | "policyCheckedAt"
  | "policyProblem"
  | "policyFailingSince"
  | "isPolicyBeingChecked"
  | "archivedAt"
>;

/** The page of a privacy policy, whether it is there, since when not, and when that was seen. */
export function PolicyState({ row }: { row: PolicyRow }) {
  if (row.policyState === "none_needed") return <span className="text-ink-3">not needed</span>;
  if (row.policyState === "missing" || row.privacyPolicyUrl === null) return <Badge meaning="warning">missing</Badge>;
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <a
        href={row.privacyPolicyUrl}
        rel="noreferrer noopener"
        target="_blank"
        className="max-w-full truncate text-accent underline underline-offset-2"
      >
        {new URL(row.privacyPolicyUrl).host}
      </a>
      {row.policyState === "unreachable" ? <Badge meaning="warning">unreachable</Badge> : null}
      {row.policyState === "unreachable" && row.policyProblem ? (
        <span className="max-w-64 whitespace-normal text-sm text-ink-2">{row.policyProblem}</span>
      ) : null}
      <span className="text-sm text-ink-3">
        <Checked row={row} />
      </span>
    </div>
  );
}

function Checked({
  row: { policyFailingSince, policyCheckedAt, isPolicyBeingChecked, archivedAt },
}: {
  row: PolicyRow;
}) {
  if (isPolicyBeingChecked) return "checking …";
  if (policyCheckedAt === null) return archivedAt ? "not checked" : "checking …";
  return (
    <>
      {policyFailingSince && policyFailingSince.getTime() < policyCheckedAt.getTime() ? (
        <>
          first seen <RelativeTime at={policyFailingSince.toISOString()} />,{" "}
        </>
      ) : null}
      {policyFailingSince ? null : "reachable, "}
      checked <RelativeTime at={policyCheckedAt.toISOString()} />
    </>
  );
}
