import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";
import type { AccountDomain, AccountIssuer } from "#core/single-sign-on/account-domains.ts";
import * as words from "#words/words.ts";
import { AddDomainForm, CheckDomain, RemoveDomain, RequireDomain } from "./domain-forms.tsx";

type SignInPanelProps = { account: string; issuers: AccountIssuer[]; domains: AccountDomain[] };

/** Through which issuers the account's people sign in, and the domains it has proven. */
export function SignInPanel({ account, issuers, domains }: SignInPanelProps) {
  return (
    <div className="flex flex-col gap-4">
      {domains.some(({ isChecking }) => isChecking) ? <KeepFresh seconds={2} /> : null}
      <p className="text-ink-2">
        {issuers.length === 0
          ? "The provider adds your company's issuer (OpenID Connect). Ask them for it, and prove your e-mail domain here."
          : "Your people sign in at these addresses, or find them from the sign-in page once your domain is proven."}
      </p>
      {issuers.length === 0 ? null : (
        <DefinitionList
          layout="text"
          items={issuers.map(({ name, signInUrl, isOnlyWay }) => ({
            term: isOnlyWay ? `${name} (the only way in)` : name,
            value: <SecretText value={signInUrl} what={`sign-in address of ${name}`} wrap />,
          }))}
        />
      )}
      {domains.map((one) => (
        <Domain key={one.domainId} account={account} domain={one} hasIssuer={issuers.length > 0} />
      ))}
      <AddDomainForm account={account} />
    </div>
  );
}

type DomainProps = { account: string; domain: AccountDomain; hasIssuer: boolean };

function Domain({ account, domain: of, hasIssuer }: DomainProps) {
  const { domainId, domain, record, provenAt, isRequired } = of;
  const state = words.domainState(of);
  const named = { account, domainId, domain };
  return (
    <section aria-label={domain} className="flex flex-col gap-2 border-line border-t pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{domain}</span>
          <Badge meaning={state.isGood ? "good" : "warning"}>{state.label}</Badge>
          {isRequired ? <Badge>single sign-on required</Badge> : null}
        </h3>
        <span className="flex flex-wrap gap-2">
          <CheckDomain {...named} />
          {provenAt && (hasIssuer || isRequired) ? <RequireDomain {...named} isRequired={isRequired} /> : null}
          <RemoveDomain {...named} isRequired={isRequired} />
        </span>
      </div>
      <p className="text-ink-2" role="status">
        {state.says}
      </p>
      <DefinitionList
        layout="text"
        items={[
          { term: "TXT record", value: <SecretText value={record.name} what={`record name of ${domain}`} wrap /> },
          { term: "Value", value: <SecretText value={record.value} what={`record value of ${domain}`} wrap /> },
        ]}
      />
    </section>
  );
}
