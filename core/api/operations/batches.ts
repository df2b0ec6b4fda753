import { z } from "zod";
import { approveBatch } from "../../enforcement/approve-batch.ts";
import { getBatch } from "../../enforcement/get-batch.ts";
import { imposeBatch } from "../../enforcement/impose-batch.ts";
import { previewBatch } from "../../enforcement/preview-batch.ts";
import { undoBatch } from "../../enforcement/undo-batch.ts";
import { operation } from "../operation.ts";
import { exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: actions";
const batchId = "b7c1d9e4-3f2a-4c68-9b5d-0e8f1a2c3d99";

const leftOut = z.array(z.object({ accountId: uuid, name: z.string().nullable(), why: z.string() }));
const shielded = {
  accountId: exampleIds.user,
  name: "Shielded Ltd",
  why: "It is protected. Act on it separately, with a second person.",
};
const chosen = [exampleIds.account, exampleIds.user];

export const batchOperations = [
  operation({
    id: "staff.batches.preview",
    method: "POST",
    path: "/staff/batches/preview",
    tag,
    summary: "Preview an action on many accounts",
    description:
      "Changes nothing. Leaves out accounts that are protected, unknown, or under the same or a stricter action.",
    useCase: previewBatch,
    output: z.object({
      reached: z.array(z.object({ accountId: uuid, name: z.string(), caseId: uuid.nullable(), requests: z.number() })),
      leftOut,
      imposition: z.object({ may: z.string(), why: z.string().nullable() }),
    }),
    example: {
      input: { type: "suspension", durationHours: 24, accountIds: chosen },
      output: {
        reached: [{ accountId: exampleIds.account, name: "Northwind Mail", caseId: exampleIds.case, requests: 8_412 }],
        leftOut: [shielded],
        imposition: { may: "impose", why: null },
      },
    },
  }),
  operation({
    id: "staff.batches.impose",
    method: "POST",
    path: "/staff/batches",
    tag,
    summary: "Impose one action on many accounts",
    description: "At most 50 accounts. More than ten are proposed and wait for a second person.",
    useCase: imposeBatch,
    status: 201,
    output: z.object({
      batchId: uuid,
      done: z.array(z.object({ accountId: uuid, name: z.string(), actionId: uuid, state: z.string() })),
      leftOut,
      why: z.string().nullable(),
    }),
    example: {
      input: {
        type: "suspension",
        durationHours: 24,
        accountIds: chosen,
        reasonCode: "spam",
        publicText: "Mail from this account was reported as spam.",
        internalNote: "One campaign from many accounts.",
      },
      output: {
        batchId,
        done: [
          {
            accountId: exampleIds.account,
            name: "Northwind Mail",
            actionId: exampleIds.action,
            state: "applying",
          },
        ],
        leftOut: [shielded],
        why: null,
      },
    },
  }),
  operation({
    id: "staff.batches.get",
    method: "GET",
    path: "/staff/batches/{batchId}",
    tag,
    summary: "Get a batch and the state of each account",
    useCase: getBatch,
    output: z.object({
      id: uuid,
      type: z.string(),
      reasonCode: z.string(),
      authorName: z.string().nullable(),
      createdAt: instant,
      undoneAt: instant.nullable(),
      members: z.array(
        z.object({
          actionId: uuid,
          accountId: uuid,
          name: z.string(),
          state: z.string(),
          confirmedMs: z.number().nullable(),
          endReason: z.string().nullable(),
        }),
      ),
      leftOut,
    }),
    example: {
      output: {
        id: batchId,
        type: "suspension",
        reasonCode: "spam",
        authorName: "Mia Olsen",
        createdAt: "2026-11-24T10:20:00.000Z",
        undoneAt: null,
        members: [
          {
            actionId: exampleIds.action,
            accountId: exampleIds.account,
            name: "Northwind Mail",
            state: "active",
            confirmedMs: 17,
            endReason: null,
          },
        ],
        leftOut: [shielded],
      },
    },
  }),
  operation({
    id: "staff.batches.approve",
    method: "POST",
    path: "/staff/batches/{batchId}/approve",
    tag,
    summary: "Approve everything that waits in a batch",
    description: "You cannot approve your own: a key acts as its owner. Not for automation keys.",
    useCase: approveBatch,
    output: z.object({ approved: z.number() }),
    example: { output: { approved: 12 } },
  }),
  operation({
    id: "staff.batches.undo",
    method: "POST",
    path: "/staff/batches/{batchId}/undo",
    tag,
    summary: "Undo a whole batch",
    description:
      "If its author undoes it within 30 seconds, nothing of it stays and no mail is sent. Later, waiting actions are cancelled and actions in force are lifted.",
    useCase: undoBatch,
    output: z.object({ takenBack: z.number(), mailed: z.boolean() }),
    example: { input: { reason: "The campaign was not theirs." }, output: { takenBack: 12, mailed: true } },
  }),
];
