import { Sparkline } from "#components/charts/sparkline.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { listReferences } from "#core/cases/case-references.ts";
import type { relatedAccounts, stillTries } from "#core/search/search-desk.ts";
import * as format from "#words/format.ts";
import { AddReference, RemoveReference } from "./references.tsx";

type BesideProps = {
  caseId: string;
  references: Awaited<ReturnType<typeof listReferences>>;
  related: Awaited<ReturnType<typeof relatedAccounts>>;
  tries: Awaited<ReturnType<typeof stillTries>>;
  previousCaseId: string | null;
};

/** What belongs to a case besides its flags: what is still tried, who shares its networks, tickets elsewhere, the case before. */
export function Beside({ caseId, references, related, tries, previousCaseId }: BesideProps) {
  const links = references.length + related.length + (previousCaseId ? 1 : 0);
  return (
    <>
      {tries.total > 0 ? (
        <Panel title="Still being tried" aside={`${format.count(tries.total)} refused in 24 hours`}>
          <Sparkline label="Calls refused by an action, per hour" values={tries.hours} width={420} height={36} />
          <p className="text-sm text-ink-2">
            {tries.hours.slice(-3).every((one) => one === 0)
              ? "Silent for at least three hours: the pattern may be gone."
              : "Ongoing: the client has not stopped."}
          </p>
        </Panel>
      ) : null}
      <Panel title="Links" aside={`${links}`}>
        <ul className={links === 0 ? "" : "mb-3"}>
          {previousCaseId ? (
            <li className="py-1">
              <TextLink href={`/staff/cases/${previousCaseId}?view=closed`}>The previous case</TextLink>
            </li>
          ) : null}
          {references.map((one) => (
            <li key={one.id} className="flex items-center justify-between gap-3 py-1">
              {one.url ? <TextLink href={one.url}>{one.label}</TextLink> : <span>{one.label}</span>}
              <RemoveReference referenceId={one.id} label={one.label} />
            </li>
          ))}
          {related.map((one) => (
            <li key={one.accountId} className="py-1 text-ink-2">
              <TextLink href={`/staff/accounts/${one.accountId}`}>{one.name}</TextLink> shares {one.shared}{" "}
              {one.shared === 1 ? "network" : "networks"}
            </li>
          ))}
        </ul>
        <AddReference caseId={caseId} />
      </Panel>
    </>
  );
}
