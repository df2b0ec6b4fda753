import { z } from "zod";
import { closeReport } from "../../reports/close-report.ts";
import { joinReport } from "../../reports/join-report.ts";
import { listRefusedMail } from "../../reports/list-refused-mail.ts";
import { getReport, listCaseReports, listReports } from "../../reports/list-reports.ts";
import { suggestAccounts } from "../../reports/suggest-accounts.ts";
import { takeReport } from "../../reports/take-report.ts";
import { clueKinds } from "../../rules/cases/report-clues.ts";
import { mailStates, reportKinds } from "../../rules/vocabulary.ts";
import { intakeDoors, intakeRefusals, reportSources } from "../../rules/vocabulary-intake.ts";
import { byOffset } from "../by-offset.ts";
import { operation } from "../operation.ts";
import { count, exampleIds, instant, uuid } from "../shapes.ts";

const tag = "Staff: reports";
const reportPath = "/staff/reports/{reportId}";

const reportShape = z.object({
  id: uuid,
  kind: z.enum(reportKinds),
  state: z.string(),
  about: z.string(),
  body: z.string(),
  reporterName: z.string().nullable(),
  maskedEmail: z.string().nullable(),
  accountId: uuid.nullable(),
  caseId: uuid.nullable(),
  assigneeName: z.string().nullable(),
  outcome: z.string().nullable(),
  acknowledgedAt: instant.nullable().describe("When the reporter was written that it has arrived."),
  answer: z.string().nullable().describe("What the reporter was told at the end."),
  answeredAt: instant.nullable(),
  source: z.enum(reportSources),
  evidence: z
    .string()
    .nullable()
    .describe("Of one that came by mail: headers and text of the reported message, as text."),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), sizeBytes: count })).nullable(),
  complaints: count.describe("Complaints of recipients that it stands for."),
  complaintsCountedAt: instant.nullable().describe("Since when they count against the account."),
  mails: z.array(
    z.object({
      id: uuid,
      subject: z.string(),
      state: z.enum(mailStates),
      createdAt: instant,
      sentAt: instant.nullable(),
      lastError: z.string().nullable(),
    }),
  ),
  createdAt: instant,
  closedAt: instant.nullable(),
  version: count,
});

const reportExample = {
  id: exampleIds.flag,
  kind: "abuse",
  state: "new",
  about: "newsletter@northwind.example.com",
  body: "They write to me although I never signed up.",
  reporterName: null,
  maskedEmail: "j…@example.com",
  accountId: null,
  caseId: null,
  assigneeName: null,
  outcome: null,
  acknowledgedAt: "2026-11-24T10:00:00.000Z",
  answer: null,
  answeredAt: null,
  source: "form",
  evidence: null,
  attachments: null,
  complaints: 0,
  complaintsCountedAt: null,
  mails: [],
  createdAt: "2026-11-24T10:00:00.000Z",
  closedAt: null,
  version: 1,
};

export const reportOperations = [
  operation({
    id: "staff.reports.list",
    method: "GET",
    path: "/staff/reports",
    tag,
    summary: "Open reports, oldest first",
    description: "Addresses of reporters are masked.",
    useCase: listReports,
    output: reportShape,
    list: { items: (rows) => rows, page: byOffset },
    example: { output: reportExample },
  }),
  operation({
    id: "staff.reports.get",
    method: "GET",
    path: reportPath,
    tag,
    summary: "A report, with the messages to its reporter",
    useCase: getReport,
    output: reportShape,
    example: { output: reportExample },
  }),
  operation({
    id: "staff.cases.reports",
    method: "GET",
    path: "/staff/cases/{caseId}/reports",
    tag,
    summary: "The reports that were added to a case",
    useCase: listCaseReports,
    output: reportShape,
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: { output: { ...reportExample, state: "in_case", caseId: exampleIds.case } },
  }),
  operation({
    id: "staff.reports.accounts",
    method: "GET",
    path: `${reportPath}/accounts`,
    tag,
    summary: "Accounts that a report may be about",
    description: "By the receipts, ids, names, token endings and domains in it, the surest first.",
    useCase: suggestAccounts,
    output: z.object({
      accountId: uuid,
      name: z.string(),
      slug: z.string(),
      externalId: z.string().nullable(),
      kind: z.enum(clueKinds),
      clue: z.string(),
    }),
    list: { items: (rows) => rows, key: (row: { accountId: string }) => row.accountId },
    example: {
      output: {
        accountId: exampleIds.account,
        name: "Northwind",
        slug: "northwind",
        externalId: null,
        kind: "domain",
        clue: "northwind.example.com",
      },
    },
  }),
  operation({
    id: "staff.reports.refusedMail",
    method: "GET",
    path: "/staff/refused-report-mail",
    tag,
    summary: "Messages to the report mailbox that became no report, newest first",
    description: "The last 100, with the reason. Senders are masked. The messages are where they were.",
    useCase: listRefusedMail,
    output: z.object({
      id: uuid,
      door: z.enum(intakeDoors),
      refusal: z.enum(intakeRefusals).nullable(),
      maskedSender: z.string().nullable(),
      subject: z.string().nullable(),
      sizeBytes: count,
      receivedAt: instant,
    }),
    list: { items: (rows) => rows, key: (row: { id: string }) => row.id },
    example: {
      output: {
        ...{ id: exampleIds.flag, door: "imap", refusal: "too_large", maskedSender: null, subject: null },
        ...{ sizeBytes: 31_457_280, receivedAt: "2026-11-24T10:00:00.000Z" },
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
    description:
      "Opens one when there is none. `severity` is 1 to 3. Instead of `accountId`, `clue` may be the account's address or external id, a receipt or a token's id.",
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
    description:
      "`answer` is sent to the reporter: a template (`acted`, `no_violation`, `not_ours`, `more_needed`, `fixed`), or `answerText` in its place. It must not name the account.",
    useCase: closeReport,
    status: 204,
    output: null,
    example: { input: { version: 2, outcome: "Not one of our customers.", answer: "none" }, output: null },
  }),
];
