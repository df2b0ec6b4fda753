import { z } from "zod";
import { listAccounts } from "../../accounts/list-accounts.ts";
import { openAccount } from "../../accounts/open-account.ts";
import { addNote } from "../../cases/add-note.ts";
import { claimCase } from "../../cases/claim-case.ts";
import { closeCase } from "../../cases/close-case.ts";
import { dismissFlag } from "../../cases/dismiss-flag.ts";
import { getCase } from "../../cases/get-case.ts";
import { listCases } from "../../cases/list-cases.ts";
import { listGates } from "../../gateways/list-gates.ts";
import { caseStates, standings } from "../../rules/vocabulary.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, flagShape, instant, uuid } from "../shapes.ts";

const casesTag = "Staff: cases";
const accountsTag = "Staff: accounts";

const exampleFlag = {
  id: exampleIds.flag,
  detector: "rate_excess",
  state: "in_case",
  severity: 33,
  summary: "86 % refused over 10 min",
  lastSeenAt: "2026-11-24T10:45:00.000Z",
  dismissReason: null,
};
const caseShape = z.object({
  id: uuid,
  state: z.enum(caseStates),
  outcome: z.string().nullable(),
  accountId: uuid,
  accountName: z.string(),
  assigneeUserId: uuid.nullable(),
  assigneeName: z.string().nullable(),
  openedAt: instant,
  closedAt: instant.nullable(),
  standing: z.enum(standings),
});
const exampleCase = {
  id: exampleIds.case,
  state: "new",
  outcome: null,
  accountId: exampleIds.account,
  accountName: "Northwind Mail",
  assigneeUserId: null,
  assigneeName: null,
  openedAt: "2026-11-24T10:40:00.000Z",
  closedAt: null,
  standing: "good",
};
const pageSize = 50;

export const staffOperations = [
  operation({
    id: "staff.accounts.list",
    method: "GET",
    path: "/staff/accounts",
    tag: accountsTag,
    summary: "Find accounts",
    useCase: listAccounts,
    output: z.object({
      id: uuid,
      externalId: z.string().nullable(),
      name: z.string(),
      slug: z.string(),
      planName: z.string(),
      standing: z.enum(standings),
      requestsToday: count,
      refusedToday: count,
      createdAt: instant,
      closedAt: instant.nullable(),
    }),
    list: {
      items: (result) => result.accounts,
      page: {
        // The use case has pages of a fixed size; `limit` is not its.
        input: (_limit, cursor) => ({ page: cursor ?? "1" }),
        next: ({ total, page }) => (page * pageSize < total ? String(page + 1) : null),
      },
    },
    example: {
      output: {
        id: exampleIds.account,
        externalId: "cus_4711",
        name: "Northwind Mail",
        slug: "northwind-mail",
        planName: "Starter",
        standing: "good",
        requestsToday: 30_888,
        refusedToday: 1_306,
        createdAt: "2025-08-22T09:00:00.000Z",
        closedAt: null,
      },
    },
  }),
  operation({
    id: "staff.accounts.open",
    method: "POST",
    path: "/staff/accounts",
    tag: accountsTag,
    summary: "Open an account",
    description:
      "The owner is invited by mail: `sentTo` says where. Without a mail server `secret` is the one-time secret of their link `/invite/{secret}`, for you to hand over.",
    useCase: openAccount,
    status: 201,
    output: z.object({ accountId: uuid, secret: z.string().nullable(), sentTo: z.string().nullable() }),
    example: {
      input: { name: "Northwind Mail", plan: "Starter", email: "mara@example.com" },
      output: { accountId: exampleIds.account, secret: null, sentTo: "mia@example.com" },
    },
  }),
  operation({
    id: "staff.cases.list",
    method: "GET",
    path: "/staff/cases",
    tag: casesTag,
    summary: "Cases, most urgent first",
    useCase: listCases,
    output: caseShape,
    list: {
      items: ({ cases }) => cases,
      page: {
        input: (limit, cursor) => (cursor === null ? { limit } : { limit, offset: cursor }),
        next: ({ next }) => (next === null ? null : String(next)),
      },
    },
    example: { output: exampleCase },
  }),
  operation({
    id: "staff.cases.get",
    method: "GET",
    path: "/staff/cases/{caseId}",
    tag: casesTag,
    summary: "A case with its flags and timeline",
    useCase: getCase,
    version: (found) => found.version,
    output: caseShape.extend({
      version: count,
      flags: z.array(flagShape),
      timeline: z.array(
        z.object({
          at: instant,
          type: z.string(),
          actorName: z.string(),
          data: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    example: { output: { ...exampleCase, version: 1, flags: [exampleFlag], timeline: [] } },
  }),
  operation({
    id: "staff.cases.claim",
    method: "POST",
    path: "/staff/cases/{caseId}/claim",
    tag: casesTag,
    summary: "Claim a case",
    useCase: claimCase,
    status: 204,
    output: null,
    example: { input: { version: 1 }, output: null },
  }),
  operation({
    id: "staff.cases.note",
    method: "POST",
    path: "/staff/cases/{caseId}/notes",
    tag: casesTag,
    summary: "Add a note",
    useCase: addNote,
    status: 204,
    output: null,
    example: { input: { text: "Asked the owner by phone." }, output: null },
  }),
  operation({
    id: "staff.cases.close",
    method: "POST",
    path: "/staff/cases/{caseId}/close",
    tag: casesTag,
    summary: "Close a case",
    useCase: closeCase,
    status: 204,
    output: null,
    example: { input: { version: 2, outcome: "no_abuse" }, output: null },
  }),
  operation({
    id: "staff.flags.dismiss",
    method: "POST",
    path: "/staff/flags/{flagId}/dismiss",
    tag: casesTag,
    summary: "Dismiss a flag",
    useCase: dismissFlag,
    status: 204,
    output: null,
    example: { input: { reason: "expected_load" }, output: null },
  }),
  operation({
    id: "staff.gates.list",
    method: "GET",
    path: "/staff/gates",
    tag: "Staff: gates",
    summary: "Gates and whether they are live",
    useCase: listGates,
    output: z.object({
      id: z.string(),
      isLive: z.boolean(),
      startedAt: instant,
      lastSeenAt: instant,
      stoppedAt: instant.nullable(),
      decisions: count,
      journalLagBytes: count,
      uncountedSince: instant
        .nullable()
        .describe("Since when the oldest decision waits to be counted although the database answers."),
      isImportStalled: z
        .boolean()
        .describe("It waits too long: quotas, charts and detectors miss decisions of this gate."),
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        id: "gate-1",
        isLive: true,
        startedAt: "2026-11-24T08:00:00.000Z",
        lastSeenAt: "2026-11-24T10:45:00.000Z",
        stoppedAt: null,
        decisions: 1_200_345,
        journalLagBytes: 0,
        uncountedSince: null,
        isImportStalled: false,
      },
    },
  }),
];
