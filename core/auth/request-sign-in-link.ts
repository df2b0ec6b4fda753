import { and, count, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffMember, user } from "#db/schema/auth.ts";
import { signInLink } from "#db/schema/ways-in.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { enqueue } from "../frame/queue.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { hourMs, minuteMs } from "../rules/time.ts";
import { hasMailServer, publicUrl, setting } from "../runtime/env.ts";
import { isFromBusyNetwork } from "./busy-network.ts";
import { hashLinkSecret, newLinkSecret } from "./link-secret.ts";
import { mailIssuers } from "./mail-issuers.ts";
import { withoutIssuer } from "./only-through.ts";

const validMinutes = 10;
/** Messages to one person an hour. */
const mostPerHour = 3;

const email = z.string().trim().toLowerCase().max(320);
/** A page of Gatehouse; the one that is led to by it looks at it again. */
const pageNext = z.string().max(2_000).nullable().default(null);

/** Whether members may sign in by a link that is mailed to them. */
export function allowsSignInLinks(): boolean {
  return setting("EMAIL_LINK_SIGN_IN") && hasMailServer();
}

/**
 * Asks for a one-time link to sign in. A job finds out whom it is for, so the answer and the time it takes are the same for members,
 * strangers, staff and the blocked. `browser` is a secret that only the asking browser has: the link works there. `next` = the page it leads on to.
 */
export const requestSignInLink = command({
  permission: "session:open",
  input: z.strictObject({ email, browser: z.string().min(20).max(100), next: pageNext }),
  run: async (ctx, input) => {
    if (!allowsSignInLinks()) throw notFound("page");
    if (!isFromBusyNetwork(ctx, "link")) {
      const browserHash = hashLinkSecret(input.browser);
      await enqueue(ctx.db, "mail-sign-in-link", { email: input.email, ip: ctx.ip, browserHash, next: input.next });
    }
    return { browser: input.browser };
  },
  // Nothing has happened to anybody yet; `mailSignInLink` records it.
  happened: () => null,
});

/** Sends the link to the member with this address, if there is one, they are not staff, and it is not their fourth within an hour. */
export const mailSignInLink = command({
  permission: "setup:link",
  input: z.strictObject({ email, browserHash: z.string(), next: pageNext }),
  run: async (ctx, input) => {
    const userId = allowsSignInLinks() ? await memberToMail(ctx, input.email) : null;
    if (userId === null) return { userId };
    const entrance = await withoutIssuer(ctx.db, userId);
    const { secret, secretHash } = newLinkSecret();
    const expiresAt = new Date(ctx.now.getTime() + validMinutes * minuteMs);
    const { browserHash } = input;
    await ctx.db
      .insert(signInLink)
      .values({ userId, secretHash, browserHash, createdAt: ctx.now, expiresAt, ip: ctx.ip });
    if (!entrance.isOpen) {
      // The link that was made is counted, and known to nobody.
      await mailIssuers(ctx, userId, input.email, entrance.ways);
      return { userId };
    }
    await queueMail(ctx, {
      kind: "sign_in_link",
      to: { address: input.email, userId },
      secretUntil: expiresAt,
      content: mailContent(
        words.signInLinkMail({ email: input.email, minutes: validMinutes }),
        enterUrl(secret, input.next),
      ),
    });
    return { userId };
  },
  happened: (_input, { userId }) =>
    userId === null ? null : fact("session.link_asked", { subjectId: userId, accountId: null }),
});

function enterUrl(secret: string, next: string | null): string {
  const url = new URL(`/enter/${secret}`, publicUrl());
  if (next !== null) url.searchParams.set("next", next);
  return url.href;
}

/** Their row is locked until the commit, so that of several at the same moment each counts those before it. */
async function memberToMail(ctx: Ctx, address: string): Promise<string | null> {
  const [found] = await ctx.db
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.email, address), isNull(user.disabledAt)))
    .for("update");
  if (!found || (await isStaff(ctx, found.id))) return null;
  const since = new Date(ctx.now.getTime() - hourMs);
  const [row] = await ctx.db
    .select({ asked: count() })
    .from(signInLink)
    .where(and(eq(signInLink.userId, found.id), gt(signInLink.createdAt, since)));
  return (row?.asked ?? 0) < mostPerHour ? found.id : null;
}

/** Staff have a second step and a password; a mailbox is less than that. */
export async function isStaff(ctx: Ctx, userId: string): Promise<boolean> {
  const [staff] = await ctx.db
    .select({ userId: staffMember.userId })
    .from(staffMember)
    .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)));
  return staff !== undefined;
}
