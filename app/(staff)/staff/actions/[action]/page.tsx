import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { EvidencePanel } from "#app/_parts/evidence-panel.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { getEvidence } from "#core/enforcement/get-evidence.ts";
import * as words from "#words/words.ts";

export const metadata: Metadata = { title: "Evidence" };

export default async function EvidencePage({ params }: { params: Promise<{ action: string }> }) {
  const ctx = await staffPageCtx();
  const { action: actionId } = await params;
  const found = await foundOr404(() => getEvidence.fromUnknown(ctx, { actionId }));
  return (
    <ShellMain crumbs={[{ label: "Actions", href: "/staff/actions" }, { label: "Evidence" }]}>
      <PageHeader
        title={`Evidence for the ${words.action(found)}`}
        badge={
          found.isIntact ? (
            <Badge meaning="good">seal intact</Badge>
          ) : (
            <Badge meaning="danger">changed after it was sealed</Badge>
          )
        }
        lead={
          <>
            <TextLink href={`/staff/accounts/${found.accountId}`}>{found.accountName}</TextLink> ·{" "}
            {words.reasons[found.reasonCode].title}, clause {found.policyClause} · sealed{" "}
            <ZonedTime at={found.createdAt.toISOString()} />
            {found.caseId ? (
              <>
                {" "}
                · <TextLink href={`/staff/cases/${found.caseId}`}>Case</TextLink>
              </>
            ) : null}
          </>
        }
      />
      <Panel title="What the account reads">
        <p className="max-w-prose whitespace-pre-wrap">{found.publicText}</p>
      </Panel>
      <Panel title="What was counted">
        {found.evidence ? (
          <EvidencePanel evidence={found.evidence} />
        ) : (
          <p className="text-ink-2">This evidence was sealed in a form that this version cannot read.</p>
        )}
        <p className="mt-3 break-all font-mono text-sm text-ink-3">sha256 {found.evidenceHash}</p>
      </Panel>
    </ShellMain>
  );
}
