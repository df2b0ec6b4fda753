import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { getOverview } from "#core/accounts/get-overview.ts";
import { can } from "#core/frame/permissions.ts";
import { usageRanges } from "#core/rules/usage/usage-range.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { PressureTable } from "../_frame/pressure-table.tsx";
import { QuotaPanel } from "../_frame/quota-meter.tsx";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";
import { FirstCall } from "../tokens/first-call.tsx";
import { LastHourCard } from "./last-hour-card.tsx";
import { QuotaUsers } from "./quota-users.tsx";
import { RequestsChart } from "./requests-chart.tsx";
import { TokensCard } from "./tokens-card.tsx";
import { TopFinding } from "./top-finding.tsx";
import { TopRefusal } from "./top-refusal.tsx";

export const metadata: Metadata = { title: "Overview" };

const ranges = usageRanges.filter((range) => range !== "90d" && range !== "13m");
const query = z.object({ range: z.enum(ranges).catch("1h") });
const busiestShown = 6;
/** Below this share of the last hour, refusals are told by the numbers and need no banner. */
const worthTelling = 0.02;

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function OverviewPage({ params, searchParams }: PageProps) {
  const { account: slug } = await params;
  const ctx = await memberPageCtx(slug);
  const { range } = query.parse(await searchParams);
  const { series, tokens, shares, top, findings, pressure, ...now } = await getOverview(ctx, { range });
  const busiest = [...pressure].sort((a, b) => b.requestsToday - a.requestsToday).slice(0, busiestShown);
  const mayCreate = can(ctx.actor, "tokens:write") && now.standing !== "suspended" && now.standing !== "terminated";
  const requests = now.lastHour.allowed + now.lastHour.refused;
  const isWorthTelling = top !== null && now.standing === "good" && top.refused >= worthTelling * requests;
  const finding = findings.find((one) => !one.isOver);
  return (
    <OwnerMain page="Overview">
      <RefreshOnUse seconds={5} />
      <PageHeader
        title="Overview"
        lead={<ZonedTime at={ctx.now.toISOString()} zone="both" />}
        actions={
          <>
            <StandingBadge standing={now.standing} />
            {mayCreate ? (
              <ButtonLink variant="primary" icon={<KeyRound aria-hidden />} href={`/a/${slug}/tokens?create=1`}>
                Create token
              </ButtonLink>
            ) : null}
          </>
        }
      />
      {isWorthTelling && finding ? <TopFinding finding={finding} others={findings.length - 1} slug={slug} /> : null}
      {isWorthTelling && !finding ? <TopRefusal top={top} slug={slug} /> : null}
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-[5fr_4fr_4fr]">
        <QuotaPanel initial={now.quota} />
        <LastHourCard initial={{ lastHour: now.lastHour }} slug={slug} />
        <TokensCard tokens={tokens} slug={slug} nowMs={ctx.now.getTime()} />
      </div>
      {mayCreate && requests === 0 && !tokens.some((token) => token.lastUsedAt) ? <FirstCall slug={slug} /> : null}
      <RequestsChart
        initial={{ stepSeconds: series.stepSeconds, points: series.points }}
        range={range}
        actions={
          <SegmentedLinks
            label="Range"
            items={ranges.map((one) => ({
              href: `/a/${slug}?range=${one}`,
              label: words.usageRanges[one],
              active: one === range,
            }))}
          />
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[4fr_5fr]">
        <Panel
          title="Rate limits now"
          aside="last 60 s"
          flush
          footer={
            <TextLink kind="bare" href={`/a/${slug}/limits`}>
              All limits
            </TextLink>
          }
        >
          <PressureTable initial={busiest} />
        </Panel>
        <QuotaUsers
          shares={shares}
          previews={new Map(tokens.map((token) => [token.id, token.preview]))}
          slug={slug}
          quotaPerDay={now.quota.limit}
          mayCap={can(ctx.actor, "tokens:write")}
        />
      </div>
    </OwnerMain>
  );
}
