import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { getLimitHistory } from "#core/usage/get-limit-history.ts";
import { getQuota } from "#core/usage/get-quota.ts";
import { getRatePressure } from "#core/usage/get-rate-pressure.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { LiveState } from "../_frame/live.tsx";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { PressureTable } from "../_frame/pressure-table.tsx";
import { QuotaPanel } from "../_frame/quota-meter.tsx";
import { limitsOn } from "../usage/limits-on.ts";
import { UsageChart } from "../usage/usage-chart.tsx";

export const metadata: Metadata = { title: "Limits" };

export default async function LimitsPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const [quota, pressure, days, history] = await Promise.all([
    getQuota(ctx, {}),
    getRatePressure(ctx, {}),
    getUsageSeries(ctx, { range: "90d" }),
    getLimitHistory(ctx, { range: "90d" }),
  ]);
  return (
    <OwnerMain page="Limits">
      <PageHeader
        title="Limits"
        lead={`You are on the ${quota.plan} plan. Rate limits count requests per endpoint and window; the quota counts the whole API per UTC day.`}
      />
      <QuotaPanel initial={quota} />
      <Panel
        title="Rate limits"
        aside={
          <span className="flex gap-3">
            last 60 s <LiveState />
          </span>
        }
        flush
      >
        <PressureTable initial={pressure} withToday />
      </Panel>
      <UsageChart
        series={days}
        title="Requests per day against that day's quota"
        limits={limitsOn(days.stepSeconds, history, { isOfToken: false })}
      />
    </OwnerMain>
  );
}
