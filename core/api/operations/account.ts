import { z } from "zod";
import { getAccount } from "../../accounts/get-account.ts";
import { listAudit } from "../../audit/list-audit.ts";
import { getStanding } from "../../enforcement/get-standing.ts";
import { acknowledgeNotice } from "../../notices/acknowledge-notice.ts";
import { listNotices } from "../../notices/list-notices.ts";
import { getProvider } from "../../provider/get-provider.ts";
import { standings } from "../../rules/vocabulary.ts";
import { operation } from "../operation.ts";
import {
  accountExample,
  accountShape,
  auditShape,
  count,
  endpointExample,
  endpointShape,
  exampleIds,
  instant,
  uuid,
} from "../shapes.ts";

const accountTag = "Account";
const standingTag = "Standing";

const actionShape = z.object({
  id: uuid,
  type: z.string(),
  state: z.string(),
  isInForce: z.boolean(),
  surface: z.string().nullable(),
  appliedAt: instant.nullable(),
  endsAt: instant.nullable(),
  endedAt: instant.nullable(),
  billingConsequence: z.string(),
  statement: z
    .object({
      reasonCode: z.string(),
      reasonTitle: z.string(),
      publicText: z.string(),
      clause: z.object({ number: z.string(), title: z.string(), text: z.string() }).nullable(),
    })
    .nullable()
    .describe("Null while the provider has not given notice yet."),
});

export const accountOperations = [
  operation({
    id: "account.get",
    method: "GET",
    path: "/account",
    tag: accountTag,
    summary: "The account",
    useCase: getAccount,
    output: accountShape,
    example: { output: accountExample },
  }),
  operation({
    id: "provider.get",
    method: "GET",
    path: "/provider",
    tag: accountTag,
    summary: "Plans, endpoints and scopes of the API",
    useCase: getProvider,
    output: z.object({
      plans: z.array(z.object({ name: z.string(), quotaPerDay: count.nullable() })),
      endpoints: z.array(endpointShape),
      scopes: z.array(z.object({ name: z.string(), area: z.string(), description: z.string() })),
    }),
    example: {
      output: {
        plans: [{ name: "Starter", quotaPerDay: 100_000 }],
        endpoints: [endpointExample],
        scopes: [{ name: "email:send", area: "E-mail", description: "Send single and bulk e-mail" }],
      },
    },
  }),
  operation({
    id: "audit.list",
    method: "GET",
    path: "/audit",
    tag: accountTag,
    summary: "Audit log",
    description: "Newest first. Staff keys see every account, or the one they name.",
    useCase: listAudit,
    output: auditShape,
    list: {
      items: (result) => result.events,
      page: {
        input: (limit, cursor) => (cursor === null ? { limit } : { limit, beforeId: cursor }),
        next: ({ nextBeforeId }) => (nextBeforeId === null ? null : String(nextBeforeId)),
      },
    },
    example: {
      output: {
        id: 4_211,
        at: "2026-11-24T10:15:02.118Z",
        accountId: exampleIds.account,
        actorKind: "member",
        actorName: "Mara Vance",
        ip: "203.0.113.7",
        action: "token.create",
        subjectKind: "token",
        subjectId: exampleIds.token,
        subjectName: "billing-cron",
        data: { name: "billing-cron" },
        requestId: "7f8c1b0e-1c5d-4a53-8e55-2b8f1f0f6a10",
      },
    },
  }),
  operation({
    id: "standing.get",
    method: "GET",
    path: "/standing",
    tag: standingTag,
    summary: "Get the standing and its reasons",
    useCase: getStanding,
    output: z.object({ standing: z.enum(standings), actions: z.array(actionShape) }),
    example: {
      output: {
        standing: "suspended",
        actions: [
          {
            id: exampleIds.action,
            type: "suspension",
            state: "active",
            isInForce: true,
            surface: null,
            appliedAt: "2026-11-24T10:20:00.000Z",
            endsAt: "2026-11-25T10:20:00.000Z",
            endedAt: null,
            billingConsequence: "The subscription goes on.",
            statement: {
              reasonCode: "rate_excess",
              reasonTitle: "Over the rate limit",
              publicText: "Your client kept calling after 429.",
              clause: { number: "3.2", title: "Limits", text: "Stay within the published limits." },
            },
          },
        ],
      },
    },
  }),
  operation({
    id: "notices.list",
    method: "GET",
    path: "/notices",
    tag: standingTag,
    summary: "Notices to the account",
    useCase: listNotices,
    output: z.object({
      id: uuid,
      actionId: uuid.nullable(),
      kind: z.string(),
      subject: z.string(),
      body: z.string(),
      createdAt: instant,
      acknowledgedAt: instant.nullable(),
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: exampleIds.flag,
        actionId: exampleIds.action,
        kind: "action.applied",
        subject: "A suspension of your account is in force until 25 Nov 2026, 10:20 UTC",
        body: "Your client kept calling after 429.",
        createdAt: "2026-11-24T10:20:00.000Z",
        acknowledgedAt: null,
      },
    },
  }),
  operation({
    id: "notices.acknowledge",
    method: "POST",
    path: "/notices/{noticeId}/acknowledge",
    tag: standingTag,
    summary: "Acknowledge a notice",
    useCase: acknowledgeNotice,
    isForSuspended: true,
    status: 204,
    output: null,
    example: { output: null },
  }),
];
