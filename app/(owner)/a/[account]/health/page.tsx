import { HeartPulse } from "lucide-react";
import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { AskForMoreLink } from "#app/_parts/ask-for-more-link.tsx";
import { FindingList } from "#app/_parts/finding-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { FindingKind } from "#core/rules/diagnosis/finding.ts";
import { getDiagnosis } from "#core/usage/get-diagnosis.ts";
import type { NamedFinding } from "#core/usage/read-diagnosis.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";

export const metadata: Metadata = { title: "Health" };

/** Findings in which a limit stops a client that does nothing else wrong. */
const limitedBy: ReadonlySet<string> = new Set(["cost_above_limit", "demand_above_limit"] satisfies FindingKind[]);

export default async function HealthPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const findings = await getDiagnosis(ctx, {});
  const token = ({ tokenId, tokenName }: NamedFinding) => (
    <TextLink href={`/a/${account}/tokens/${tokenId}`}>{tokenName}</TextLink>
  );
  const links = ({ kind, tokenId, refused, endpointId }: NamedFinding) => (
    <>
      {refused > 0 && tokenId ? (
        <TextLink href={`/a/${account}/refusals?token=${tokenId}`}>See refusals</TextLink>
      ) : null}{" "}
      {limitedBy.has(kind) ? <AskForMoreLink account={account} endpointId={endpointId} /> : null}
    </>
  );
  return (
    <OwnerMain page="Health">
      <RefreshOnUse seconds={5} />
      <PageHeader
        title="Health"
        lead="Mistakes your clients made in the last 24 hours and the one thing to change for each, most costly first."
      />
      <Panel
        flush
        footer="Checks for retries without waiting, missing back-off, bunched calls, parallel workers, single instead of bulk calls, tight polling, calls after the quota, one token spending the quota, missing scopes, dead tokens and repeated refused requests."
      >
        {findings.length === 0 ? (
          <EmptyState icon={<HeartPulse />} title="No problems found">
            If a client wastes requests or is refused for an avoidable reason, it appears here with the numbers and the
            fix.
          </EmptyState>
        ) : (
          <FindingList findings={findings} tokenOf={token} linkOf={links} />
        )}
      </Panel>
    </OwnerMain>
  );
}
