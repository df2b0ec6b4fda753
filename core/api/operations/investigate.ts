import { z } from "zod";
import { investigate } from "../../investigate/investigate.ts";
import { listInvestigations, removeInvestigation, saveInvestigation } from "../../investigate/investigation-views.ts";
import { listTopTraffic } from "../../investigate/list-top-traffic.ts";
import { openCaseOf } from "../../investigate/open-case-of.ts";
import { dimensions } from "../../investigate/read-traffic.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: investigate";
const window = z
  .object({ grain: z.enum(["minute", "hour", "day"]), from: instant, until: instant })
  .describe("What was counted: whole minutes, hours or UTC days. `until` is exclusive.");
const row = z.object({
  by: z.enum(dimensions),
  key: z.string().describe("Id, code, network or client; `beyond` = networks that are counted together."),
  name: z.string().nullable(),
  accountName: z.string().nullable(),
  requests: count,
  refused: count,
  accounts: count.describe("Different accounts; calls that named none are in no account."),
});
const rows = z.array(row);
const exampleRow = {
  ...{ by: "network" as const, key: "203.0.113.0/24", name: null, accountName: null },
  ...{ requests: 12_408, refused: 310, accounts: 5 },
};
const exampleWindow = { grain: "hour" as const, from: "2026-11-23T10:00:00.000Z", until: "2026-11-24T11:00:00.000Z" };

export const investigateOperations = [
  operation({
    ...{ id: "staff.investigate.show", method: "GET", path: "/staff/investigate", tag },
    summary: "Show what the gates have recorded",
    description:
      "Requests over time by decision, and the first ten accounts, tokens, networks, clients, endpoints, decisions and surfaces. Every figure is a count of all decisions. Lists in the address are separated by commas.",
    useCase: investigate,
    output: z.object({
      window,
      networkWindow: window.describe("What networks and clients are counted over: by the hour at the finest."),
      networksSince: instant.nullable().describe("Since when networks and clients are recorded."),
      without: z
        .array(z.enum(dimensions))
        .describe("Tables left out because they take seconds; `isWhole` asks for them."),
      networkRequests: count,
      beyondRequests: count.describe("Calls of networks and clients beyond those kept apart per token and hour."),
      requests: count,
      refused: count,
      stepSeconds: count,
      steps: z.array(z.object({ atMs: count, outcome: z.string(), requests: count })),
      tops: z.object({
        ...{ account: rows, token: rows, endpoint: rows, outcome: rows, surface: rows, network: rows, client: rows },
      }),
    }),
    example: {
      input: { hours: 24, outcome: "refused" },
      output: {
        ...{ window: exampleWindow, networkWindow: exampleWindow, networksSince: "2026-11-01T00:00:00.000Z" },
        ...{ without: [], networkRequests: 12_408, beyondRequests: 0, requests: 12_408, refused: 310 },
        ...{ stepSeconds: 3_600, steps: [{ atMs: 1_795_000_000_000, outcome: "allowed", requests: 12_098 }] },
        tops: {
          ...{ account: [], token: [], endpoint: [], outcome: [], surface: [], network: [exampleRow], client: [] },
        },
      },
    },
  }),
  operation({
    ...{ id: "staff.investigate.top", method: "GET", path: "/staff/investigate/top", tag },
    summary: "List the first rows of one dimension",
    description: "Up to 1,000. Answers CSV for `Accept: text/csv`.",
    useCase: listTopTraffic,
    output: z.object({ from: instant, until: instant, rows: z.array(row) }),
    csv: ({ rows }) => [
      ["by", "key", "name", "account", "requests", "refused", "accounts"],
      ...rows.map((one) => [
        ...[one.by, one.key, one.name ?? "", one.accountName ?? ""],
        ...[one.requests, one.refused, one.accounts],
      ]),
    ],
    example: {
      input: { by: "network", hours: 24, order: "accounts" },
      output: { from: exampleWindow.from, until: exampleWindow.until, rows: [exampleRow] },
    },
  }),
  operation({
    ...{ id: "staff.investigate.views", method: "GET", path: "/staff/investigate/views", tag },
    summary: "List saved views",
    description: "Your own and those that the desk shares.",
    useCase: listInvestigations,
    output: z.object({ id: uuid, name: z.string(), query: z.string(), isShared: z.boolean(), byName: z.string() }),
    list: { items: (rows) => rows, key: (one: { id: string }) => one.id },
    example: {
      output: {
        ...{ id: exampleIds.flag, name: "Refused today", query: "code=refused", isShared: true, byName: "Lee Park" },
      },
    },
  }),
  operation({
    ...{ id: "staff.investigate.save", method: "POST", path: "/staff/investigate/views", tag },
    summary: "Save a view",
    description: "`query` is the query string of the page’s address.",
    useCase: saveInvestigation,
    status: 201,
    output: z.object({ id: uuid }),
    example: {
      input: { name: "Refused today", query: "code=refused", isShared: true },
      output: { id: exampleIds.flag },
    },
  }),
  operation({
    ...{ id: "staff.investigate.remove", method: "DELETE", path: "/staff/investigate/views/{viewId}", tag },
    summary: "Remove a view",
    useCase: removeInvestigation,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    ...{ id: "staff.cases.open", method: "POST", path: "/staff/cases", tag: "Staff: cases" },
    summary: "Open a case",
    description: "With what was found as its first note. Joins the account’s open case if there is one.",
    useCase: openCaseOf,
    status: 201,
    output: z.object({ caseId: uuid }),
    example: {
      input: { accountId: exampleIds.account, text: "Shares a network with four accounts that are suspended." },
      output: { caseId: exampleIds.case },
    },
  }),
];
