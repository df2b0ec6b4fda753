import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { webhookAttempt, webhookDelivery, webhookEndpoint, webhookSecret } from "#db/schema/webhooks.ts";
import { reachableNetworks } from "../accounts/reachable-networks.ts";
import { unseal } from "../auth/seal.ts";
import { enqueue } from "../frame/queue.ts";
import { retryDelaySeconds } from "../rules/retry-schedule.ts";
import { storableText } from "../rules/storable-text.ts";
import { guardedRequest, type Sent } from "../runtime/guarded-request.ts";
import { secretPurpose } from "./create-endpoint.ts";
import { disableFailing } from "./disable-failing.ts";
import type { EndpointPace } from "./endpoint-pace.ts";
import { signWebhook } from "./sign.ts";

/** So many failed tries does an event wait for an earlier one of its subject; then it goes first and says so. */
const patientTries = 3;
const busyMs = 1_000;
const timeoutMs = 15_000;
/** One job goes on from event to event of a subject for so long; below the queue's own limit. */
const longestChainMs = 20_000;

export type DeliveryDesk = { db: Database; pace: EndpointPace; version: string };

/**
 * Tries one delivery, and while that goes well the next ones of the same subject, in the order of the events. What is delivered
 * or given up is left alone, so a job that runs twice does little harm; a worker that dies after the receiver's answer delivers
 * again, with the same `webhook-id`. A failed try puts the next one into the queue.
 */
export async function deliverWebhook(desk: DeliveryDesk, deliveryId: string, now: Date): Promise<void> {
  const { db, pace } = desk;
  const first = await read(db, deliveryId);
  if (!first) return;
  const subject = `${first.endpointId} ${first.subjectId}`;
  const later = (id: string, ms: number) =>
    enqueue(db, "deliver-webhook", { deliveryId: id }, { startAfter: new Date(now.getTime() + ms) });
  if (!pace.begin(subject)) return later(deliveryId, busyMs);
  try {
    const startedMs = performance.now();
    let current: Read | undefined = first;
    while (current) {
      const at = new Date(now.getTime() + (performance.now() - startedMs));
      const outcome = await tryOne(desk, current, at);
      if (typeof outcome === "number") return later(current.deliveryId, outcome);
      if (outcome === "stop") return;
      const next: Read | undefined = await nextOf(db, current);
      if (next && performance.now() - startedMs > longestChainMs) return later(next.deliveryId, 0);
      current = next;
    }
  } finally {
    pace.end(subject);
  }
}

/** `next` = go on with what follows; `stop` = something earlier or a failure holds it up; a number = ask again in so many ms. */
async function tryOne(desk: DeliveryDesk, delivery: Read, now: Date): Promise<"next" | "stop" | number> {
  const { db, pace } = desk;
  const { deliveryId, endpointId } = delivery;
  if (delivery.state !== "waiting") return "next";
  if (delivery.disabledAt) {
    await db.update(webhookDelivery).set({ state: "skipped" }).where(eq(webhookDelivery.id, deliveryId));
    return "next";
  }
  const before = await firstBefore(db, delivery);
  // The earlier one's job comes on to this one.
  if (before !== null && before.attempts < patientTries) return "stop";
  const waitMs = await pace.enter(endpointId, now.getTime());
  if (waitMs !== null) return waitMs;
  let isDelivered = false;
  try {
    const secrets = await liveSecrets(db, endpointId, now);
    const atSeconds = Math.floor(now.getTime() / 1000);
    const headers = {
      "content-type": "application/json",
      "user-agent": `Gatehouse/${desk.version} (webhooks)`,
      "webhook-id": deliveryId,
      "webhook-timestamp": String(atSeconds),
      ...(before === null ? {} : { "gatehouse-out-of-order": "true" }),
    };
    const signature = signWebhook(secrets, deliveryId, atSeconds, delivery.body);
    const signed = { ...headers, "webhook-signature": signature };
    const outgoing = { method: "POST", headers: signed, body: delivery.body, timeoutMs } as const;
    const sent = await guardedRequest(delivery.url, outgoing, await reachableNetworks(db, delivery.accountId));
    isDelivered = sent.status !== null && sent.status >= 200 && sent.status < 300;
    await settle(db, { ...delivery, isOutOfOrder: before !== null, headers }, sent, isDelivered, now);
  } finally {
    pace.leave(endpointId, isDelivered, Date.now());
  }
  return isDelivered ? "next" : "stop";
}

type Read = NonNullable<Awaited<ReturnType<typeof read>>>;

async function read(db: Queryable, deliveryId: string) {
  const [found] = await db
    .select({
      deliveryId: webhookDelivery.id,
      endpointId: webhookDelivery.endpointId,
      accountId: webhookEndpoint.accountId,
      eventId: webhookDelivery.eventId,
      subjectId: webhookDelivery.subjectId,
      body: webhookDelivery.body,
      state: webhookDelivery.state,
      attempts: webhookDelivery.attempts,
      url: webhookEndpoint.url,
      disabledAt: webhookEndpoint.disabledAt,
    })
    .from(webhookDelivery)
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
    .where(eq(webhookDelivery.id, deliveryId));
  return found;
}

type Place = { endpointId: string; eventId: number | null; subjectId: string };

/** The oldest earlier event of the same subject that this endpoint does not have yet. */
async function firstBefore(
  db: Database,
  { endpointId, eventId, subjectId }: Place,
): Promise<{ attempts: number } | null> {
  if (eventId === null) return null;
  const [earlier] = await db
    .select({ attempts: webhookDelivery.attempts })
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.endpointId, endpointId),
        eq(webhookDelivery.subjectId, subjectId),
        eq(webhookDelivery.state, "waiting"),
        lt(webhookDelivery.eventId, eventId),
      ),
    )
    .orderBy(asc(webhookDelivery.eventId))
    .limit(1);
  return earlier ?? null;
}

/** The next event of the same subject that has not been tried yet. */
async function nextOf(db: Queryable, { endpointId, eventId, subjectId }: Place): Promise<Read | undefined> {
  if (eventId === null) return undefined;
  const [next] = await db
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.endpointId, endpointId),
        eq(webhookDelivery.subjectId, subjectId),
        eq(webhookDelivery.state, "waiting"),
        isNull(webhookDelivery.nextAttemptAt),
        gt(webhookDelivery.eventId, eventId),
      ),
    )
    .orderBy(asc(webhookDelivery.eventId))
    .limit(1);
  return next && read(db, next.id);
}

/** The current secret, and the old one while it is being replaced. */
async function liveSecrets(db: Database, endpointId: string, now: Date): Promise<string[]> {
  const rows = await db
    .select({ sealed: webhookSecret.sealed })
    .from(webhookSecret)
    .where(
      and(
        eq(webhookSecret.endpointId, endpointId),
        or(isNull(webhookSecret.retiresAt), gt(webhookSecret.retiresAt, now)),
      ),
    )
    .orderBy(asc(webhookSecret.createdAt));
  return rows.map((row) => unseal(secretPurpose, endpointId, row.sealed));
}

type Tried = Read & { isOutOfOrder: boolean; headers: Record<string, string> };

async function settle(db: Database, tried: Tried, sent: Sent, isDelivered: boolean, now: Date): Promise<void> {
  const { deliveryId, endpointId, isOutOfOrder, headers } = tried;
  const attempts = tried.attempts + 1;
  await db.transaction(async (tx) => {
    const { status, durationMs } = sent;
    const error = sent.error === null ? null : storableText(sent.error);
    // What a private network says is not for a log that an account reads.
    const answer = sent.isPrivate && tried.accountId !== null ? "" : storableText(sent.answer);
    await tx
      .insert(webhookAttempt)
      .values({ deliveryId, at: now, status, answer, error, durationMs, requestHeaders: headers });
    const set = (change: Partial<typeof webhookDelivery.$inferInsert>) =>
      tx
        .update(webhookDelivery)
        .set({ attempts, isOutOfOrder, ...change })
        .where(eq(webhookDelivery.id, deliveryId));
    if (isDelivered) return set({ state: "delivered", deliveredAt: now, nextAttemptAt: null });
    const delay = status === 410 ? null : retryDelaySeconds(attempts, Math.random(), sent.retryAfterSeconds);
    if (delay === null) {
      await set({ state: "failed", nextAttemptAt: null });
      return disableFailing(tx, endpointId, status === 410 ? "gone" : "exhausted", now);
    }
    const nextAttemptAt = new Date(now.getTime() + delay * 1_000);
    await set({ nextAttemptAt });
    await enqueue(tx, "deliver-webhook", { deliveryId }, { startAfter: nextAttemptAt });
    // Those that have waited for it wait no longer.
    const next = attempts === patientTries ? await nextOf(tx, tried) : undefined;
    if (next) await enqueue(tx, "deliver-webhook", { deliveryId: next.deliveryId });
  });
}
