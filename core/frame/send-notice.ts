import { eq } from "drizzle-orm";
import { action, notice } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { undoMs } from "../rules/standing/enforcement.ts";
import type { NoticeKind } from "../rules/vocabulary.ts";
import type { Ctx } from "./context.ts";
import { notFound } from "./errors.ts";
import { enqueue } from "./queue.ts";
import { record } from "./record.ts";

type Message = {
  accountId: string;
  actionId: string;
  kind: NoticeKind;
  /** What staff wrote, where the kind has such a text. */
  text?: string;
};

/** Kinds that an undo can still take back; their mail waits for that long. */
const takenBack: readonly NoticeKind[] = ["action.applied", "action.scheduled"];

/**
 * Tells the account's members what happened to it: on their pages at once, and by mail. Written with its cause, so it cannot be
 * forgotten or sent twice.
 */
export async function sendNotice(ctx: Ctx, { accountId, actionId, kind, text }: Message): Promise<void> {
  const [facts] = await ctx.db
    .select({
      type: action.type,
      surface: action.surface,
      tokenName: token.name,
      endpointName: endpoint.name,
      effectiveAt: action.effectiveAt,
      endsAt: action.endsAt,
      lapsesAt: action.lapsesAt,
      publicText: action.publicText,
    })
    .from(action)
    .leftJoin(token, eq(token.id, action.tokenId))
    .leftJoin(endpoint, eq(endpoint.id, action.endpointId))
    .where(eq(action.id, actionId));
  if (!facts) throw notFound("action");
  const [made] = await ctx.db
    .insert(notice)
    .values({ accountId, actionId, kind, ...words.notice(kind, facts, text), createdAt: ctx.now })
    .returning({ id: notice.id });
  if (!made) throw new Error("The notice row was not written.");
  const startAfter = takenBack.includes(kind) ? { startAfter: new Date(ctx.now.getTime() + undoMs) } : {};
  await enqueue(ctx.db, "mail-notice", { noticeId: made.id }, startAfter);
  await record(ctx, fact("notice.sent", { subjectId: made.id, accountId }, { actionId, kind }));
}
