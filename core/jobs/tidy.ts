import { and, lt, ne, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "#db/client.ts";
import { leakReport } from "#db/schema/api.ts";
import { outboxEvent } from "#db/schema/audit.ts";
import { passwordReset, session, signInFailure } from "#db/schema/auth.ts";
import { outcome, standingConfirmation } from "#db/schema/gates.ts";
import { spentOnce } from "#db/schema/identity.ts";
import { mail } from "#db/schema/mail.ts";
import { mailIntake } from "#db/schema/mail-intake.ts";
import { secretUse } from "#db/schema/tokens.ts";
import { networkDay, recipientHour, refusalReceipt, trafficDay, unknownAttempt } from "#db/schema/usage.ts";
import { portalLink, signInLink, tokenView } from "#db/schema/ways-in.ts";
import { webhookDelivery } from "#db/schema/webhooks.ts";
import { forgetOldAnswers } from "../api/idempotency.ts";
import { removeOldExports } from "../exports/build-export.ts";
import { emptyEndedSecrets } from "../mail/deliver-mail.ts";
import { dayMs, minuteMs } from "../rules/time.ts";

/** Rows deleted by one statement of what may be very many. */
const batchRows = 10_000;

/** How long each kind of row is kept, in days. */
export const retentionDays = {
  usageMinute: 30,
  refusal: 30,
  session: 60,
  signInFailure: 1,
  standingConfirmation: 7,
  mail: 90,
  webhook: 30,
  outcome: 30,
  passwordReset: 7,
  portalLink: 7,
  signInLink: 7,
  tokenView: 7,
  secretUse: 90,
  /** Detectors look at ten minutes; everybody can make such rows. */
  unknownAttempt: 1,
  /** Detectors and screens look at 30 days, at most. */
  networkDay: 90,
  /** Cases are about the last days; what is older is read by the day. */
  trafficHour: 14,
  trafficDay: 90,
  /** Detectors look at seven days. */
  recipientHour: 30,
  leakReport: 90,
} as const;

/** Makes the partitions of the coming days and drops what is past its retention. Safe to run at any time, from any worker. */
export async function tidy(db: Database, now: Date): Promise<{ dropped: string[] }> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  await db.execute(sql`select ensure_usage_partitions(${now}, ${new Date(now.getTime() + 3 * dayMs)})`);
  const dropped = [
    ...(await dropDays(db, "usage_minute", before(retentionDays.usageMinute))),
    ...(await dropDays(db, "usage_second", before(retentionDays.refusal))),
    ...(await dropDays(db, "refusal", before(retentionDays.refusal))),
    ...(await dropDays(db, "traffic_hour", before(retentionDays.trafficHour))),
  ];
  await db.delete(refusalReceipt).where(lt(refusalReceipt.at, before(retentionDays.refusal)));
  await db.delete(spentOnce).where(lt(spentOnce.until, now));
  await db.delete(signInFailure).where(lt(signInFailure.at, before(retentionDays.signInFailure)));
  await db.delete(session).where(lt(session.expiresAt, before(retentionDays.session)));
  await db
    .delete(standingConfirmation)
    .where(lt(standingConfirmation.confirmedAt, before(retentionDays.standingConfirmation)));
  await forgetOldAnswers(db, now);
  await emptyEndedSecrets(db, now);
  await db.delete(mail).where(lt(mail.createdAt, before(retentionDays.mail)));
  await db.delete(mailIntake).where(lt(mailIntake.receivedAt, before(retentionDays.mail)));
  await db.delete(tokenView).where(lt(tokenView.createdAt, before(retentionDays.tokenView)));
  await db.delete(signInLink).where(lt(signInLink.createdAt, before(retentionDays.signInLink)));
  await db.delete(portalLink).where(lt(portalLink.createdAt, before(retentionDays.portalLink)));
  await db.delete(passwordReset).where(lt(passwordReset.createdAt, before(retentionDays.passwordReset)));
  await db.delete(secretUse).where(lt(secretUse.at, before(retentionDays.secretUse)));
  await removeOldExports(db, now);
  await db.delete(outcome).where(lt(outcome.at, before(retentionDays.outcome)));
  const oldWebhooks = before(retentionDays.webhook);
  await db
    .delete(webhookDelivery)
    .where(and(ne(webhookDelivery.state, "waiting"), lt(webhookDelivery.createdAt, oldWebhooks)));
  await db.delete(outboxEvent).where(lt(outboxEvent.deliveredAt, oldWebhooks));
  await deleteInBatches(db, unknownAttempt, lt(unknownAttempt.at, before(retentionDays.unknownAttempt)));
  const oldestDay = before(retentionDays.networkDay).toISOString().slice(0, 10);
  await deleteInBatches(db, recipientHour, lt(recipientHour.at, before(retentionDays.recipientHour)));
  await deleteInBatches(db, trafficDay, lt(trafficDay.at, before(retentionDays.trafficDay)));
  await deleteInBatches(db, networkDay, lt(networkDay.day, oldestDay));
  await deleteInBatches(db, leakReport, lt(leakReport.createdAt, before(retentionDays.leakReport)));
  return { dropped };
}

async function deleteInBatches(db: Database, table: PgTable, isOld: SQL): Promise<void> {
  const batch = sql`select ctid from ${table} where ${isOld} limit ${batchRows}`;
  while ((await db.execute(sql`delete from ${table} where ctid = any(array(${batch}))`)).count === batchRows);
}

/** Seconds that a gate of an earlier version still counts by themselves: those of minutes without a refusal go after 15 minutes. */
export async function thinSeconds(db: Database, now: Date): Promise<void> {
  await db.execute(sql`
    delete from usage_second s
    where s.at < ${new Date(now.getTime() - 15 * minuteMs)} and s.at >= ${new Date(now.getTime() - 120 * minuteMs)}
      and not exists (
        select 1 from usage_second r
        where r.account_id = s.account_id and r.refused > 0
          and r.at >= date_trunc('minute', s.at) and r.at < date_trunc('minute', s.at) + interval '1 minute')`);
}

/** Drops day partitions that end before a time, as the tables' owner. A drop is instant and leaves nothing to vacuum. */
async function dropDays(db: Database, parent: string, before: Date): Promise<string[]> {
  const day = before.toISOString().slice(0, 10);
  const dropped = await db.execute<{ name: string }>(
    sql`select name from drop_usage_partitions(${parent}, ${day}::date) as name`,
  );
  return dropped.map(({ name }) => name);
}
