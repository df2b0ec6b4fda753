import { and, count, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { passwordReset, user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { enqueue } from "../frame/queue.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { hourMs, minuteMs } from "../rules/time.ts";
import { publicUrl } from "../runtime/env.ts";
import { isFromBusyNetwork } from "./busy-network.ts";
import { newLinkSecret } from "./link-secret.ts";
import { mailIssuers } from "./mail-issuers.ts";
import { withoutIssuer } from "./only-through.ts";
import { resetPath } from "./reset-path.ts";

const validMinutes = 60;
/** Messages to one person an hour. */
const mostPerHour = 3;

const email = z.string().trim().toLowerCase().max(320);

/**
 * Asks for a one-time link for a new password. A job finds out whether there is such a person, so the answer and the time it takes are
 * the same if not, and when too many were asked for.
 */
export const requestReset = command({
  permission: "session:open",
  input: z.strictObject({ email }),
  run: async (ctx, input) => {
    if (!isFromBusyNetwork(ctx, "reset")) await enqueue(ctx.db, "mail-reset", { email: input.email, ip: ctx.ip });
    return {};
  },
  // Nothing has happened to anybody yet; `mailReset` records it.
  happened: () => null,
});

/** Sends the link to the person with this address, if there is one and it is not their fourth within an hour. */
export const mailReset = command({
  permission: "setup:link",
  input: z.strictObject({ email }),
  run: async (ctx, input) => {
    const made = await newReset(ctx, input.email, mostPerHour);
    const entrance = made && (await withoutIssuer(ctx.db, made.userId));
    if (made && entrance && !entrance.isOpen) {
      // A password would open nothing. The link that was made is known to nobody.
      await mailIssuers(ctx, made.userId, input.email, entrance.ways);
    } else if (made) {
      await queueMail(ctx, {
        kind: "password_reset",
        to: { address: input.email, userId: made.userId },
        secretUntil: made.expiresAt,
        content: mailContent(
          words.passwordResetMail({ email: input.email, minutes: validMinutes }),
          new URL(resetPath(made.secret), publicUrl()).href,
        ),
      });
    }
    return { userId: made?.userId ?? null };
  },
  happened: (_input, { userId }) =>
    userId === null ? null : fact("password.reset_asked", { subjectId: userId, accountId: null }),
});

/** The same link for whoever runs the installation, to hand over by another way; null = there is no such person. */
export const createResetLink = command({
  permission: "setup:link",
  input: z.strictObject({ email }),
  run: (ctx, input) => newReset(ctx, input.email, Number.POSITIVE_INFINITY),
  happened: (_input, made) => made && fact("password.reset_link_made", { subjectId: made.userId, accountId: null }),
});

async function newReset(ctx: Ctx, address: string, most: number) {
  const [found] = await ctx.db
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.email, address), isNull(user.disabledAt)))
    // So that of several at the same moment each counts those before it.
    .for("update");
  if (!found || (await askedLately(ctx, found.id)) >= most) return null;
  const { secret, secretHash } = newLinkSecret();
  const expiresAt = new Date(ctx.now.getTime() + validMinutes * minuteMs);
  await ctx.db
    .insert(passwordReset)
    .values({ userId: found.id, secretHash, createdAt: ctx.now, expiresAt, ip: ctx.ip });
  return { userId: found.id, secret, expiresAt };
}

async function askedLately(ctx: Ctx, userId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ asked: count() })
    .from(passwordReset)
    .where(and(eq(passwordReset.userId, userId), gt(passwordReset.createdAt, new Date(ctx.now.getTime() - hourMs))));
  return row?.asked ?? 0;
}
