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
import { listActions } from "#core/enforcement/list-actions.ts";
import { listSent } from "#core/notices/list-sent.ts";
import * as words from "#words/words.ts";
import { ActionsInCase } from "../../_action/actions-in-case.tsx";
import { SentPanel } from "../../_action/sent-panel.tsx";

export const metadata: Metadata = { title: "Action" };

export default async function ActionPage({ params }: { params: Promise<{ action: string }> }) {
  const ctx = await staffPageCtx();
  const { action: actionId } = await params;
  const found = await foundOr404(() => getEvidence.fromUnknown(ctx, { actionId }));
  const { accountId } = found;
  const [actions, sent] = await Promise.all([listActions(ctx, { actionId }), listSent(ctx, { accountId, actionId })]);
  return (
    <ShellMain crumbs={[{ label: "Actions", href: "/staff/actions" }, { label: found.accountName }]}>
      <PageHeader
        title={<span className="inline-block first-letter:uppercase">{words.action(found)}</span>}
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
      <ActionsInCase actions={actions} actor={ctx.actor.kind === "staff" ? ctx.actor : null} title="State" />
      <SentPanel sent={sent} />
      <Panel title="Text for the owner">
        <p className="max-w-prose whitespace-pre-wrap">{found.publicText}</p>
      </Panel>
      <Panel title="Evidence, as it was sealed">
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
