import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { moveReport } from "./move-report.ts";

/** Takes a report to work on. */
export const takeReport = command({
  permission: "reports:work",
  input: z.strictObject({ reportId: z.uuid(), version: numberOrText(z.number().int()) }),
  run: (ctx, seen) => moveReport(ctx, seen, "assign", { assigneeUserId: actorUserId(ctx.actor) }),
  happened: (input, { accountId }) => fact("report.taken", { subjectId: input.reportId, accountId }),
});
