import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action, notice } from "#db/schema/enforcement.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import { type Evidence, evidenceSchema } from "../enforcement/evidence.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { scoped } from "../frame/scope.ts";
import type { MailContent } from "../mail/mail-content.ts";
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
type SealedFinding = NonNullable<Evidence["findings"]>[number];

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
  return {
    subject: `${owner?.name ?? "Your account"}: ${claimed.subject}`,
    paragraphs: claimed.body === "" ? [] : [claimed.body],
    facts:
      grounds && isReasoned
        ? [
            ["Reason", words.reasons[grounds.reasonCode].title],
            ["Rests on", `${grounds.policyTitle}, version ${grounds.number}, clause ${grounds.clause}`],
            ["From", format.utc(grounds.effectiveAt, "long")],
            ["Until", grounds.endsAt ? format.utc(grounds.endsAt, "long") : "no end date"],
            ["Decided by", "a person, on numbers that were measured automatically"],
            ["Billing", grounds.billing],
            ...findings.slice(0, mostFindings).map(findingFact),
            ["You can object", "on the page below, for 180 days; somebody else decides"],
          ]
        : [],
    link: { label: "Read it with its evidence", url },
    footer:
      "You get this because you are an owner or developer of this account. Messages about its standing cannot be turned off.",
  };
}

/** One mistake of a client, as a mail tells it. */
function findingFact(finding: SealedFinding): [string, string] {
  const { title, evidence, instruction } = finding;
  const where = words.findingPlace(finding);
  return ["What to change", `${title}${where ? ` (${where})` : ""}. ${evidence} ${instruction}`];
}
