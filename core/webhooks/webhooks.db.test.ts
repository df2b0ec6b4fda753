import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { and, eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "#db/client.ts";
import { mail } from "#db/schema/mail.ts";
import { webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { allowPrivateNetworks } from "../accounts/change-terms.ts";
import type { Ctx } from "../frame/context.ts";
import { emit } from "../frame/outbox.ts";
import { workQueues } from "../frame/queue.ts";
import { parseNetworks } from "../rules/networks.ts";
import { retryDelaysSeconds } from "../rules/retry-schedule.ts";
import { guardedRequest } from "../runtime/guarded-request.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { pauseToken } from "../tokens/pause-token.ts";
import { createEndpoint } from "./create-endpoint.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { type DeliveryDesk, deliverWebhook } from "./deliver-webhook.ts";
import { editEndpoint, enableEndpoint } from "./edit-endpoint.ts";
import { EndpointPace } from "./endpoint-pace.ts";
import { fanOutAll } from "./fan-out.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { resendDelivery } from "./resend-delivery.ts";
import { rotateWebhookSecret } from "./rotate-webhook-secret.ts";
import { sendTestEvent } from "./send-test-event.ts";

type Received = { headers: IncomingHttpHeaders; body: string };
type Receiver = {
  url: string;
  received: Received[];
  answer: (status: number, headers?: Record<string, string>, text?: string) => void;
  close: () => void;
};

let test: TestDatabase;
let owner: Ctx;
let stranger: Ctx;
let admin: Ctx;
const servers: Server[] = [];

/** A real receiver on loopback that answers what it is told. */
async function receiver(delayMs = 0): Promise<Receiver> {
  const received: Received[] = [];
  let status = 200;
  let extra: Record<string, string> = {};
  let text: string | null = null;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      setTimeout(
        () => response.writeHead(status, extra).end(text === null ? `answer ${status}` : Buffer.from(text, "latin1")),
        delayMs,
      );
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const answer: Receiver["answer"] = (next, headers = {}, body) => {
    status = next;
    extra = headers;
    text = body ?? null;
  };
  return { url: `http://127.0.0.1:${port}/hook`, received, answer, close: () => server.close() };
}

const desk = (): DeliveryDesk => ({
  db: test.db,
  pace: new EndpointPace(),
  version: "1",
});
const stateOf = async (id: string) =>
  (await test.db.select().from(webhookDelivery).where(eq(webhookDelivery.id, id)))[0];
const endpointOf = async (id: string) =>
  (await test.db.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id)))[0];
const deliveriesTo = async (endpointId: string) => (await listDeliveries(owner, { endpointId })).deliveries;
const later = (seconds: number) => new Date(testNow.getTime() + seconds * 1_000);

beforeAll(async () => {
  vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
  test = await testDatabase();
  owner = await (await accountWith(test.db, "Northwind")).memberCtx("owner");
  stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
  admin = await staffCtx(test.db, "admin");
  // Their receivers are on this machine, as those of an account that staff allowed it to.
  for (const { actor } of [owner, stranger]) {
    if (!("accountId" in actor) || !actor.accountId) throw new Error("A member is of an account.");
    await allowPrivateNetworks(admin, { accountId: actor.accountId, reachesPrivateNetworks: true });
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const server of servers) server.close();
  await test.close();
});

describe("webhooks", () => {
  it("tell an endpoint of its account's events, signed so that an independent verifier agrees, and nobody else", async () => {
    const to = await receiver();
    const made = await createEndpoint(owner, { url: to.url });
    await createEndpoint(stranger, { url: to.url });
    const created = await createToken(owner, { name: "billing" });
    await fanOutAll(test.db, testNow);
    const [delivery] = await deliveriesTo(made.endpointId);
    if (!delivery) throw new Error("no delivery");
    // The verifier allows five minutes of difference.
    await deliverWebhook(desk(), delivery.id, new Date());
    expect(to.received).toHaveLength(1);
    const { headers, body } = to.received[0] ?? { headers: {}, body: "" };
    const verified = new Webhook(made.secret).verify(body, headers as Record<string, string>);
    expect(verified).toMatchObject({ type: "token.created", data: { tokenId: created.tokenId, name: "billing" } });
    expect(body).not.toContain(created.secret);
    expect(() => new Webhook(made.secret).verify(`${body} `, headers as Record<string, string>)).toThrow();
    expect(headers["webhook-id"]).toBe(delivery.id);
    const [logged] = await deliveriesTo(made.endpointId);
    expect(logged).toMatchObject({
      state: "delivered",
      attempts: 1,
      tries: [{ status: 200, answer: "", error: null }],
    });
    expect(JSON.stringify(logged?.tries)).not.toContain("v1,");
    await fanOutAll(test.db, testNow);
    expect(await deliveriesTo(made.endpointId)).toHaveLength(1);
  });

  it("sign with both secrets while one is being replaced, and with the new one alone afterwards", async () => {
    const to = await receiver();
    const made = await createEndpoint(owner, { url: to.url, events: ["token.paused"] });
    const rotated = await rotateWebhookSecret(
      { ...owner, now: new Date() },
      { endpointId: made.endpointId, overlapHours: 1 },
    );
    const test1 = await sendTestEvent(owner, { endpointId: made.endpointId });
    await deliverWebhook(desk(), test1.deliveryId, new Date());
    const first = to.received[0];
    for (const secret of [made.secret, rotated.secret]) {
      expect(new Webhook(secret).verify(first?.body ?? "", first?.headers as Record<string, string>)).toMatchObject({
        type: "webhook.test",
      });
    }
    await rotateWebhookSecret(owner, { endpointId: made.endpointId, overlapHours: 0 });
    const test2 = await sendTestEvent(owner, { endpointId: made.endpointId });
    await test.sql`update webhook_secret set retires_at = now() - interval '1 second' where endpoint_id = ${made.endpointId} and retires_at is not null`;
    await deliverWebhook(desk(), test2.deliveryId, new Date());
    const second = to.received[1];
    expect(() =>
      new Webhook(made.secret).verify(second?.body ?? "", second?.headers as Record<string, string>),
    ).toThrow();
    const [stored] = await test.sql`select string_agg(sealed, ' ') as sealed from webhook_secret`;
    expect(stored?.sealed).not.toContain("whsec_");
  });

  /** An endpoint that fails until it is switched off, and what was to be sent to it. */
  async function failingForDays() {
    const to = await receiver();
    to.answer(500);
    const { endpointId } = await createEndpoint(owner, { url: to.url, events: ["token.paused"] });
    const { deliveryId } = await sendTestEvent(owner, { endpointId });
    const other = await sendTestEvent(owner, { endpointId });
    const waits: number[] = [];
    let at = 0;
    for (const _try of retryDelaysSeconds) {
      await deliverWebhook(desk(), deliveryId, later(at));
      const next = (await stateOf(deliveryId))?.nextAttemptAt?.getTime() ?? 0;
      waits.push((next - later(at).getTime()) / 1_000);
      at += waits.at(-1) ?? 0;
    }
    await deliverWebhook(desk(), deliveryId, later(at));
    return { to, endpointId, deliveryId, otherId: other.deliveryId, waits, at };
  }

  it("are tried ten times over three days, each time after a longer wait", async () => {
    const { deliveryId, waits, at } = await failingForDays();
    for (const [index, delay] of retryDelaysSeconds.entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(delay);
      expect(waits[index]).toBeLessThanOrEqual(delay * 1.1 + 1);
    }
    expect(await stateOf(deliveryId)).toMatchObject({ state: "failed", attempts: 10 });
    expect(at).toBeGreaterThan(3 * 86_400);
  });

  it("switch an endpoint off that fails for days, skip what waits for it, and tell its owners once", async () => {
    const { endpointId, otherId, at } = await failingForDays();
    expect(await endpointOf(endpointId)).toMatchObject({ disabledReason: expect.stringContaining("ten attempts") });
    await deliverWebhook(desk(), otherId, later(at));
    expect(await stateOf(otherId)).toMatchObject({ state: "skipped" });
    const told = await test.db.select({ to: mail.toAddress }).from(mail).where(eq(mail.subjectId, endpointId));
    expect(told).toHaveLength(1);
  });

  it("are sent again once the endpoint is switched on", async () => {
    const { to, endpointId, deliveryId, at } = await failingForDays();
    to.answer(204);
    await expect(resendDelivery(owner, { deliveryId })).rejects.toMatchObject({ code: "conflict" });
    await enableEndpoint(owner, { endpointId });
    await resendDelivery(owner, { deliveryId });
    await deliverWebhook(desk(), deliveryId, later(at + 60));
    expect(await stateOf(deliveryId)).toMatchObject({ state: "delivered", attempts: 1 });
  });

  /** A test event to an endpoint that answers so. */
  async function answered(to: Receiver, status: number, headers: Record<string, string> = {}) {
    const { endpointId } = await createEndpoint(owner, { url: to.url, events: ["token.paused"] });
    to.answer(status, headers);
    const waiting = await sendTestEvent(owner, { endpointId });
    const { deliveryId } = await sendTestEvent(owner, { endpointId });
    await deliverWebhook(desk(), deliveryId, testNow);
    return { endpointId, deliveryId, waitingId: waiting.deliveryId };
  }

  it.each([
    [200, "OK\0", "delivered"],
    [500, "\x00\xff\xfeA", "waiting"],
  ])("count a try that is answered %s with what no text holds", async (status, text, state) => {
    const to = await receiver();
    to.answer(status, {}, text);
    // The provider's own: what a private network answers to an account is not kept at all.
    const { endpointId } = await createEndpoint(admin, { url: to.url });
    const { deliveryId } = await sendTestEvent(admin, { endpointId });
    await deliverWebhook(desk(), deliveryId, new Date());
    expect(await stateOf(deliveryId)).toMatchObject({ state, attempts: 1 });
    expect(to.received).toHaveLength(1);
  });

  it("follow no redirect", async () => {
    const [to, elsewhere] = [await receiver(), await receiver()];
    const { deliveryId } = await answered(to, 302, { location: elsewhere.url });
    expect(await stateOf(deliveryId)).toMatchObject({ state: "waiting", attempts: 1 });
    expect(elsewhere.received).toEqual([]);
  });

  it("give a receiver the time it asks for", async () => {
    const { deliveryId } = await answered(await receiver(), 429, { "retry-after": "3600" });
    expect((await stateOf(deliveryId))?.nextAttemptAt).toEqual(later(3_600));
  });

  it("stop at 410, and with them all that waits for the endpoint", async () => {
    const { endpointId, deliveryId, waitingId } = await answered(await receiver(), 410);
    expect((await endpointOf(endpointId))?.disabledReason).toContain("410");
    const { deliveries } = await listDeliveries(owner, { endpointId });
    expect(new Map(deliveries.map((one) => [one.id, [one.state, one.nextAttemptAt]]))).toEqual(
      new Map([
        [deliveryId, ["failed", null]],
        [waitingId, ["skipped", null]],
      ]),
    );
  });

  it("keep the order of one token's events while that is possible, and say so when it is not", async () => {
    const to = await receiver();
    const made = await createEndpoint(owner, { url: to.url, events: ["token.created", "token.paused"] });
    const { tokenId } = await createToken(owner, { name: "ordered" });
    await pauseToken(owner, { tokenId });
    await fanOutAll(test.db, testNow);
    const [paused, created] = await deliveriesTo(made.endpointId);
    if (!paused || !created) throw new Error("two deliveries");
    const [one, two] = paused.type === "token.paused" ? [created, paused] : [paused, created];
    await deliverWebhook(desk(), two.id, testNow);
    expect(to.received).toEqual([]);
    to.answer(500);
    for (let i = 0; i < 3; i += 1) await deliverWebhook(desk(), one.id, testNow);
    to.answer(200);
    await deliverWebhook(desk(), two.id, testNow);
    expect(to.received.at(-1)?.headers["gatehouse-out-of-order"]).toBe("true");
    expect(await stateOf(two.id)).toMatchObject({ state: "delivered", isOutOfOrder: true });
    await deliverWebhook(desk(), one.id, testNow);
    expect(await stateOf(one.id)).toMatchObject({ state: "delivered", isOutOfOrder: false });
  });

  it("reach a private network only for an account that staff allowed to, and for the provider", async () => {
    const account = await accountWith(test.db, "Curious");
    const curious = await account.memberCtx("owner");
    const to = await receiver();
    const refused = { code: "invalid", fields: { url: expect.stringMatching(/Use https|not a public address/) } };
    await expect(createEndpoint(curious, { url: to.url })).rejects.toMatchObject(refused);
    const allow = (reachesPrivateNetworks: boolean) =>
      allowPrivateNetworks(admin, { accountId: account.accountId, reachesPrivateNetworks });
    await allow(true);
    const { endpointId } = await createEndpoint(curious, { url: to.url });
    await allow(false);
    const { deliveryId } = await sendTestEvent(curious, { endpointId });
    await deliverWebhook(desk(), deliveryId, testNow);
    expect(to.received, "what was allowed once is not reached any more").toHaveLength(0);
    const own = await createEndpoint(admin, { url: to.url });
    const sent = await sendTestEvent(admin, { endpointId: own.endpointId });
    await deliverWebhook(desk(), sent.deliveryId, testNow);
    expect(to.received).toHaveLength(1);
    const [logged] = (await listDeliveries(admin, { endpointId: own.endpointId })).deliveries;
    expect(logged?.tries[0], "the provider reads what its own network answers").toMatchObject({ answer: "answer 200" });
    await deleteEndpoint(admin, { endpointId: own.endpointId });
  });

  it.each([
    ["http://hooks.example.com/x", "Use https"],
    ["http://127.0.0.1:8080/", "Use https"],
    ["https://127.0.0.1/", "not a public address"],
    ["https://LOCALHOST:9000/", "not a public address"],
    ["https://app.localhost/", "not a public address"],
    ["https://10.0.0.7/", "not a public address"],
    ["https://[fd00::1]/", "not a public address"],
    ["https://2130706433/", "not a public address"],
  ])("are not added, nor moved, to %s, which is never reached", async (url, why) => {
    const made = await createEndpoint(owner, { url: "https://hooks.example.com/x" });
    vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "");
    const refused = { code: "invalid", fields: { url: expect.stringContaining(why) } };
    await expect(createEndpoint(owner, { url })).rejects.toMatchObject(refused);
    await expect(editEndpoint(owner, { endpointId: made.endpointId, url })).rejects.toMatchObject(refused);
    vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
    await deleteEndpoint(owner, { endpointId: made.endpointId });
  });

  it("need one connection each, so that many that fail at once cannot wait for each other", async () => {
    const to = await receiver();
    to.answer(500);
    const made = await createEndpoint(owner, { url: to.url, events: ["token.created", "token.paused"] });
    const { tokenId } = await createToken(owner, { name: "failing" });
    await pauseToken(owner, { tokenId });
    await fanOutAll(test.db, testNow);
    const [first] = await test.db
      .select({ id: webhookDelivery.id })
      .from(webhookDelivery)
      .where(and(eq(webhookDelivery.endpointId, made.endpointId), eq(webhookDelivery.subjectId, tokenId)))
      .orderBy(webhookDelivery.eventId);
    const pool = openDatabase(test.url, { max: 1 });
    // The third failure also looks for the event that has waited for this one.
    for (let i = 0; i < 3; i += 1) await deliverWebhook({ ...desk(), db: pool.db }, first?.id ?? "", testNow);
    expect(await stateOf(first?.id ?? "")).toMatchObject({ state: "waiting", attempts: 3 });
    await pool.close();
  });

  it("reach public addresses only, whatever a name points to", async () => {
    const none = parseNetworks([]);
    for (const url of [
      "http://127.0.0.1:9/",
      "https://127.0.0.1:9/",
      "https://localhost:9/",
      "https://[::1]:9/",
      "https://[::ffff:10.0.0.1]/",
      "https://10.1.2.3/",
      "https://169.254.169.254/latest/meta-data",
      "https://192.168.0.1/",
      "https://0.0.0.0/",
      "http://example.com/",
    ]) {
      const sent = await guardedRequest(url, { method: "POST", headers: {}, body: "{}", timeoutMs: 15_000 }, none);
      expect(sent.status, url).toBeNull();
      expect(sent.error, url).toMatch(/not a public address|require https|EAI_AGAIN|ENOTFOUND/);
    }
  });

  it("belong to their account: a stranger sees and changes nothing", async () => {
    const to = await receiver();
    const { endpointId } = await createEndpoint(owner, { url: to.url });
    const url = "https://x.example.com";
    await expect(editEndpoint(stranger, { endpointId, url })).rejects.toMatchObject({ code: "not_found" });
    await expect(sendTestEvent(stranger, { endpointId })).rejects.toMatchObject({ code: "not_found" });
    expect((await listEndpoints(stranger, {})).map((row) => row.id)).not.toContain(endpointId);
    expect((await listDeliveries(stranger, { endpointId })).deliveries).toEqual([]);
  });

  it.each(["ftp://x.example.com", "javascript:alert(1)", "https://user:pass@x.example.com", "nonsense"])(
    "go to no such address as %s",
    async (url) => {
      await expect(createEndpoint(owner, { url })).rejects.toMatchObject({ code: "invalid" });
    },
  );

  it("tell accounts nothing of the desk's events", async () => {
    const to = await receiver();
    const made = await createEndpoint(owner, { url: to.url });
    const events = ["flag.opened" as const];
    await expect(createEndpoint(owner, { url: to.url, events })).rejects.toMatchObject({ code: "invalid" });
    const staffs = await createEndpoint(admin, { url: to.url, events });
    if (owner.actor.kind !== "member") throw new Error("member");
    await emit(owner, {
      ...{ type: "flag.opened", accountId: owner.actor.accountId, reach: "everyone" },
      payload: { flagId: crypto.randomUUID() },
    });
    await fanOutAll(test.db, testNow);
    expect((await listDeliveries(admin, { endpointId: staffs.endpointId })).deliveries).toHaveLength(1);
    expect((await deliveriesTo(made.endpointId)).map((row) => row.type)).not.toContain("flag.opened");
  });

  it("arrive each at least once through the queue, past a dead and a hanging receiver, when the worker is replaced midway", async () => {
    const [good, dead, hanging] = [await receiver(), await receiver(), await receiver(60_000)];
    dead.close();
    const events = ["token.changed"] as const;
    const made = await createEndpoint(owner, { url: good.url, events: [...events] });
    await createEndpoint(owner, { url: dead.url, events: [...events] });
    await createEndpoint(owner, { url: hanging.url, events: [...events] });
    const count = 300;
    if (owner.actor.kind !== "member") throw new Error("member");
    const { accountId } = owner.actor;
    await test.db.transaction(async (tx) => {
      for (let n = 0; n < count; n += 1)
        await emit(
          { ...owner, db: tx },
          { type: "token.changed", accountId, reach: "everyone", payload: { tokenId: `t${n % 7}`, n } },
        );
    });
    await fanOutAll(test.db, testNow);
    const work = () => {
      const own = desk();
      return workQueues(test.url, logger("test"), {
        "deliver-webhook": ({ data }, now) => deliverWebhook(own, data.deliveryId, now),
      });
    };
    const stopFirst = work();
    await expect.poll(() => good.received.length, { timeout: 20_000 }).toBeGreaterThan(20);
    await stopFirst();
    const stopSecond = work();
    const seen = () => new Set(good.received.map((one) => (JSON.parse(one.body) as { data: { n: number } }).data.n));
    await expect.poll(() => seen().size, { timeout: 60_000 }).toBe(count);
    await stopSecond();
    const perToken = new Map<string, number>();
    for (const { body, headers } of good.received) {
      const { data } = JSON.parse(body) as { data: { tokenId: string; n: number } };
      const before = perToken.get(data.tokenId) ?? -1;
      if (!headers["gatehouse-out-of-order"])
        expect(data.n, "in order per token, or marked, or a repetition").toBeGreaterThanOrEqual(before - 7);
      perToken.set(data.tokenId, Math.max(before, data.n));
    }
    const [summary] = (await listEndpoints(owner, { endpointId: made.endpointId })) ?? [];
    expect(summary).toMatchObject({ delivered: count, failed: 0, waiting: 0 });
  }, 120_000);
});
