import { and, eq, gt, isNull, lt, lte, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { alertRule } from "#db/schema/alerts.ts";
import { secretUse, token, tokenSecret } from "#db/schema/tokens.ts";
import { usageMinute } from "#db/schema/usage.ts";
import { evaluateAlerts } from "../alerts/evaluate-alerts.ts";
import { jobCtx } from "../frame/context.ts";
import { dayMs, minuteMs } from "../rules/time.ts";
import { reminderDays } from "../rules/tokens/token-expiry.ts";
import type { Logger } from "../runtime/log.ts";
import { flagRetiredSecret } from "../tokens/flag-retired-secret.ts";
import { remindOfExpiry } from "../tokens/remind-of-expiry.ts";

/** Looks at every account that was used in the last two minutes. One that fails is logged and stops no other. */
export async function alerts(db: Database, now: Date, log: Logger): Promise<{ looked: number; fired: number }> {
  const ctx = jobCtx(db, "Alerts", now);
  const used = await db
    .selectDistinct({ accountId: usageMinute.accountId })
    .from(usageMinute)
    .innerJoin(alertRule, and(eq(alertRule.accountId, usageMinute.accountId), isNull(alertRule.disabledAt)))
    .where(gt(usageMinute.at, new Date(now.getTime() - 3 * minuteMs)));
  let fired = 0;
  for (const { accountId } of used) {
    await evaluateAlerts(ctx, { accountId }).then(
      (done) => {
        fired += done.fired.length;
      },
      (error: unknown) => log.error({ err: error, accountId }, "Alerts of an account could not be looked at"),
    );
  }
  await forgetQuiet(db, now);
  return { looked: used.length, fired };
}

/** An account that went quiet is below its thresholds again, without being looked at. */
async function forgetQuiet(db: Database, now: Date): Promise<void> {
  const after = { rate_pressure: 3 * minuteMs, refused_share: 63 * minuteMs } as const;
  for (const kind of ["rate_pressure", "refused_share"] as const) {
    await db
      .update(alertRule)
      .set({ seenShare: 0 })
      .where(
        and(
          eq(alertRule.kind, kind),
          gt(alertRule.seenShare, 0),
          lt(alertRule.seenAt, new Date(now.getTime() - after[kind])),
        ),
      );
  }
}

/** Reminders of tokens that end soon, and flags for retired secrets that are still used. */
export async function watchTokens(db: Database, now: Date, log: Logger): Promise<void> {
  const ctx = jobCtx(db, "Token watch", now);
  const ending = await db
    .select({ id: token.id })
    .from(token)
    .where(
      and(
        isNull(token.revokedAt),
        gt(token.expiresAt, now),
        lte(token.expiresAt, new Date(now.getTime() + reminderDays[0] * dayMs)),
      ),
    );
  for (const { id } of ending) await attempt(remindOfExpiry(ctx, { tokenId: id }), log);
  const retired = await db
    .selectDistinct({ id: tokenSecret.id })
    .from(secretUse)
    .innerJoin(tokenSecret, eq(tokenSecret.id, secretUse.secretId))
    .where(
      and(
        // Rows are of whole hours, so the hour before is read too.
        gt(secretUse.at, new Date(now.getTime() - 120 * minuteMs)),
        gt(secretUse.lastAt, new Date(now.getTime() - 60 * minuteMs)),
        sql`${secretUse.lastAt} >= ${tokenSecret.retiresAt}`,
      ),
    );
  for (const { id } of retired) await attempt(flagRetiredSecret(ctx, { secretId: id }), log);
}

async function attempt(work: Promise<unknown>, log: Logger): Promise<void> {
  await work.catch((error: unknown) => log.error({ err: error }, "A token could not be looked after"));
}
