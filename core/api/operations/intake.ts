import { z } from "zod";
import { reportLeak } from "../../leaks/report-leak.ts";
import { submitReport } from "../../reports/submit-report.ts";
import { operation } from "../operation.ts";
import { exampleIds, uuid } from "../shapes.ts";

const reportExample = {
  input: {
    about: "newsletter@northwind.example.com",
    body: "They write to me although I never signed up.",
    reporterEmail: "jonas@example.com",
  },
  output: { reportId: exampleIds.flag },
};
const report = {
  method: "POST",
  tag: "Intake",
  useCase: submitReport,
  isPublic: true,
  status: 201,
  output: z.object({ reportId: uuid }),
  example: reportExample,
} as const;

export const intakeOperations = [
  operation({
    ...report,
    id: "reports.abuse",
    path: "/reports/abuse",
    summary: "Report abuse of the API",
    description:
      "A receipt (`rcp_…`) in the text identifies the account. Staff read the report; it triggers nothing by itself.",
    fixed: { kind: "abuse" },
  }),
  operation({
    ...report,
    id: "reports.vulnerability",
    path: "/reports/vulnerability",
    summary: "Report a vulnerability",
    fixed: { kind: "vulnerability" },
  }),
  operation({
    id: "intake.leakedToken",
    method: "POST",
    path: "/intake/leaked-token",
    tag: "Intake",
    summary: "Report a token found in public",
    description:
      "Having it is proof enough. A live token stops immediately and its owner is notified. The response is the same whether or not it exists.",
    useCase: reportLeak,
    isPublic: true,
    status: 201,
    output: z.object({ taken: z.literal(true) }),
    body: () => ({ taken: true }),
    example: { input: { token: "gth_…", url: "https://git.example.com/repo/blob/main/.env" }, output: { taken: true } },
  }),
];
