import { asc, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Database, Queryable } from "#db/client.ts";
import { account } from "#db/schema/accounts.ts";
import { outboxEvent } from "#db/schema/audit.ts";
import { webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import { isToldOf } from "../facts/webhook-events.ts";
import { enqueueAll } from "../frame/queue.ts";
import { eventBody } from "./event-body.ts";

const batch = 500;
const payloadSchema = z.record(z.string(), z.unknown()).catch({});

/**
 * Makes of each new event one delivery per endpoint that is told of it, in one transaction with marking the event, so that a worker
 * that dies repeats nothing. Returns how many events it took, 500 at most.
 */
export async function fanOut(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const events = await tx
      .select({
        id: outboxEvent.id,
        type: outboxEvent.type,
        accountId: outboxEvent.accountId,
        reach: outboxEvent.reach,
        payload: outboxEvent.payload,
        createdAt: outboxEvent.createdAt,
      })
      .from(outboxEvent)
      .where(isNull(outboxEvent.deliveredAt))
      .orderBy(asc(outboxEvent.id))
      .limit(batch)
      .for("update", { skipLocked: true });
    if (events.length === 0) return 0;
    const endpoints = await tx
      .select({ id: webhookEndpoint.id, accountId: webhookEndpoint.accountId, events: webhookEndpoint.events })
      .from(webhookEndpoint)
      .where(isNull(webhookEndpoint.disabledAt));
    const externalIds = await externalIdsOf(tx, events);
    const rows = events.flatMap((event) => {
      const payload = payloadSchema.parse(event.payload);
      const body = eventBody(event.type, event.createdAt, {
        accountId: event.accountId,
        accountExternalId: externalIds.get(event.accountId ?? "") ?? null,
        sequence: event.id,
        ...payload,
      });
      return endpoints
        .filter(({ accountId, events: chosen }) => {
          const isProvider = accountId === null;
          return (
            (isProvider || accountId === event.accountId) && isToldOf(event.type, event.reach, { isProvider, chosen })
          );
        })
        .map(({ id }) => ({
          endpointId: id,
          accountId: event.accountId,
          eventId: event.id,
          type: event.type,
          subjectId: subjectOf(payload, event.accountId),
          body,
          createdAt: now,
        }));
    });
    for (let start = 0; start < rows.length; start += batch) {
      const made = await tx
        .insert(webhookDelivery)
        .values(rows.slice(start, start + batch))
        .onConflictDoNothing()
        .returning({ deliveryId: webhookDelivery.id });
      await enqueueAll(tx, "deliver-webhook", made);
    }
    await tx
      .update(outboxEvent)
      .set({ deliveredAt: now })
      .where(
        inArray(
          outboxEvent.id,
          events.map((event) => event.id),
        ),
      );
    return events.length;
  });
}

/** What the provider calls the accounts of these events, by id. */
async function externalIdsOf(
  tx: Queryable,
  events: readonly { accountId: string | null }[],
): Promise<Map<string, string | null>> {
  const ids = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))];
  const rows = await tx
    .select({ id: account.id, externalId: account.externalId })
    .from(account)
    .where(inArray(account.id, ids));
  return new Map(rows.map(({ id, externalId }) => [id, externalId]));
}

/** Takes every event there is. Returns how many. */
export async function fanOutAll(db: Database, now: Date): Promise<number> {
  for (let all = 0; ; ) {
    const taken = await fanOut(db, now);
    all += taken;
    if (taken < batch) return all;
  }
}

/** What an event is about, the nearest of token, action, case, flag and notice: its order is kept. */
function subjectOf(payload: Record<string, unknown>, accountId: string | null): string {
  const { tokenId, actionId, caseId, flagId, noticeId } = payload;
  const found = [tokenId, actionId, caseId, flagId, noticeId].find((id) => typeof id === "string");
  return typeof found === "string" ? found : (accountId ?? "provider");
}
