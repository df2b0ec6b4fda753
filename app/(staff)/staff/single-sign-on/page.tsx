import { LogIn } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { Badge } from "#components/ui/badge.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { startPath } from "#core/auth/issuer-path.ts";
import { can } from "#core/frame/permissions.ts";
import { publicUrl } from "#core/runtime/env.ts";
import { checkProvider } from "#core/single-sign-on/check-provider.ts";
import { listBreakGlass, listProviders } from "#core/single-sign-on/list-providers.ts";
import { listProvenDomains } from "#core/single-sign-on/staff-domains.ts";
import * as words from "#words/words.ts";
import { BreakGlassForm } from "./break-glass-form.tsx";
import { DomainsPanel } from "./domains-panel.tsx";
import { type Provider, ProviderForm } from "./provider-form.tsx";
import { RemoveProvider } from "./remove-provider.tsx";

export const metadata: Metadata = { title: "Single sign-on" };

export default async function SingleSignOnPage() {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "identity:write")) notFound();
  const [providers, admins, domains] = [
    await listProviders(ctx, {}),
    await listBreakGlass(ctx, {}),
    await listProvenDomains(ctx, {}),
  ];
  const states = new Map(
    await Promise.all(
      providers.map(async ({ providerId }) => [providerId, (await checkProvider(ctx, { providerId })).state] as const),
    ),
  );
  return (
    <ShellMain crumbs={[{ label: "Single sign-on" }]}>
      <PageHeader
        title="Single sign-on"
        lead="OpenID Connect issuers through which staff and customers sign in."
        actions={<ProviderForm />}
      />
      {providers.length === 0 ? (
        <Panel flush>
          <EmptyState icon={<LogIn />} title="No issuers">
            People sign in with a password. Add an issuer, such as Keycloak, Entra ID, Google or Okta.
          </EmptyState>
        </Panel>
      ) : null}
      {providers.map((one) => (
        <ProviderPanel key={one.providerId} provider={one} state={states.get(one.providerId) ?? "away"} />
      ))}
      <DomainsPanel domains={domains} />
      <Panel title="When the issuer is away">
        <BreakGlassForm admins={admins} />
      </Panel>
    </ShellMain>
  );
}

type ProviderPanelProps = { provider: Provider; state: keyof typeof words.issuerStates };

function ProviderPanel({ provider, state }: ProviderPanelProps) {
  const { providerId, name, audience, accountName, roleRules, defaultRole } = provider;
  return (
    <Panel
      title={name}
      aside={
        <span className="flex items-center gap-2">
          {provider.isEnabled ? <Badge meaning="good">on</Badge> : <Badge>off</Badge>}
          {provider.isOnlyWay ? <Badge>the only way in</Badge> : null}
          <ProviderForm provider={provider} />
          <RemoveProvider providerId={providerId} name={name} />
        </span>
      }
    >
      <DefinitionList
        layout="text"
        items={[
          { term: "Issuer", value: <span className="break-all font-mono">{provider.issuer}</span> },
          {
            term: "Now",
            value: <Badge meaning={state === "answers" ? "good" : "danger"}>{words.issuerStates[state]}</Badge>,
          },
          { term: "For", value: audience === "account" ? `People of ${accountName}` : words.issuerAudiences[audience] },
          { term: "Callback address", value: <SecretText value={provider.callbackUrl} what="callback address" wrap /> },
          { term: "Back-channel logout", value: <SecretText value={provider.logoutUrl} what="logout address" wrap /> },
          {
            term: "Sign-in address",
            value: <SecretText value={`${publicUrl()}${startPath(providerId)}`} what="sign-in address" wrap />,
          },
          {
            term: "Second step",
            value: provider.checksSecondStep ? "asked for at every sign-in" : "as its tokens say",
          },
          {
            term: "Roles",
            value: `${roleRules.length} by claim; everyone else ${defaultRole ? words.role(defaultRole) : "none"}`,
          },
          { term: "People linked", value: String(provider.people) },
        ]}
      />
    </Panel>
  );
}
