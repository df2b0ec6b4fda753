import { notice } from "#db/schema/enforcement.ts";
import type { Ctx } from "../context.ts";
import { emit } from "../outbox.ts";
import type { ActionType } from "../rules/vocabulary.ts";

export type NoticeKind = "action.applied" | "action.lifted" | "action.expired";

type Facts = {
  accountId: string;
  actionId: string;
  kind: NoticeKind;
  type: ActionType;
  endsAt: Date | null;
  publicText: string;
};

/** Tells the account's members what happened to it. Written with its cause, so it cannot be forgotten or sent twice. */
export async function sendNotice(ctx: Ctx, facts: Facts): Promise<void> {
  const { subject, body } = wording(facts);
  const [made] = await ctx.db
    .insert(notice)
    .values({
      accountId: facts.accountId,
      actionId: facts.actionId,
      kind: facts.kind,
      subject,
      body,
      createdAt: ctx.now,
    })
    .returning({ id: notice.id });
  await emit(ctx, "notice.sent", facts.accountId, { noticeId: made?.id, actionId: facts.actionId, kind: facts.kind });
}

function wording({ kind, type, endsAt, publicText }: Facts): { subject: string; body: string } {
  const noun = type.replaceAll("_", " ");
  const until = endsAt ? `until ${utc(endsAt)}` : "without an end date";
  switch (kind) {
    case "action.applied":
      return { subject: `A ${noun} of your account is in force ${until}`, body: publicText };
    case "action.lifted":
      return {
        subject: `The ${noun} of your account has been lifted`,
        body: "Your tokens work again as they did before.",
      };
    case "action.expired":
      return {
        subject: `The ${noun} of your account has ended`,
        body: "Its time is over. Your tokens work again as they did before.",
      };
  }
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
