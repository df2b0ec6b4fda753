import { z } from "zod";
import { approveAction } from "../../enforcement/approve-action.ts";
import { cancelAction } from "../../enforcement/cancel-action.ts";
import { evidenceSchema } from "../../enforcement/evidence.ts";
import { getEvidence } from "../../enforcement/get-evidence.ts";
import { imposeAction } from "../../enforcement/impose-action.ts";
import { liftAction } from "../../enforcement/lift-action.ts";
import { listActions } from "../../enforcement/list-actions.ts";
import { byOffset } from "../by-offset.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: actions";

export const actionOperations = [
  operation({
    id: "staff.actions.list",
    method: "GET",
    path: "/staff/actions",
    tag,
    summary: "Actions, newest first",
    useCase: listActions,
    output: z.object({
      id: uuid,
      accountId: uuid,
      accountName: z.string(),
      caseId: uuid.nullable(),
      type: z.string(),
      state: z.string(),
      surface: z.string().nullable(),
      reasonCode: z.string(),
      publicText: z.string(),
      internalNote: z.string(),
      evidenceHash: z.string(),
      authorName: z.string(),
      approverName: z.string().nullable(),
      createdAt: instant,
      appliedAt: instant.nullable(),
      confirmedAt: instant.nullable(),
      endsAt: instant.nullable(),
      endedAt: instant.nullable(),
    }),
    list: { items: (rows) => rows, page: byOffset },
    example: {
      output: {
        id: exampleIds.action,
        accountId: exampleIds.account,
        accountName: "Northwind Mail",
        caseId: exampleIds.case,
        type: "suspension",
        state: "active",
        surface: null,
        reasonCode: "rate_excess",
        publicText: "Your client kept calling after 429.",
        internalNote: "Third time this month.",
        evidenceHash: "9b1c…",
        authorName: "Mia Olsen (key nightly)",
        approverName: null,
        createdAt: "2026-11-24T10:20:00.000Z",
        appliedAt: "2026-11-24T10:20:00.000Z",
        confirmedAt: "2026-11-24T10:20:00.017Z",
        endsAt: "2026-11-25T10:20:00.000Z",
        endedAt: null,
      },
    },
  }),
  operation({
    id: "staff.actions.evidence",
    method: "GET",
    path: "/staff/actions/{actionId}/evidence",
    tag,
    summary: "What an action rests on, as it was sealed",
    description:
      "The flags, counts by minute and limits at the time of the decision: the same numbers that the account reads. `isIntact` is false when they were changed afterwards.",
    useCase: getEvidence,
    output: z.object({
      id: uuid,
      accountId: uuid,
      isIntact: z.boolean(),
      evidenceHash: z.string(),
      evidence: evidenceSchema.nullable(),
    }),
    example: {
      output: {
        id: exampleIds.action,
        accountId: exampleIds.account,
        isIntact: true,
        evidenceHash: "9b1c…",
        evidence: {
          takenAt: "2026-11-24T10:20:00.000Z",
          windowMinutes: 60,
          windowEndsAt: "2026-11-24T10:21:00.000Z",
          totals: { allowed: 118, refused: 463 },
          tokens: [{ tokenId: exampleIds.token, name: "billing-cron", allowed: 118, refused: 463 }],
          codes: { allowed: 118, rate_limited: 463 },
          minutes: [{ at: "2026-11-24T10:15:00.000Z", allowed: 118, refused: 463 }],
          flags: [
            {
              detector: "rate_excess",
              detectorVersion: 1,
              severity: 2,
              summary: "80% refused over 10 min, 80% over 60 min: 463 of 581 requests",
              evidence: { refused60Minutes: 463, requests60Minutes: 581 },
              firstSeenAt: "2026-11-24T10:15:04.000Z",
              lastSeenAt: "2026-11-24T10:15:41.000Z",
            },
          ],
          limits: { plan: "Starter", quotaPerDay: 10_000, endpoints: [] },
          policy: { title: "API use policy", number: 3 },
        },
      },
    },
  }),
  operation({
    id: "staff.actions.impose",
    method: "POST",
    path: "/staff/actions",
    tag,
    summary: "Impose an action",
    description:
      "A personal key imposes what its owner's role may; what that may not impose alone is proposed and waits for a second person. An automation key gives notices, and throttles or pauses a token for at most 24 hours.",
    useCase: imposeAction,
    status: 201,
    output: z.object({ actionId: uuid, state: z.string(), why: z.string().nullable() }),
    example: {
      input: {
        type: "suspension",
        accountId: exampleIds.account,
        caseId: exampleIds.case,
        durationHours: 24,
        reasonCode: "rate_excess",
        publicText: "Your client kept calling after 429. Respect Retry-After, then write to us.",
        internalNote: "Third time this month.",
      },
      output: { actionId: exampleIds.action, state: "applying", why: null },
    },
  }),
  operation({
    id: "staff.actions.approve",
    method: "POST",
    path: "/staff/actions/{actionId}/approve",
    tag,
    summary: "Approve a proposed action",
    description: "You cannot approve your own: a key acts as its owner. Not for automation keys.",
    useCase: approveAction,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "staff.actions.cancel",
    method: "POST",
    path: "/staff/actions/{actionId}/cancel",
    tag,
    summary: "Cancel an action that is not in force yet",
    useCase: cancelAction,
    status: 204,
    output: null,
    example: { input: { reason: "Proposed by mistake." }, output: null },
  }),
  operation({
    id: "staff.actions.lift",
    method: "POST",
    path: "/staff/actions/{actionId}/lift",
    tag,
    summary: "Lift an action",
    useCase: liftAction,
    status: 204,
    output: null,
    example: { input: { reason: "The client was fixed." }, output: null },
  }),
];
