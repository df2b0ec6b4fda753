import { z } from "zod";
import { listAppeals } from "../../appeals/list-appeals.ts";
import { submitAppeal } from "../../appeals/submit-appeal.ts";
import { withdrawAppeal } from "../../appeals/withdraw-appeal.ts";
import { writeAppealMessage } from "../../appeals/write-message.ts";
import { announceLoad, cancelLoad, listLoads } from "../../detection/announce-load.ts";
import { reportFix } from "../../detection/report-fix.ts";
import { byOffset } from "../by-offset.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Standing";
const load = {
  startsAt: "2026-11-27T08:00:00.000Z",
  endsAt: "2026-11-27T20:00:00.000Z",
  reason: "Yearly sale.",
};

export const appealOperations = [
  operation({
    id: "appeals.list",
    method: "GET",
    path: "/appeals",
    tag,
    summary: "Appeals",
    description: "The account's own; all of them with a staff key. `open` = not decided yet.",
    useCase: listAppeals,
    output: z.object({
      id: uuid,
      accountId: uuid,
      actionId: uuid,
      actionType: z.string(),
      state: z.string(),
      cause: z.string(),
      changed: z.string(),
      prevention: z.string(),
      createdAt: instant,
      dueAt: instant.describe("Answer due by this time."),
      decidedAt: instant.nullable(),
      decisionText: z.string().nullable(),
    }),
    list: { items: (rows) => rows, page: byOffset },
    example: {
      output: {
        id: exampleIds.flag,
        accountId: exampleIds.account,
        actionId: exampleIds.action,
        actionType: "suspension",
        state: "submitted",
        cause: "A cron job without back-off.",
        changed: "It waits as long as Retry-After says.",
        prevention: "The client library does it for all jobs now.",
        createdAt: "2026-11-24T11:00:00.000Z",
        dueAt: "2026-11-27T11:00:00.000Z",
        decidedAt: null,
        decisionText: null,
      },
    },
  }),
  operation({
    id: "appeals.submit",
    method: "POST",
    path: "/appeals",
    tag,
    summary: "Appeal against an action",
    useCase: submitAppeal,
    isForSuspended: true,
    status: 201,
    output: z.object({ appealId: uuid }),
    example: {
      input: {
        actionId: exampleIds.action,
        cause: "A cron job without back-off called on after 429.",
        changed: "It waits as long as Retry-After says.",
        prevention: "The client library does it for all jobs now.",
      },
      output: { appealId: exampleIds.flag },
    },
  }),
  operation({
    id: "appeals.write",
    method: "POST",
    path: "/appeals/{appealId}/messages",
    tag,
    summary: "Add a message to an appeal",
    useCase: writeAppealMessage,
    isForSuspended: true,
    status: 204,
    output: null,
    example: { input: { text: "The new version is out since this morning." }, output: null },
  }),
  operation({
    id: "appeals.withdraw",
    method: "POST",
    path: "/appeals/{appealId}/withdraw",
    tag,
    summary: "Withdraw an appeal",
    useCase: withdrawAppeal,
    isForSuspended: true,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "standing.selfCure",
    method: "POST",
    path: "/self-cure",
    tag,
    summary: "Report that the cause is fixed",
    description:
      "Detectors start counting from now, at most once a day. It lifts nothing; staff read what you changed.",
    useCase: reportFix,
    isForSuspended: true,
    status: 204,
    output: null,
    example: { input: { text: "The client waits as long as Retry-After says." }, output: null },
  }),
  operation({
    id: "loads.list",
    method: "GET",
    path: "/announced-loads",
    tag,
    summary: "Announced loads",
    useCase: listLoads,
    output: z.object({ id: uuid, startsAt: instant, endsAt: instant, reason: z.string() }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: { output: { id: exampleIds.flag, ...load } },
  }),
  operation({
    id: "loads.announce",
    method: "POST",
    path: "/announced-loads",
    tag,
    summary: "Announce a load",
    description: "Keeps planned traffic from being flagged as abuse. Limits stay the same; at most 72 hours.",
    useCase: announceLoad,
    status: 201,
    output: z.object({ loadId: uuid }),
    example: { input: load, output: { loadId: exampleIds.flag } },
  }),
  operation({
    id: "loads.cancel",
    method: "DELETE",
    path: "/announced-loads/{loadId}",
    tag,
    summary: "Cancel an announced load",
    useCase: cancelLoad,
    status: 204,
    output: null,
    example: { output: null },
  }),
];
