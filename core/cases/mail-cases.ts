import { and, asc, eq, inArray, max, not } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { type MailContent, mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { type CaseMailKind, caseMailDue } from "../rules/cases/case-mail.ts";
import { caseMailReaders } from "./case-mail-readers.ts";

type DueCase = {
  id: string;
  accountName: string;
  assigneeUserId: string | null;
  why: CaseMailKind;
  summary: string;
};

/**
 * Mails staff who asked for it about cases that wait: one message per person with everything that is due, of their own cases and of
 * those of nobody. What is due is written in the same transaction, so a worker that dies repeats nothing.
 */
export const mailCases = command({
  permission: "flags:record",
  /** `publicUrl`: where staff reach the desk. */
  input: z.strictObject({ publicUrl: z.url() }),
  run: async (ctx, { publicUrl }) => {
    const people = await caseMailReaders(ctx);
    if (people.length === 0) return { mails: 0, cases: 0 };
    const due = await dueCases(ctx);
    const told = new Set<string>();
    let mails = 0;
    for (const to of people) {
      const own = due.filter((one) => one.assigneeUserId === null || one.assigneeUserId === to.userId);
      if (own.length === 0) continue;
      await queueMail(ctx, { kind: "cases", to, content: contentOf(own, publicUrl) });
      mails += 1;
      for (const one of own) told.add(one.id);
    }
    if (told.size > 0)
      await ctx.db
        .update(abuseCase)
        .set({ mailedAt: ctx.now })
        .where(inArray(abuseCase.id, [...told]));
    return { mails, cases: told.size };
  },
  happened: (_input, { mails, cases }) =>
    mails === 0 ? null : fact("case.mailed", { subjectId: "many", accountId: null }, { mails, cases }),
});

async function dueCases(ctx: Ctx): Promise<DueCase[]> {
  const open = await ctx.db
    .select({
      id: abuseCase.id,
      state: abuseCase.state,
      accountName: account.name,
      assigneeUserId: abuseCase.assigneeUserId,
      openedAt: abuseCase.openedAt,
      mailedAt: abuseCase.mailedAt,
    })
    .from(abuseCase)
    .innerJoin(account, eq(account.id, abuseCase.accountId))
    .where(not(inArray(abuseCase.state, ["closed", "snoozed"])))
    .orderBy(asc(abuseCase.openedAt))
    .for("update", { of: abuseCase, skipLocked: true });
  if (open.length === 0) return [];
  const signals = await ctx.db
    .select({ caseId: flag.caseId, lastSeenAt: max(flag.lastSeenAt), summary: max(flag.summary) })
    .from(flag)
    .where(
      and(
        inArray(
          flag.caseId,
          open.map((one) => one.id),
        ),
        eq(flag.state, "in_case"),
      ),
    )
    .groupBy(flag.caseId);
  const signalOf = new Map(signals.map((row) => [row.caseId, row]));
  return open.flatMap(({ state, openedAt, mailedAt, ...one }) => {
    const signal = signalOf.get(one.id);
    const why = caseMailDue(
      {
        openedAtMs: openedAt.getTime(),
        mailedAtMs: mailedAt?.getTime() ?? null,
        lastSignalAtMs: signal?.lastSeenAt?.getTime() ?? null,
        isWaiting: state === "new" || state === "escalated",
      },
      ctx.now.getTime(),
    );
    return why ? [{ ...one, why, summary: signal?.summary ?? deskWords.openedByHand }] : [];
  });
}

/** Cases that a message names; it counts the others. */
const most = 20;

function contentOf(cases: readonly DueCase[], publicUrl: string): MailContent {
  const said = deskWords.caseMail(cases.slice(0, most), Math.max(0, cases.length - most));
  return mailContent(said, `${publicUrl}/staff/cases`);
}
