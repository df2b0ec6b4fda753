import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { DecisionBars } from "#app/_parts/decision-bars.tsx";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { MeterWithNote } from "#components/ui/meter.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { getAccount } from "#core/accounts/get-account.ts";
import { listOverrides } from "#core/accounts/override-limit.ts";
import { getAccountRecord } from "#core/cases/get-account-record.ts";
import { listMutes } from "#core/cases/list-mutes.ts";
import { listActions } from "#core/enforcement/list-actions.ts";
import { can } from "#core/frame/permissions.ts";
import { listIntegrations } from "#core/integrations/list-integrations.ts";
import { listMembers } from "#core/members/list-members.ts";
import { listSent } from "#core/notices/list-sent.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import { usageRanges } from "#core/rules/usage/usage-range.ts";
import { listTokens } from "#core/tokens/list-tokens.ts";
import { getDiagnosis } from "#core/usage/get-diagnosis.ts";
import { getQuota } from "#core/usage/get-quota.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { limitsInForce } from "#core/usage/limits-in-force.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import { ActionForm } from "../../_action/action-form.tsx";
import { ActionsInCase } from "../../_action/actions-in-case.tsx";
import { DiagnosisPanel } from "../../_action/diagnosis-panel.tsx";
import { HistoryNote } from "../../_action/history-note.tsx";
import { readActing } from "../../_action/read-acting.ts";
import { SentPanel } from "../../_action/sent-panel.tsx";
import { MutesPanel } from "../../_mutes/mutes-panel.tsx";
import { investigateHref } from "../../investigate/case-href.ts";
import { ClosingPanel } from "./closing-panel.tsx";
import { IntegrationsPanel } from "./integrations-panel.tsx";
import { MembersPanel, TokensPanel } from "./people-and-tokens.tsx";
import { RecordPanel } from "./record-panel.tsx";
import { TermsPanel } from "./terms-panel.tsx";

export const metadata: Metadata = { title: "Account" };

const rangeParam = z.object({ range: z.enum(usageRanges).catch("24h") });

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function AccountPage({ params, searchParams }: PageProps) {
  const ctx = await staffPageCtx();
  const { account: accountId } = await params;
  const account = await foundOr404(() => getAccount.fromUnknown(ctx, { accountId }));
  const { range } = rangeParam.parse(await searchParams);
  const quota = await getQuota(ctx, { accountId });
  const series = await getUsageSeries(ctx, { accountId, range });
  const tokens = await listTokens(ctx, { accountId });
  const { members } = await listMembers(ctx, { accountId });
  const actions = await listActions(ctx, { accountId });
  const record = await getAccountRecord(ctx, { accountId });
  const { history, ...acting } = await readActing(ctx, accountId, actions);
  const [findings, overrides, limits, { plans }, integrations, sent, mutes] = await Promise.all([
    getDiagnosis(ctx, { accountId }),
    listOverrides(ctx, { accountId }),
    limitsInForce(ctx, accountId),
    getProvider(ctx, {}),
    listIntegrations(ctx, { accountId }),
    listSent(ctx, { accountId }),
    listMutes(ctx, { accountId }),
  ]);
  return (
    <ShellMain crumbs={[{ label: "Accounts", href: "/staff/accounts" }, { label: account.name }]}>
      <KeepFresh seconds={actions.some((one) => one.state === "applying") ? 1 : 5} />
      <PageHeader
        title={account.name}
        badge={
          <>
            <StandingBadge standing={account.standing} />
            {account.closedAt ? <Badge meaning="danger">closed</Badge> : null}
            {account.isProtected ? <Badge meaning="info">protected</Badge> : null}
          </>
        }
        lead={
          <>
            {account.planName} · {account.externalId === null ? null : `external id ${account.externalId} · `}customer
            since <ZonedTime at={account.createdAt.toISOString()} style="date" />
            {account.allowedNetworks.length === 0 ? null : ` · tokens only from ${account.allowedNetworks.join(", ")}`}
          </>
        }
        actions={
          <>
            {can(ctx.actor, "audit:read") ? (
              <ButtonLink href={`/staff/audit?account=${accountId}`}>Audit</ButtonLink>
            ) : null}
            <ButtonLink href={investigateHref(accountId, undefined)} prefetch={false}>
              Investigate
            </ButtonLink>
            <ButtonLink href={`/staff/accounts/${accountId}/as-of`}>As it was …</ButtonLink>
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[1fr_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <ActionsInCase actions={actions} actor={ctx.actor.kind === "staff" ? ctx.actor : null} />
          <RecordPanel record={record} />
          <SentPanel sent={sent} />
          {mutes.length > 0 ? <MutesPanel mutes={mutes} isOfAccount /> : null}
          <DiagnosisPanel findings={findings} />
          {quota.limit === null ? null : (
            <Panel title="Quota today" aside="resets at 00:00 UTC">
              <MeterWithNote
                label="Quota used today"
                value={quota.used}
                limit={quota.limit}
                note={`${format.count(quota.used)} of ${format.count(quota.limit)} requests`}
              />
            </Panel>
          )}
          <Panel>
            <DecisionBars
              title="Requests"
              points={series.points.map(({ atMs, values }) => ({ at: new Date(atMs).toISOString(), values }))}
              bucketSeconds={series.stepSeconds}
              empty="No requests in this range."
              actions={
                <SegmentedLinks
                  label="Range"
                  items={usageRanges.map((one) => ({
                    href: `/staff/accounts/${accountId}?range=${one}`,
                    label: words.usageRanges[one],
                    active: one === range,
                  }))}
                />
              }
            />
          </Panel>
          <TermsPanel
            accountId={accountId}
            externalId={can(ctx.actor, "accounts:provision") ? (account.externalId ?? "") : null}
            planId={plans.find((one) => one.name === account.planName)?.id ?? 0}
            isProtected={account.isProtected}
            privateNetworks={account.hasPrivateNetworks ? account.reachesPrivateNetworks : null}
            limits={limits}
            overrides={overrides}
            plans={plans}
            mayWrite={can(ctx.actor, "accounts:limit")}
          />
          <ClosingPanel
            account={account}
            nowMs={ctx.now.getTime()}
            mayClose={can(ctx.actor, "accounts:close")}
            mayErase={can(ctx.actor, "accounts:erase")}
          />
          {tokens.length === 0 ? (
            <Panel title="Tokens">
              <EmptyState title="No tokens">This account has not created any token.</EmptyState>
            </Panel>
          ) : (
            <TokensPanel tokens={tokens} />
          )}
          <IntegrationsPanel integrations={integrations} />
          <MembersPanel accountId={accountId} members={members} mayOpen={can(ctx.actor, "people:read")} />
        </div>
        <Panel>
          <ActionForm
            {...acting}
            accountId={accountId}
            accountName={account.name}
            flag={null}
            strikes={history.strikes}
            history={<HistoryNote history={history} />}
          />
        </Panel>
      </div>
    </ShellMain>
  );
}
