import { Download } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { groupings, usageRanges } from "#core/rules/usage/usage-range.ts";
import { listTokenNames } from "#core/tokens/list-token-names.ts";
import { getLimitHistory } from "#core/usage/get-limit-history.ts";
import { getRatePressure } from "#core/usage/get-rate-pressure.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";
import { limitsOn } from "./limits-on.ts";
import { UsageChart } from "./usage-chart.tsx";
import { UsageFilter } from "./usage-filter.tsx";
import { UsageTable } from "./usage-table.tsx";

export const metadata: Metadata = { title: "Usage" };

const query = z.object({
  range: z.enum(usageRanges).catch("24h"),
  groupBy: z.enum(groupings).catch("outcome"),
  tokenId: z.uuid().optional().catch(undefined),
  // An empty choice of the form is no endpoint 0.
  endpointId: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  compare: z.literal("1").optional().catch(undefined),
});

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function UsagePage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const { range, groupBy, tokenId, endpointId, compare } = query.parse(await searchParams);
  const input = {
    range,
    groupBy,
    ...(tokenId ? { tokenId } : {}),
    ...(endpointId === undefined ? {} : { endpointId }),
  };
  const isCompared = compare !== undefined && range !== "live";
  const [series, tokens, limits, history] = await Promise.all([
    getUsageSeries(ctx, { ...input, compare: isCompared }),
    listTokenNames(ctx, {}),
    getRatePressure(ctx, {}),
    getLimitHistory(ctx, { range, ...(endpointId ? { endpointId } : {}) }),
  ]);
  const endpoint = limits.find((one) => one.id === endpointId);
  const shown = { ...input, ...(compare ? { compare } : {}) };
  const address = (change: Partial<Record<keyof typeof shown, string>>, path = "usage") =>
    `/a/${account}/${path}?${new URLSearchParams(
      Object.entries({ ...shown, ...change }).map(([key, value]): [string, string] => [key, String(value)]),
    )}`;
  const hrefOf = (key: string) => {
    if (groupBy === "token") return address({ tokenId: key, groupBy: "outcome" });
    if (groupBy === "endpoint") return address({ endpointId: key, groupBy: "outcome" });
    return null;
  };
  return (
    <OwnerMain page="Usage">
      <RefreshOnUse seconds={range === "live" ? 2 : 10} />
      <PageHeader
        title="Usage"
        lead="Every gate decision about your tokens, within a second or two."
        actions={
          <>
            <SegmentedLinks
              label="Range"
              items={usageRanges.map((one) => ({
                href: address({ range: one }),
                label: words.usageRanges[one],
                active: one === range,
              }))}
            />
            {/* A file and not a page: the router must not try to open it. */}
            <a href={address({}, "usage/csv")} download className={buttonClass()}>
              <Download aria-hidden />
              CSV
            </a>
          </>
        }
      />
      <UsageFilter
        range={range}
        groupBy={groupBy}
        tokenId={tokenId ?? ""}
        endpointId={endpointId === undefined ? "" : String(endpointId)}
        tokens={tokens.map(({ id, name }) => ({ value: id, label: name }))}
        endpoints={limits.map((one) => ({ value: String(one.id), label: words.route(one) }))}
        compare={isCompared}
        mayCompare={range !== "live"}
        clearHref={`/a/${account}/usage?range=${range}`}
      />
      <UsageChart
        series={series}
        title={endpoint ? `Requests to ${words.route(endpoint)}` : "Requests"}
        limits={limitsOn(series.stepSeconds, history, { isOfToken: tokenId !== undefined })}
      />
      <UsageTable series={series} hrefOf={hrefOf} />
    </OwnerMain>
  );
}
