import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action, notice } from "#db/schema/enforcement.ts";
import * as words from "#words/words.ts";
import { evidenceSchema } from "../enforcement/evidence.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { scoped } from "../frame/scope.ts";
import { type MailContent, mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { policyVersions } from "../policy/policy-versions.ts";

/**
 * Writes the mails of a notice, one for each owner and developer of the account. `mailedAt` is set in the same transaction, so a
 * job that runs twice, or whose worker was killed, writes them once; a notice that was withdrawn is not mailed.
 */
export const mailNotice = command({
  permission: "notices:mail",
  /** `publicUrl`: where the owner reaches the desk. */
  input: z.strictObject({ noticeId: z.uuid(), publicUrl: z.url() }),
  run: async (ctx, { noticeId, publicUrl }) => {
    const [claimed] = await ctx.db
      .update(notice)
      .set({ mailedAt: ctx.now })
      .where(
        and(
          eq(notice.id, noticeId),
          scoped(ctx, notice.accountId),
          isNull(notice.mailedAt),
          isNull(notice.withdrawnAt),
        ),
      )
      .returning({
        accountId: notice.accountId,
        actionId: notice.actionId,
        subject: notice.subject,
        body: notice.body,
        kind: notice.kind,
      });
    if (!claimed) return { mails: 0, accountId: null };
    const content = await contentOf(ctx, claimed, publicUrl);
    const people = await ctx.db
      .select({ userId: user.id, address: user.email })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(
        and(
          eq(member.accountId, claimed.accountId),
          inArray(member.role, ["owner", "developer"]),
          isNull(user.disabledAt),
        ),
      );
    for (const to of people)
      await queueMail(ctx, { kind: "notice", to, accountId: claimed.accountId, subjectId: noticeId, content });
    return { mails: people.length, accountId: claimed.accountId };
  },
  happened: (input, { mails, accountId }) =>
    mails === 0 ? null : fact("notice.mailed", { subjectId: input.noticeId, accountId }, { mails }),
});

const mostFindings = 3;

type Claimed = { accountId: string; actionId: string | null; subject: string; body: string; kind: string };

/** The statement of reasons: what, why by which clause, for how long, decided by a person, and how to object. */
async function contentOf(ctx: Ctx, claimed: Claimed, publicUrl: string): Promise<MailContent> {
  const [owner] = await ctx.db
    .select({ name: account.name, slug: account.slug })
    .from(account)
    .where(eq(account.id, claimed.accountId));
  const policy = policyVersions(ctx.db);
  const [grounds] = claimed.actionId
    ? await ctx.db
        .select({
          reasonCode: action.reasonCode,
          clause: action.policyClause,
          policyTitle: policy.title,
          number: policy.number,
          effectiveAt: action.effectiveAt,
          endsAt: action.endsAt,
          lapsesAt: action.lapsesAt,
          billing: action.billingConsequence,
          evidence: action.evidence,
        })
        .from(action)
        .innerJoin(policy, eq(policy.id, action.policyVersionId))
        .where(eq(action.id, claimed.actionId))
    : [];
  const isReasoned = ["action.applied", "action.scheduled", "action.changed"].includes(claimed.kind);
  const { findings = [] } = evidenceSchema
    .partial()
    .catch({})
    .parse(grounds?.evidence ?? {});
  const url = `${publicUrl.replace(/\/+$/, "")}/a/${owner?.slug ?? ""}/standing`;
  const said = words.noticeMail({
    accountName: owner?.name ?? "Your account",
    subject: claimed.subject,
    body: claimed.body,
    grounds:
      grounds && isReasoned
        ? {
            ...grounds,
            reason: words.reasons[grounds.reasonCode].title,
            policy: { title: grounds.policyTitle, number: grounds.number, clause: grounds.clause },
            findings: findings.slice(0, mostFindings).map((one) => ({ ...one, place: words.findingPlace(one) })),
          }
        : null,
  });
  return mailContent(said, url);
}
