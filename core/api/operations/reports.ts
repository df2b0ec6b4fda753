import { z } from "zod";
import { listReports } from "../../reports/list-reports.ts";
import { closeReport, joinReport, takeReport } from "../../reports/work-report.ts";
import { reportKinds } from "../../rules/vocabulary.ts";
import { byOffset } from "../by-offset.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: reports";
const reportPath = "/staff/reports/{reportId}";

export const reportOperations = [
  operation({
    id: "staff.reports.list",
    method: "GET",
    path: "/staff/reports",
    tag,
    summary: "Open reports, oldest first",
    description: "Addresses of reporters are masked.",
    useCase: listReports,
    output: z.object({
      id: uuid,
      kind: z.enum(reportKinds),
      state: z.string(),
      about: z.string(),
      body: z.string(),
      maskedEmail: z.string().nullable(),
      accountId: uuid.nullable(),
      caseId: uuid.nullable(),
      assigneeName: z.string().nullable(),
      createdAt: instant,
      version: count,
    }),
    list: { items: (rows) => rows, page: byOffset },
    example: {
      output: {
        id: exampleIds.flag,
        kind: "abuse",
        state: "new",
        about: "newsletter@northwind.example.com",
        body: "They write to me although I never signed up.",
        maskedEmail: "j…@example.com",
        accountId: null,
        caseId: null,
        assigneeName: null,
        createdAt: "2026-11-24T10:00:00.000Z",
        version: 1,
      },
    },
  }),
  operation({
    id: "staff.reports.take",
    method: "POST",
    path: `${reportPath}/take`,
    tag,
    summary: "Take a report",
    useCase: takeReport,
    status: 204,
    output: null,
    example: { input: { version: 1 }, output: null },
  }),
  operation({
    id: "staff.reports.join",
    method: "POST",
    path: `${reportPath}/join`,
    tag,
    summary: "Add a report to an account's case",
    description: "Opens one when there is none. `severity` is 1 to 3.",
    useCase: joinReport,
    output: z.object({ caseId: uuid.nullable() }),
    example: {
      input: { version: 2, accountId: exampleIds.account, severity: 2 },
      output: { caseId: exampleIds.case },
    },
  }),
  operation({
    id: "staff.reports.close",
    method: "POST",
    path: `${reportPath}/close`,
    tag,
    summary: "Close a report with its outcome",
    useCase: closeReport,
    status: 204,
    output: null,
    example: { input: { version: 2, outcome: "Not one of our customers." }, output: null },
  }),
];
