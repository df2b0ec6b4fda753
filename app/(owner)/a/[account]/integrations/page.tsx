import { Plug } from "lucide-react";
import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { PolicyState } from "#app/_parts/policy-state.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { can } from "#core/frame/permissions.ts";
import { type IntegrationRow, listIntegrations } from "#core/integrations/list-integrations.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { CheckPolicy } from "./check-policy.tsx";
import { ArchiveIntegration, IntegrationSheet } from "./integration-parts.tsx";

export const metadata: Metadata = { title: "Integrations" };

export default async function IntegrationsPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const rows = await listIntegrations(ctx, {});
  const mayWrite = can(ctx.actor, "integrations:write");
  return (
    <OwnerMain page="Integrations">
      <PageHeader
        title="Integrations"
        lead="Your programs that use the API, and the personal data they collect. A token can belong to one."
        actions={mayWrite ? <IntegrationSheet account={account} row={null} /> : null}
      />
      {rows.some((row) => row.isPolicyBeingChecked) ? <KeepFresh seconds={2} /> : null}
      <Panel flush>
        {rows.length === 0 ? (
          <EmptyState icon={<Plug />} title="No integrations yet">
            Add one to record its purpose, contact and privacy policy.
          </EmptyState>
        ) : (
          <Table label="Integrations">
            <TableHead>
              <TableHeader>Name</TableHeader>
              <TableHeader shownFrom="sm">Collects</TableHeader>
              <TableHeader shownFrom="md">Privacy policy</TableHeader>
              <TableHeader align="right">Tokens</TableHeader>
              <TableHeader shownFrom="md">Last used</TableHeader>
              {mayWrite ? (
                <TableHeader align="right" shownFrom="md">
                  <span className="sr-only">Actions</span>
                </TableHeader>
              ) : null}
            </TableHead>
            <TableBody>
              {rows.map((row) => (
                <TableRow key={row.id}>
                  <TableCell className="max-w-72">
                    <span className="font-medium">{row.name}</span>{" "}
                    {row.archivedAt ? <Badge icon={false}>archived</Badge> : null}
                    <span className="block truncate text-sm text-ink-3" title={row.purpose}>
                      {row.purpose} · {row.contactEmail}
                    </span>
                    <div className="mt-1 flex flex-col gap-2 md:hidden">
                      <PolicyState row={row} />
                      {mayWrite ? <Acts account={account} row={row} /> : null}
                    </div>
                  </TableCell>
                  <TableCell shownFrom="sm">{collects(row)}</TableCell>
                  <TableCell shownFrom="md">
                    <PolicyState row={row} />
                  </TableCell>
                  <TableCell align="right">
                    <TextLink kind="bare" href={`/a/${account}/tokens?q=${encodeURIComponent(row.name)}`}>
                      {row.tokens}
                    </TextLink>
                  </TableCell>
                  <TableCell shownFrom="md">
                    {row.lastUsedAt ? <RelativeTime at={row.lastUsedAt} /> : "never"}
                  </TableCell>
                  {mayWrite ? (
                    <TableCell align="right" shownFrom="md">
                      <Acts account={account} row={row} />
                    </TableCell>
                  ) : null}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
    </OwnerMain>
  );
}

function Acts({ account, row }: { account: string; row: IntegrationRow }) {
  if (row.archivedAt) return null;
  return (
    <span className="inline-flex flex-wrap gap-2 md:justify-end">
      {row.privacyPolicyUrl ? <CheckPolicy account={account} integrationId={row.id} name={row.name} /> : null}
      <IntegrationSheet account={account} row={row} />
      <ArchiveIntegration account={account} row={row} />
    </span>
  );
}

function collects({ dataCollected }: IntegrationRow): string {
  return dataCollected.length === 0
    ? "no personal data"
    : dataCollected.map((word) => words.collectedData[word].toLowerCase()).join(", ");
}
