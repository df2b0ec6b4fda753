import { and, count, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { passwordReset, user } from "#db/schema/auth.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { publicUrl } from "../env.ts";
import { newLinkSecret } from "../invitations/link-secret.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { resetPath } from "./reset-path.ts";

const validMinutes = 60;
/** Messages to one person an hour; and asked for from one address, whoever they are for. */
const mostPerHour = { person: 3, address: 20 };

const email = z.string().trim().toLowerCase().max(320);

/**
 * Sends a one-time link for a new password to the person with this address. The answer is the same whether there is such a
 * person or not, and when too many were asked for.
 */
export const requestReset = command({
  permission: "session:open",
  input: z.strictObject({ email }),
  run: async (ctx, input) => {
    const made = (await isTooMany(ctx, passwordReset.ip, ctx.ip, mostPerHour.address))
      ? null
      : await newReset(ctx, input.email, mostPerHour.person);
    if (made) {
      await queueMail(ctx, {
        kind: "password_reset",
        to: { address: input.email, userId: made.userId },
        secretUntil: made.expiresAt,
        content: {
          subject: "A new password for Gatehouse",
          paragraphs: [
            `Somebody asked for a new password for ${input.email}. If that was you, choose one with this link.`,
            `It works once, for ${validMinutes} minutes. If it was not you, do nothing: your password stays.`,
          ],
          link: { label: "Choose a new password", url: new URL(resetPath(made.secret), publicUrl()).href },
          footer: "You get this message because your address was entered at the sign-in page.",
        },
      });
    }
    return { userId: made?.userId ?? null };
  },
  audit: (_input, { userId }) =>
    userId === null ? null : { action: "password.ask_reset", subjectKind: "user", subjectId: userId, accountId: null },
});

/** The same link for whoever runs the installation, to hand over by another way; null = there is no such person. */
export const createResetLink = command({
  permission: "setup:link",
  input: z.strictObject({ email }),
  run: (ctx, input) => newReset(ctx, input.email, Number.POSITIVE_INFINITY),
  audit: (_input, made) =>
    made && { action: "password.reset_link", subjectKind: "user", subjectId: made.userId, accountId: null },
});

async function newReset(ctx: Ctx, address: string, most: number) {
  const [found] = await ctx.db
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.email, address), isNull(user.disabledAt)));
  if (!found || (await isTooMany(ctx, passwordReset.userId, found.id, most))) return null;
  const { secret, secretHash } = newLinkSecret();
  const expiresAt = new Date(ctx.now.getTime() + validMinutes * 60_000);
  await ctx.db
    .insert(passwordReset)
    .values({ userId: found.id, secretHash, createdAt: ctx.now, expiresAt, ip: ctx.ip });
  return { userId: found.id, secret, expiresAt };
}

async function isTooMany(
  ctx: Ctx,
  column: typeof passwordReset.ip | typeof passwordReset.userId,
  value: string | null,
  most: number,
): Promise<boolean> {
  if (value === null) return false;
  const [row] = await ctx.db
    .select({ asked: count() })
    .from(passwordReset)
    .where(and(eq(column, value), gt(passwordReset.createdAt, new Date(ctx.now.getTime() - 3_600_000))));
  return (row?.asked ?? 0) >= most;
}
