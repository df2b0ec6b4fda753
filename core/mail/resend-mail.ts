import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { mail } from "#db/schema/mail.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { enqueueAll } from "../frame/queue.ts";
import { scoped } from "../frame/scope.ts";

/** Of all that failed, this many at once: a mail server that has just come back is not flooded. */
const most = 500;

/** Tries one message again that was not delivered, or kept while no mail server was configured. It keeps its id, so a copy is recognised. */
export const resendMail = command({
  permission: "mail:resend",
  input: z.strictObject({ mailId: z.uuid() }),
  run: async (ctx, { mailId }) => {
    const [found] = await ctx.db
      .select({ state: mail.state, accountId: mail.accountId, kind: mail.kind, textBody: mail.textBody })
      .from(mail)
      .where(and(eq(mail.id, mailId), scoped(ctx, mail.accountId)))
      .for("update");
    if (!found) throw notFound("message");
    if (found.state !== "failed" && found.state !== "kept")
      throw new AppError("conflict", deskWords.errors.mailNotFailed);
    if (found.textBody === null) throw new AppError("conflict", deskWords.errors.mailLinkExpired);
    await again(ctx, [mailId]);
    return { accountId: found.accountId, kind: found.kind };
  },
  happened: ({ mailId }, { accountId, kind }) => fact("mail.resent", { subjectId: mailId, accountId }, { kind }),
});

/** The same for everything that failed and can still be sent, the oldest first. */
export const resendFailedMail = command({
  permission: "mail:resend",
  input: z.strictObject({}),
  run: async (ctx) => {
    const failed = await ctx.db
      .select({ id: mail.id, textBody: mail.textBody })
      .from(mail)
      .where(
        and(
          eq(mail.state, "failed"),
          or(isNull(mail.secretUntil), gt(mail.secretUntil, ctx.now)),
          scoped(ctx, mail.accountId),
        ),
      )
      .orderBy(mail.createdAt)
      .limit(most)
      .for("update", { skipLocked: true });
    const ids = failed.filter((one) => one.textBody !== null).map((one) => one.id);
    await again(ctx, ids);
    return { resent: ids.length };
  },
  happened: (_input, { resent }) =>
    resent === 0 ? null : fact("mail.resent", { subjectId: "failed", accountId: null }, { resent }),
});

async function again(ctx: Ctx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db.update(mail).set({ state: "waiting", attempts: 0 }).where(inArray(mail.id, ids));
  await enqueueAll(
    ctx.db,
    "deliver-mail",
    ids.map((mailId) => ({ mailId })),
  );
}
