import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { can } from "#core/permissions.ts";
import { usageRanges } from "#core/rules/usage-range.ts";
import { listTokens } from "#core/tokens/list-tokens.ts";
import { getHottestEndpoint } from "#core/usage/get-hottest-endpoint.ts";
import { getLastHour } from "#core/usage/get-last-hour.ts";
import { getQuota } from "#core/usage/get-quota.ts";
import { getRatePressure } from "#core/usage/get-rate-pressure.ts";
import { getTokenShares } from "#core/usage/get-token-shares.ts";
import { getTopRefusal } from "#core/usage/get-top-refusal.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { LiveState } from "../_frame/live.tsx";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { PressureTable } from "../_frame/pressure-table.tsx";
import { QuotaMeter } from "../_frame/quota-meter.tsx";
import { readAccount } from "../_frame/read-account.ts";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { LastHour } from "./last-hour.tsx";
import { ShareTable } from "./share-table.tsx";
import { TokenSummary } from "./token-summary.tsx";
import { TopProblem } from "./top-problem.tsx";
import { TrafficChart } from "./traffic-chart.tsx";

export const metadata: Metadata = { title: "Overview" };

const query = z.object({ range: z.enum(usageRanges).catch("1h") });

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function OverviewPage({ params, searchParams }: PageProps) {
  const { account: slug } = await params;
  const ctx = await memberPageCtx(slug);
  const { range } = query.parse(await searchParams);
  const [account, quota, pressure, series, tokens, shares, problem, hottest, lastHour] = await Promise.all([
    readAccount(slug),
    getQuota(ctx, {}),
    getRatePressure(ctx, {}),
    getUsageSeries(ctx, { range }),
    listTokens(ctx, {}),
    getTokenShares(ctx, {}),
    getTopRefusal(ctx, {}),
    getHottestEndpoint(ctx, {}),
    getLastHour(ctx, {}),
  ]);
  const mayCreate =
    can(ctx.actor, "tokens:write") && account.standing !== "suspended" && account.standing !== "terminated";
  return (
    <OwnerMain page="Overview" status={<LiveState />}>
      <RefreshOnUse seconds={2} />
      <PageHeader
        title="Overview"
        lead={<ZonedTime at={ctx.now.toISOString()} zone="both" />}
        badge={<StandingBadge standing={account.standing} />}
        actions={
          mayCreate ? (
            <ButtonLink href={`/a/${slug}/tokens?create=1`} variant="primary" icon={<Plus />}>
              Create token
            </ButtonLink>
          ) : null
        }
      />
      {tokens.length === 0 ? <FirstSteps slug={slug} mayCreate={mayCreate} /> : null}
      {problem && account.standing === "good" ? <TopProblem slug={slug} problem={problem} /> : null}
      <div className="grid gap-4 lg:grid-cols-[1.2fr_1fr_1fr]">
        <Panel title="Quota today" aside={quota.plan}>
          <QuotaMeter initial={quota} />
        </Panel>
        <Panel title="Requests, last hour" aside={<LiveState />}>
          <LastHour initial={lastHour} />
        </Panel>
        <Panel
          title="Tokens"
          aside={
            <TextLink kind="bare" href={`/a/${slug}/tokens`}>
              All tokens
            </TextLink>
          }
        >
          <TokenSummary slug={slug} tokens={tokens} nowMs={ctx.now.getTime()} />
        </Panel>
      </div>
      <Panel>
        <TrafficChart slug={slug} range={range} series={series} endpoint={hottest} />
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel
          title="Rate limits now"
          aside="last 60 seconds"
          flush
          footer={
            <TextLink kind="bare" href={`/a/${slug}/limits`}>
              All limits
            </TextLink>
          }
        >
          <PressureTable initial={pressure} most={5} />
        </Panel>
        <Panel title="Who uses the quota" aside="today, UTC" flush>
          <ShareTable slug={slug} shares={shares} />
        </Panel>
      </div>
    </OwnerMain>
  );
}
