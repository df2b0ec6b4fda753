import { asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";
import { report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { paging } from "../frame/paging.ts";
import { emailFor } from "../personal-data/address-for.ts";

/** Reports of people: the open ones with the oldest first, or the closed ones with the newest first. Addresses are masked. */
export const listReports = query({
  permission: "reports:read",
  input: z.strictObject({ open: z.boolean().default(true), ...paging(200) }),
  run: (ctx, { open, limit, offset }) =>
    readReports(ctx, {
      where: inArray(report.state, open ? ["new", "assigned", "in_case"] : ["closed"]),
      orderBy: open ? [asc(report.createdAt), asc(report.id)] : [desc(report.closedAt), desc(report.id)],
      ...{ limit, offset },
    }),
});

/** The reports that were added to a case, open or closed, the oldest first; 50 at most. */
export const listCaseReports = query({
  permission: "reports:read",
  input: z.strictObject({ caseId: z.uuid() }),
  run: (ctx, { caseId }) => readReports(ctx, { where: eq(report.caseId, caseId), limit: 50 }),
});

/** One report. */
export const getReport = query({
  permission: "reports:read",
  input: z.strictObject({ reportId: z.uuid() }),
  run: async (ctx, { reportId }) => {
    const [found] = await readReports(ctx, { where: eq(report.id, reportId), limit: 1 });
    if (!found) throw notFound("report");
    return found;
  },
});

type Which = { where: SQL | undefined; orderBy?: SQL[]; limit: number; offset?: number };

async function readReports(ctx: Ctx, { where, orderBy, limit, offset = 0 }: Which) {
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
      acknowledgedAt: report.acknowledgedAt,
      answer: report.answer,
      answeredAt: report.answeredAt,
      source: report.source,
      evidence: report.evidence,
      attachments: report.attachments,
      complaints: report.complaints,
      complaintsCountedAt: report.complaintsCountedAt,
      createdAt: report.createdAt,
      closedAt: report.closedAt,
      version: report.version,
    })
    .from(report)
    .leftJoin(account, eq(account.id, report.accountId))
    .leftJoin(user, eq(user.id, report.assigneeUserId))
    .where(where)
    .orderBy(...(orderBy ?? [asc(report.createdAt), asc(report.id)]))
    .limit(limit)
    .offset(offset);
  const mails = await mailsOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map(({ reporterEmail, ...row }) => ({
    ...row,
    maskedEmail: reporterEmail === null ? null : emailFor(ctx.actor, reporterEmail),
    mails: mails.flatMap(({ reportId, ...one }) => (reportId === row.id ? [one] : [])),
  }));
}

/** What was written to the reporters, and how far each message is, the oldest first. */
async function mailsOf(ctx: Ctx, reportIds: readonly string[]) {
  if (reportIds.length === 0) return [];
  const rows = await ctx.db
    .select({
      id: mail.id,
      reportId: mail.subjectId,
      subject: mail.subject,
      toAddress: mail.toAddress,
      state: mail.state,
      createdAt: mail.createdAt,
      sentAt: mail.sentAt,
      lastError: mail.lastError,
    })
    .from(mail)
    .where(inArray(mail.subjectId, [...reportIds]))
    .orderBy(asc(mail.createdAt), asc(mail.id));
  return rows.map(({ toAddress, lastError, ...row }) => ({
    ...row,
    // Mail servers repeat the address in what they answer.
    lastError: lastError?.replaceAll(toAddress, emailFor(ctx.actor, toAddress)) ?? null,
  }));
}

export type ReportRow = Awaited<ReturnType<typeof getReport>>;
