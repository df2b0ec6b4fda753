import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { member } from "#db/schema/accounts.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import * as words from "#words/words.ts";
import { jobCtx } from "../frame/context.ts";
import { mailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { publicUrl } from "../runtime/env.ts";

/** Switches an endpoint off that asks for it or takes nothing for three days, skips what waits for it, and tells those who can mend it, once. */
export async function disableFailing(
  tx: Transaction,
  endpointId: string,
  why: keyof typeof words.webhookDisabledReasons,
  now: Date,
): Promise<void> {
  const reason = words.webhookDisabledReasons[why];
  const [disabled] = await tx
    .update(webhookEndpoint)
    .set({ disabledAt: now, disabledReason: reason, version: sql`${webhookEndpoint.version} + 1` })
    .where(and(eq(webhookEndpoint.id, endpointId), isNull(webhookEndpoint.disabledAt)))
    .returning({ url: webhookEndpoint.url, accountId: webhookEndpoint.accountId });
  if (!disabled) return;
  await tx
    .update(webhookDelivery)
    .set({ state: "skipped" })
    .where(and(eq(webhookDelivery.endpointId, endpointId), eq(webhookDelivery.state, "waiting")));
  const { url, accountId } = disabled;
  const people =
    accountId === null
      ? await tx
          .select({ userId: user.id, address: user.email })
          .from(staffMember)
          .innerJoin(user, eq(user.id, staffMember.userId))
          .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt)))
      : await tx
          .select({ userId: user.id, address: user.email })
          .from(member)
          .innerJoin(user, eq(user.id, member.userId))
          .where(and(eq(member.accountId, accountId), eq(member.role, "owner")));
  for (const to of people) {
    await queueMail(jobCtx(tx, "Gatehouse", now), {
      kind: "webhook_disabled",
      to,
      accountId,
      subjectId: endpointId,
      content: mailContent(words.webhookDisabledMail({ url, why: reason, isStaff: accountId === null }), publicUrl()),
    });
  }
}
