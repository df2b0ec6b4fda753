import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { listProvenDomains } from "#core/single-sign-on/staff-domains.ts";
import { TakeDomainOff } from "./take-domain-off.tsx";

type Domains = Awaited<ReturnType<typeof listProvenDomains>>;

/** Which e-mail domains belong to which account; nothing while none is proven. */
export function DomainsPanel({ domains }: { domains: Domains }) {
  if (domains.length === 0) return null;
  return (
    <Panel title="Domains that accounts have proven" aside={domains.length}>
      <ul className="flex flex-col gap-2">
        {domains.map(({ domainId, domain, accountId, accountName, isRequired, missingSince }) => (
          <li key={domainId} className="flex flex-wrap items-center gap-2">
            <span className="wrap-anywhere font-medium">{domain}</span>
            <TextLink href={`/staff/accounts/${accountId}`}>{accountName}</TextLink>
            {isRequired ? <Badge>single sign-on required</Badge> : null}
            {missingSince ? <Badge meaning="warning">record missing</Badge> : null}
            <TakeDomainOff domainId={domainId} domain={domain} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
