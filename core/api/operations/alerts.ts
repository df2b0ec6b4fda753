import { z } from "zod";
import { changeAlertRule, deleteAlertRule } from "../../alerts/change-alert-rule.ts";
import { createAlertRule } from "../../alerts/create-alert-rule.ts";
import { listAlertRules } from "../../alerts/list-alert-rules.ts";
import { listAlerts } from "../../alerts/list-alerts.ts";
import { testAlert } from "../../alerts/test-alert.ts";
import { alertKinds } from "../../rules/vocabulary.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Alerts";
const rule = { kind: "quota" as const, thresholdPercent: 80, cooldownSeconds: 3_600, isMailed: true };
const rulePath = "/alert-rules/{ruleId}";

export const alertOperations = [
  operation({
    id: "alerts.rules",
    method: "GET",
    path: "/alert-rules",
    tag,
    summary: "List alert rules",
    useCase: listAlertRules,
    output: z.object({
      id: uuid,
      kind: z.enum(alertKinds),
      thresholdPercent: count,
      cooldownSeconds: count,
      isMailed: z.boolean(),
      disabledAt: instant.nullable(),
      firedAt: instant.nullable().describe("When it last sent an alert."),
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: { output: { id: exampleIds.flag, ...rule, disabledAt: null, firedAt: null } },
  }),
  operation({
    id: "alerts.createRule",
    method: "POST",
    path: "/alert-rules",
    tag,
    summary: "Add a rule",
    description:
      "Sent once per crossing, and not again within `cooldownSeconds`. Only `pace` allows thresholds above 100.",
    useCase: createAlertRule,
    status: 201,
    output: z.object({ id: uuid }),
    example: { input: rule, output: { id: exampleIds.flag } },
  }),
  operation({
    id: "alerts.changeRule",
    method: "PUT",
    path: rulePath,
    tag,
    summary: "Change a rule, or turn it on or off",
    useCase: changeAlertRule,
    isReplacing: true,
    status: 204,
    output: null,
    example: { input: { cooldownSeconds: 7_200, isMailed: false, isOn: true }, output: null },
  }),
  operation({
    id: "alerts.deleteRule",
    method: "DELETE",
    path: rulePath,
    tag,
    summary: "Remove a rule",
    description: "Alerts it sent stay in the history.",
    useCase: deleteAlertRule,
    status: 204,
    output: null,
    example: { output: null },
  }),
  operation({
    id: "alerts.list",
    method: "GET",
    path: "/alerts",
    tag,
    summary: "The last 50 alerts, newest first",
    useCase: listAlerts,
    fixed: { limit: 50 },
    output: z.object({
      id: uuid,
      kind: z.string(),
      subject: z.string(),
      body: z.string(),
      at: instant,
      seenAt: instant.nullable(),
      seenBy: z.string().nullable(),
      mailsSent: count,
      mailsWaiting: count,
      mailsKept: count,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        ...{ id: exampleIds.flag, kind: "quota", subject: "80 % of today's quota is used" },
        ...{
          body: "80,000 of 100,000 requests. At this pace it is used up at 16:40 UTC.",
          at: "2026-11-24T12:00:00.000Z",
        },
        ...{ seenAt: null, seenBy: null, mailsSent: 2, mailsWaiting: 0, mailsKept: 0 },
      },
    },
  }),
  operation({
    id: "alerts.test",
    method: "POST",
    path: "/alerts/test",
    tag,
    summary: "Send a test alert",
    useCase: testAlert,
    status: 201,
    output: z.object({ alertId: uuid, mailed: count }),
    example: { output: { alertId: exampleIds.flag, mailed: 2 } },
  }),
];
