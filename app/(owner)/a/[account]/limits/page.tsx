import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { can } from "#core/frame/permissions.ts";
import { listLimitRequests } from "#core/limit-requests/list-requests.ts";
import { getLimitHistory } from "#core/usage/get-limit-history.ts";
import { getQuota } from "#core/usage/get-quota.ts";
import { getRatePressure } from "#core/usage/get-rate-pressure.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import * as words from "#words/words.ts";
import { LiveState } from "../_frame/live.tsx";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { PressureTable } from "../_frame/pressure-table.tsx";
import { QuotaPanel } from "../_frame/quota-meter.tsx";
import { limitsOn } from "../usage/limits-on.ts";
import { UsageChart } from "../usage/usage-chart.tsx";
import { LimitRequests } from "./requests.tsx";

export const metadata: Metadata = { title: "Limits" };

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<{ ask?: string | string[] }> };

export default async function LimitsPage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const { ask } = await searchParams;
  const [quota, pressure, days, history, requests] = await Promise.all([
    getQuota(ctx, {}),
    getRatePressure(ctx, {}),
    getUsageSeries(ctx, { range: "90d" }),
    getLimitHistory(ctx, { range: "90d" }),
    listLimitRequests(ctx, {}),
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
      <LimitRequests
        account={account}
        requests={requests}
        mayAsk={can(ctx.actor, "loads:write")}
        chosen={typeof ask === "string" ? ask : undefined}
        limits={[
          ...(quota.limit === null
            ? []
            : [{ value: "quota", label: `Daily quota, now ${words.askedSize(quota.limit, null)}` }]),
          ...pressure
            .filter((one) => one.limit !== null)
            .map((one) => ({
              value: String(one.id),
              label: `${words.route(one)}, now ${words.askedSize(one.limit, one.windowSeconds)}`,
            })),
        ]}
      />
      <UsageChart
        series={days}
        title="Requests per day against that day's quota"
        limits={limitsOn(days.stepSeconds, history, { isOfToken: false })}
      />
    </OwnerMain>
  );
}
