import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { ProofHost } from "#app/_parts/proof-host.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { getAllowedNetworks } from "#core/accounts/allowed-networks.ts";
import { listExports } from "#core/exports/list-exports.ts";
import { can } from "#core/frame/permissions.ts";
import { getMyNotifications } from "#core/members/my-notifications.ts";
import { listAccountDomains, listAccountIssuers } from "#core/single-sign-on/account-domains.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { readAccount } from "../_frame/read-account.ts";
import { ExportList } from "./export-list.tsx";
import { NetworksPanel } from "./networks-panel.tsx";
import { NotificationsForm, RenameForm, RequestExport } from "./settings-forms.tsx";
import { SignInPanel } from "./sign-in-panel.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ account: string }> }) {
  const { account: slug } = await params;
  const ctx = await memberPageCtx(slug);
  const mayExport = can(ctx.actor, "exports:read");
  const maySetDomains = can(ctx.actor, "domains:write");
  const [account, mine, exports, networks, issuers, domains] = await Promise.all([
    readAccount(slug),
    getMyNotifications(ctx, {}),
    mayExport ? listExports(ctx, {}) : [],
    getAllowedNetworks(ctx, {}),
    maySetDomains ? listAccountIssuers(ctx, {}) : [],
    maySetDomains ? listAccountDomains(ctx, {}) : [],
  ]);
  const isBusy = exports.some((one) => one.state === "waiting" || one.state === "running");
  return (
    <OwnerMain page="Settings">
      {isBusy ? <KeepFresh seconds={1} /> : null}
      <PageHeader
        title="Settings"
        lead={
          <>
            For this account. Your password, sessions and time zone are under <TextLink href="/me">You</TextLink>.
          </>
        }
      />
      <Panel title="Account name">
        {can(ctx.actor, "account:write") ? (
          <RenameForm account={slug} name={account.name} version={account.version} />
        ) : (
          <p>
            {account.name} <span className="text-ink-3">· an owner can change it</span>
          </p>
        )}
      </Panel>
      <Panel title="Allowed networks" aside="for calls with tokens">
        <NetworksPanel
          account={slug}
          networks={networks}
          myAddress={ctx.ip}
          mayChange={can(ctx.actor, "networks:write")}
        />
      </Panel>
      {maySetDomains ? (
        <Panel title="Single sign-on" id="single-sign-on">
          <SignInPanel account={slug} issuers={issuers} domains={domains} />
        </Panel>
      ) : null}
      <Panel title="Your e-mail" aside="about this account">
        <NotificationsForm account={slug} {...mine} />
      </Panel>
      {mayExport ? (
        <Panel title="Export data" aside={<RequestExport account={slug} disabled={isBusy} />} flush>
          <ExportList account={slug} rows={exports} />
          <ProofHost />
        </Panel>
      ) : null}
    </OwnerMain>
  );
}
