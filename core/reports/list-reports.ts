import { asc, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { query } from "../frame/define.ts";
import { paging } from "../frame/paging.ts";
import { maskEmail } from "../rules/people/mask.ts";

/** Reports of people: the open ones with the oldest first, or the closed ones with the newest first. Addresses are masked. */
export const listReports = query({
  permission: "reports:read",
  input: z.strictObject({ open: z.boolean().default(true), ...paging(200) }),
  run: async (ctx, { open, limit, offset }) => {
    const rows = await ctx.db
      .select({
        id: report.id,
        kind: report.kind,
        state: report.state,
        about: report.about,
        body: report.body,
        reporterName: report.reporterName,
        reporterEmail: report.reporterEmail,
        accountId: report.accountId,
        accountName: account.name,
        caseId: report.caseId,
        assigneeName: user.name,
        outcome: report.outcome,
        createdAt: report.createdAt,
        closedAt: report.closedAt,
        version: report.version,
      })
      .from(report)
      .leftJoin(account, eq(account.id, report.accountId))
      .leftJoin(user, eq(user.id, report.assigneeUserId))
      .where(inArray(report.state, open ? ["new", "assigned", "in_case"] : ["closed"]))
      .orderBy(...(open ? [asc(report.createdAt), asc(report.id)] : [desc(report.closedAt), desc(report.id)]))
      .limit(limit)
      .offset(offset);
    return rows.map(({ reporterEmail, ...row }) => ({
      ...row,
      maskedEmail: reporterEmail === null ? null : maskEmail(reporterEmail),
    }));
  },
});

export type ReportRow = Awaited<ReturnType<typeof listReports>>[number];
