import { mail } from "#db/schema/mail.ts";
import type { Ctx } from "../frame/context.ts";
import { enqueue } from "../frame/queue.ts";
import type { MailContent } from "./mail-content.ts";
import { renderMail } from "./render-mail.ts";

type Message = {
  /** `notice`, `alert`, `password_reset` …: what it is, for lists and for figures. */
  kind: string;
  to: { address: string; userId: string | null };
  accountId?: string | null;
  /** The id of what it is about, so that its delivery can be shown there. */
  subjectId?: string | null;
  content: MailContent;
  /** Set when the content holds a one-time link: how long that works. The bodies are emptied after delivery. */
  secretUntil?: Date;
  /** Not before this time. */
  startAfter?: Date;
};

/** Writes a message in the transaction of its cause; the worker delivers it. Returns its id. */
export async function queueMail(ctx: Ctx, message: Message): Promise<string> {
  const { kind, to, accountId = null, subjectId = null, content, secretUntil = null, startAfter } = message;
  const [made] = await ctx.db
    .insert(mail)
    .values({
      kind,
      toAddress: to.address,
      userId: to.userId,
      accountId,
      subjectId,
      ...renderMail(content),
      secretUntil,
      createdAt: ctx.now,
    })
    .returning({ id: mail.id });
  if (!made) throw new Error("The message was not written.");
  await enqueue(ctx.db, "deliver-mail", { mailId: made.id }, startAfter ? { startAfter } : {});
  return made.id;
}
