import { z } from "zod";
import { findingKinds } from "../../rules/diagnosis/finding.ts";
import { limitKindNames } from "../../rules/limits/catalogue.ts";
import { getDiagnosis } from "../../usage/get-diagnosis.ts";
import { getQuota } from "../../usage/get-quota.ts";
import { getRatePressure } from "../../usage/get-rate-pressure.ts";
import { getReceipt } from "../../usage/get-receipt.ts";
import { getUsageSeries } from "../../usage/get-usage-series.ts";
import { listRefusals } from "../../usage/list-refusals.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, refusalShape, uuid } from "../shapes.ts";

const tag = "Usage";
const limiterShape = z.object({
  name: z.string(),
  kind: z.enum(limitKindNames),
  limit: z.number(),
  used: z.number().describe("In that second."),
  windowSeconds: count,
});
const refusalExample = {
  receipt: "r_01JDEXAMPLE",
  at: "2026-11-24T10:15:02.118Z",
  tokenId: exampleIds.token,
  tokenName: "billing-cron",
  endpointName: "email.send",
  surface: "http",
  code: "rate_limited",
  method: "POST",
  path: "/v1/email",
  ip: "203.0.113.9",
  retryAfterSeconds: 21,
  missingScope: null,
};

export const usageOperations = [
  operation({
    id: "usage.get",
    method: "GET",
    path: "/usage",
    tag,
    summary: "Requests over time",
    description:
      "Grouped by outcome, code, token, endpoint or surface. With `Accept: text/csv` one row per time and group.",
    useCase: getUsageSeries,
    output: z.object({
      range: z.string(),
      stepSeconds: count,
      groupBy: z.string(),
      keys: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          requests: count,
          requestsBefore: count.nullable().describe("In the preceding period, with `compare`; otherwise null."),
        }),
      ),
      points: z.array(z.object({ at: instant, values: z.record(z.string(), count) })),
      before: z
        .array(count)
        .nullable()
        .describe("Requests per step of the preceding period, with `compare`; otherwise null."),
    }),
    body: ({ points, ...rest }) => ({
      ...rest,
      points: points.map(({ atMs, values }) => ({ at: new Date(atMs), values })),
    }),
    csv: ({ keys, points }) => [
      ["at", "key", "label", "requests"],
      ...points.flatMap(({ atMs, values }) =>
        keys.map(({ key, label }) => [new Date(atMs).toISOString(), key, label, values[key] ?? 0]),
      ),
    ],
    example: {
      output: {
        range: "24h",
        stepSeconds: 3600,
        groupBy: "outcome",
        keys: [{ key: "allowed", label: "allowed", requests: 4_821, requestsBefore: null }],
        points: [{ at: "2026-11-24T09:00:00.000Z", values: { allowed: 4_821 } }],
        before: null,
      },
    },
  }),
  operation({
    id: "usage.quota",
    method: "GET",
    path: "/quota",
    tag,
    summary: "The daily quota",
    description: "Does not count as a call. `limit` null = unlimited.",
    useCase: getQuota,
    isFree: true,
    output: z.object({
      plan: z.string(),
      limit: count.nullable(),
      used: count,
      remaining: count.nullable(),
      resetAt: instant,
      spentLastHour: count,
      runsOutAt: instant.nullable().describe("The earlier of two estimates; null = it lasts until the reset."),
    }),
    body: ({ plan, limit, used, remaining, resetAtMs, spentLastHour, forecast }) => ({
      plan,
      limit,
      used,
      remaining,
      resetAt: new Date(resetAtMs),
      spentLastHour,
      runsOutAt: forecast.kind === "runs_out" ? new Date(forecast.fromMs) : null,
    }),
    example: {
      output: {
        plan: "Starter",
        limit: 100_000,
        used: 30_888,
        remaining: 69_112,
        resetAt: "2026-11-25T00:00:00.000Z",
        spentLastHour: 4_948,
        runsOutAt: null,
      },
    },
  }),
  operation({
    id: "usage.limits",
    method: "GET",
    path: "/limits",
    tag,
    summary: "List rate limits and how close they are",
    useCase: getRatePressure,
    output: z.object({
      endpoint: z.string(),
      method: z.string(),
      path: z.string(),
      limit: count.nullable(),
      windowSeconds: count,
      allowedNow: count,
      refusedNow: count,
    }),
    list: {
      items: (rows) => rows.map((row) => ({ ...row, endpoint: row.name })),
      key: (row: { id: number }) => String(row.id),
    },
    example: {
      output: {
        endpoint: "email.send",
        method: "POST",
        path: "/v1/email",
        limit: 120,
        windowSeconds: 60,
        allowedNow: 97,
        refusedNow: 0,
      },
    },
  }),
  operation({
    id: "usage.diagnosis",
    method: "GET",
    path: "/diagnosis",
    tag,
    summary: "List what your clients do wrong",
    description:
      "For the last 24 hours, most costly first: where, the numbers, and the one thing to change. Empty when there is nothing to change.",
    useCase: getDiagnosis,
    output: z.object({
      kind: z.enum(findingKinds),
      title: z.string(),
      tokenId: uuid.nullable(),
      tokenName: z.string().nullable(),
      endpoint: z.string().nullable(),
      method: z.string().nullable(),
      path: z.string().nullable(),
      from: instant.describe("Since when, as far as the 24 hours go back."),
      lastAt: instant,
      isOver: z.boolean().describe("Not seen for half an hour, or for two and a half of its periods."),
      requests: count.describe("Requests it is about."),
      refused: count.describe("Refused requests among them."),
      evidence: z.string(),
      instruction: z.string(),
    }),
    list: {
      items: (findings) =>
        findings.map(({ endpoint, endpointId, fromMs, toMs, ...one }) => ({
          ...one,
          endpoint: endpoint?.name ?? null,
          method: endpoint?.method ?? null,
          path: endpoint?.path ?? null,
          from: new Date(fromMs),
          lastAt: new Date(toMs),
        })),
      key: (one: { kind: string; tokenId: string | null; endpoint: string | null; evidence: string }) =>
        `${one.kind} ${one.tokenId} ${one.endpoint} ${one.evidence}`,
    },
    example: {
      output: {
        kind: "retries_without_waiting",
        title: "Retries without waiting",
        tokenId: exampleIds.token,
        tokenName: "billing-cron",
        endpoint: "email.send",
        method: "POST",
        path: "/v1/email",
        from: "2026-11-24T10:05:02.000Z",
        lastAt: "2026-11-24T10:15:02.000Z",
        isOver: false,
        requests: 412,
        refused: 598,
        evidence: "412 of 598 refused requests in ten minutes were sent before Retry-After had passed.",
        instruction: "After a 429, send nothing until the time in Retry-After has passed.",
      },
    },
  }),
  operation({
    id: "usage.refusals",
    method: "GET",
    path: "/refusals",
    tag,
    summary: "Refused requests",
    description: "The last 30 days, newest first.",
    useCase: listRefusals,
    output: refusalShape,
    list: {
      items: (result) => result.refusals,
      page: {
        input: (limit, cursor) => {
          const [at = "", receipt = ""] = cursor?.split(" ") ?? [];
          return cursor === null ? { limit } : { limit, before: { at, receipt } };
        },
        next: ({ next }) => (next === null ? null : `${next.at.toISOString()} ${next.receipt}`),
      },
    },
    example: { output: refusalExample },
  }),
  operation({
    id: "usage.receipt",
    method: "GET",
    path: "/receipts/{receipt}",
    tag,
    summary: "Explain why a request was refused",
    description: "Returns the limit that refused it, the count in that second, and what used the limit up.",
    useCase: getReceipt,
    output: refusalShape.extend({
      hasDetails: z
        .boolean()
        .describe("False for most refusals of a busy minute: of these time, token, endpoint and code are kept."),
      limiter: limiterShape.nullable(),
      budget: z
        .object({
          used: count,
          users: z.array(
            z.object({
              tokenId: uuid,
              tokenName: z.string().nullable(),
              endpointName: z.string().nullable(),
              used: count,
            }),
          ),
        })
        .nullable()
        .describe("What used the limit up, largest first; null where no limit refused it."),
    }),
    example: {
      output: {
        ...refusalExample,
        hasDetails: true,
        limiter: { name: "endpoint-rate", kind: "rate", limit: 120, used: 120, windowSeconds: 60 },
        budget: {
          used: 120,
          users: [{ tokenId: exampleIds.token, tokenName: "billing-cron", endpointName: "email.send", used: 118 }],
        },
      },
    },
  }),
];
