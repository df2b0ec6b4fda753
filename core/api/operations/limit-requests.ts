import { z } from "zod";
import { askForLimit } from "../../limit-requests/ask-for-limit.ts";
import { declineLimitRequest } from "../../limit-requests/decline-request.ts";
import { grantLimitRequest } from "../../limit-requests/grant-request.ts";
import { listAllLimitRequests, listLimitRequests } from "../../limit-requests/list-requests.ts";
import { withdrawLimitRequest } from "../../limit-requests/withdraw-request.ts";
import { overrideKinds, standings } from "../../rules/vocabulary.ts";
import { limitRequestStates } from "../../rules/vocabulary-intake.ts";
import { byOffset } from "../by-offset.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const requestShape = z.object({
  id: uuid,
  kind: z.enum(overrideKinds),
  endpointId: count.nullable().describe("Null for the quota."),
  endpointName: z.string().nullable(),
  windowSeconds: count.nullable(),
  value: count.describe("Requests per UTC day (quota) or per the endpoint's window."),
  valueBefore: count.describe("What held when it was asked for."),
  startsAt: instant,
  endsAt: instant.nullable().describe("Null = no end was wished."),
  reason: z.string(),
  state: z.enum(limitRequestStates),
  createdAt: instant,
  answer: z.string().nullable(),
  decidedAt: instant.nullable(),
  grantedValue: count.nullable(),
  grantedUntil: instant.nullable(),
});

const asked = {
  kind: "rate_limit",
  endpointId: 1,
  value: 300,
  startsAt: "2026-11-29T02:00:00.000Z",
  endsAt: "2026-11-29T06:00:00.000Z",
  reason: "Import of last year's invoices, 40,000 calls.",
};
const requestExample = {
  ...{ id: exampleIds.flag, ...asked, endpointName: "email.send", windowSeconds: 60, valueBefore: 120, state: "open" },
  ...{ createdAt: "2026-11-24T10:00:00.000Z", answer: null, decidedAt: null, grantedValue: null, grantedUntil: null },
};

const needShape = z.object({
  plan: z.string(),
  peak: z.object({ at: instant, requests: count }).nullable(),
  refused30Days: count,
  refusingDays: count.describe("UTC days of the last 30 on which it refused anything."),
  usedToday: count,
  forecast: z.object({ kind: z.string() }).describe("As `GET /quota` has it."),
  standing: z.enum(standings),
  openCaseId: uuid.nullable(),
});

const staffTag = "Staff: limits";

/** Owners ask for more, and staff answer. */
export const limitRequestOperations = [
  operation({
    id: "limits.requests",
    method: "GET",
    path: "/limit-requests",
    tag: "Usage",
    summary: "Larger limits that were asked for, and the answers",
    useCase: listLimitRequests,
    output: requestShape,
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: { output: requestExample },
  }),
  operation({
    id: "limits.ask",
    method: "POST",
    path: "/limit-requests",
    tag: "Usage",
    summary: "Ask for a larger quota or rate limit, or for a window with more",
    description:
      "`quota` for the daily quota, `rate_limit` with `endpointId` for an endpoint. With `startsAt` and `endsAt` it is a window of up to 31 days; granted up to 72 hours, it is an announced load too. One open request per limit, ten in 24 hours. Nothing changes until the provider grants it.",
    useCase: askForLimit,
    status: 201,
    output: z.object({ requestId: uuid }),
    example: { input: asked, output: { requestId: exampleIds.flag } },
  }),
  operation({
    id: "limits.withdraw",
    method: "DELETE",
    path: "/limit-requests/{requestId}",
    tag: "Usage",
    summary: "Withdraw a request that is not answered yet",
    useCase: withdrawLimitRequest,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.limitRequests.list",
    method: "GET",
    path: "/staff/limit-requests",
    tag: staffTag,
    summary: "Larger limits that accounts asked for, oldest first, with what speaks for and against",
    useCase: listAllLimitRequests,
    output: requestShape.extend({ accountId: uuid, accountName: z.string(), need: needShape.nullable() }),
    list: { items: (rows) => rows, page: byOffset },
    example: {
      output: {
        ...{ ...requestExample, accountId: exampleIds.account, accountName: "Northwind" },
        need: {
          plan: "Starter",
          peak: { at: "2026-11-23T08:00:00.000Z", requests: 140 },
          ...{ refused30Days: 1_204, refusingDays: 9, usedToday: 6_120, forecast: { kind: "lasts" } },
          ...{ standing: "good", openCaseId: null },
        },
      },
    },
  }),
  operation({
    id: "staff.limitRequests.grant",
    method: "POST",
    path: "/staff/limit-requests/{requestId}/grant",
    tag: staffTag,
    summary: "Grant a larger limit by a dated exception",
    description:
      "As asked, unless `value` or `endsAt` say otherwise; without any end for `days` (90). From the next request on. The account is mailed, and told again before it ends.",
    useCase: grantLimitRequest,
    output: z.object({ overrideId: uuid, loadId: uuid.nullable(), value: count, startsAt: instant, endsAt: instant }),
    example: {
      input: { days: 90 },
      output: {
        ...{ overrideId: exampleIds.flag, loadId: null, value: 300 },
        ...{ startsAt: "2026-11-29T02:00:00.000Z", endsAt: "2026-11-29T06:00:00.000Z" },
      },
    },
  }),
  operation({
    id: "staff.limitRequests.decline",
    method: "POST",
    path: "/staff/limit-requests/{requestId}/decline",
    tag: staffTag,
    summary: "Decline a larger limit, with words for the owner",
    useCase: declineLimitRequest,
    status: 204,
    output: null,
    example: { input: { answer: "Please send in bulk first: it needs fewer requests." }, output: null },
  }),
];
