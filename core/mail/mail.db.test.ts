import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { workQueues } from "../frame/queue.ts";
import { logger } from "../runtime/log.ts";
import { staffCtx } from "../testing.ts";
import { deliverMail, emptyEndedSecrets } from "./deliver-mail.ts";
import { listUndeliveredMail } from "./list-undelivered-mail.ts";
import { queueMail } from "./queue-mail.ts";
import { requeueStranded } from "./requeue-stranded.ts";
import { resendFailedMail, resendMail } from "./resend-mail.ts";
import { smtpTransport, type Transport } from "./transport.ts";

let database: TestDatabase;
let server: SMTPServer;
let transport: Transport;
const received: string[] = [];
/** What the server answers to the next message; null = takes it. */
let refusal: { responseCode: number; message: string } | null = null;

beforeAll(async () => {
  database = await testDatabase();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, answer) => {
      let text = "";
      stream.on("data", (part: Buffer) => {
        text += part.toString("utf8").replaceAll("\r\n", "\n");
      });
      stream.on("end", () => {
        if (refusal) return answer(Object.assign(new Error(refusal.message), refusal));
        received.push(text);
        answer(null);
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  transport = smtpTransport(`smtp://127.0.0.1:${port}`, "Gatehouse <desk@example.com>");
});

afterAll(async () => {
  transport.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await database.close();
});

const now = new Date("2026-03-04T12:00:00Z");
const ctx = () => jobCtx(database.db, "test", now);
const content = {
  subject: "80 % of your quota\r\nBcc: everybody@example.com",
  paragraphs: ["You have used <b>800</b> of 1,000 requests."],
  facts: [["Resets", "00:00 UTC"]] as [string, string][],
  link: { label: "See usage", url: "https://desk.example.com/a/acme/usage?x=1&y=2" },
  footer: "You get this as an owner of Acme.",
};
const write = (more: Partial<Parameters<typeof queueMail>[1]> = {}) =>
  queueMail(ctx(), { kind: "test", to: { address: "ada@example.com", userId: null }, content, ...more });
const stateOf = async (id: string) => (await database.db.select().from(mail).where(eq(mail.id, id)))[0];
const deliver = (mailId: string, isLastTry = false, through: Transport | null = transport) =>
  deliverMail(database.db, through, "desk.example.com", { mailId, isLastTry }, now);

describe("mail", () => {
  it("reaches a real SMTP server as text and HTML, with an id of its own", async () => {
    const id = await write();
    await deliver(id);
    const message = received.at(-1) ?? "";
    expect(message).toContain(`Message-ID: <${id}@desk.example.com>`);
    expect(message).toContain("From: Gatehouse <desk@example.com>");
    expect(message).toContain("To: ada@example.com");
    expect(message).toContain("text/plain");
    expect(await stateOf(id)).toMatchObject({ state: "sent", attempts: 1, sentAt: now, lastError: null });
  });

  it("carries nothing that a name could inject, neither a header nor a tag", async () => {
    await deliver(await write());
    const message = received.at(-1) ?? "";
    expect(message.slice(0, message.indexOf("\n\n"))).not.toMatch(/^Bcc:/im);
    expect(message).toContain("&lt;b&gt;800&lt;/b&gt;");
  });

  it("is sent once although its job runs twice", async () => {
    const id = await write();
    const before = received.length;
    await deliver(id);
    await deliver(id);
    expect(received.length).toBe(before + 1);
  });

  it("is tried again after a passing failure and given up after a refusal or the last try", async () => {
    refusal = { responseCode: 451, message: "Greylisted, come back" };
    const passing = await write();
    await expect(deliver(passing)).rejects.toThrow("Greylisted");
    expect(await stateOf(passing)).toMatchObject({
      state: "waiting",
      lastError: expect.stringContaining("Greylisted"),
    });
    await deliver(passing, true);
    expect(await stateOf(passing)).toMatchObject({ state: "failed", attempts: 2 });

    refusal = { responseCode: 550, message: "No such mailbox" };
    const refused = await write();
    await deliver(refused);
    expect(await stateOf(refused)).toMatchObject({ state: "failed", attempts: 1 });
    refusal = null;
  });

  it("is kept for the screen where there is no mail server", async () => {
    const id = await write();
    await deliver(id, false, null);
    expect(await stateOf(id)).toMatchObject({ state: "kept", lastError: "No mail server is configured." });
  });

  it("forgets a one-time link when it is delivered, and when its time is over", async () => {
    const delivered = await write({ secretUntil: new Date("2026-03-04T13:00:00Z") });
    await deliver(delivered);
    expect(received.at(-1)).toContain("See usage");
    expect(await stateOf(delivered)).toMatchObject({ state: "sent", textBody: null, htmlBody: null });

    const ended = await write({ secretUntil: new Date("2026-03-04T11:00:00Z") });
    await emptyEndedSecrets(database.db, now);
    const before = received.length;
    await deliver(ended);
    expect(received.length).toBe(before);
    expect(await stateOf(ended)).toMatchObject({ state: "failed", textBody: null });
  });

  it("gets a new job when its last try ended with its worker, and only then", async () => {
    const id = await write();
    const later = new Date(now.getTime() + 3_600_000);
    const jobsOf = () => database.sql`select state from pgboss.job where data ->> 'mailId' = ${id}`;
    expect(await requeueStranded(database.db, later)).toBe(0);
    await database.sql`update pgboss.job set state = 'failed' where data ->> 'mailId' = ${id}`;
    expect(await requeueStranded(database.db, now)).toBe(0);
    expect(await requeueStranded(database.db, later)).toBe(1);
    expect((await jobsOf()).map((job) => job.state).sort()).toEqual(["created", "failed"]);
    await deliver(id);
    expect(await requeueStranded(database.db, later)).toBe(0);
  });

  it("does not exist when its cause is rolled back, and else is delivered by the queue", async () => {
    const [before] = await database.sql`select count(*)::int as jobs from pgboss.job`;
    await expect(
      database.db.transaction(async (tx) => {
        await queueMail(jobCtx(tx, "test", now), {
          kind: "test",
          to: { address: "a@example.com", userId: null },
          content,
        });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    const [after] = await database.sql`select count(*)::int as jobs from pgboss.job`;
    expect(after?.jobs).toBe(before?.jobs);

    const [person] = await database.db
      .insert(user)
      .values({ email: "ada@example.com", name: "Ada" })
      .returning({ id: user.id });
    const ids = await Promise.all(
      Array.from({ length: 60 }, () => write({ to: { address: "ada@example.com", userId: person?.id ?? null } })),
    );
    const tries = new Map<string, number>();
    const stop = workQueues(database.url, logger("test"), {
      "mail-notice": () => Promise.resolve(),
      "deliver-mail": async ({ data, isLastTry }, at) => {
        tries.set(data.mailId, (tries.get(data.mailId) ?? 0) + 1);
        await deliverMail(database.db, transport, "desk.example.com", { ...data, isLastTry }, at);
      },
    });
    await expect
      .poll(async () => (await Promise.all(ids.map(stateOf))).filter((one) => one?.state === "sent").length, {
        timeout: 20_000,
      })
      .toBe(60);
    await stop();
    expect(ids.map((id) => tries.get(id))).toEqual(ids.map(() => 1));
  });

  it("is sent again on request with the same id, and not when it arrived or its link is over", async () => {
    const support = await staffCtx(database.db, "support", "Sam", now);
    refusal = { responseCode: 550, message: "no such user" };
    const failed = await write();
    await deliver(failed);
    const over = await write({ secretUntil: new Date(now.getTime() - 1) });
    await deliver(over);
    refusal = null;
    const arrived = await write();
    await deliver(arrived);
    for (const mailId of [over, arrived])
      await expect(resendMail(support, { mailId })).rejects.toMatchObject({ code: "conflict" });

    await resendMail(support, { mailId: failed });
    expect(await stateOf(failed)).toMatchObject({
      state: "waiting",
      lastError: expect.stringContaining("no such user"),
    });
    expect((await listUndeliveredMail(support, {})).map((one) => one.id)).toContain(failed);
    const before = received.length;
    await deliver(failed);
    expect(await stateOf(failed)).toMatchObject({ state: "sent", lastError: null });
    expect(received.slice(before).join("")).toContain(`<${failed}@`);
  });

  it("that failed is sent again all at once, each once, but for ended links", async () => {
    const support = await staffCtx(database.db, "support", "Sue", now);
    // What earlier tests left.
    await resendFailedMail(support, {});
    refusal = { responseCode: 550, message: "closed" };
    const failed = [await write(), await write()];
    for (const id of failed) await deliver(id);
    refusal = null;
    expect(await resendFailedMail(support, {})).toEqual({ resent: 2 });
    expect(await resendFailedMail(support, {})).toEqual({ resent: 0 });
    for (const id of failed) expect((await stateOf(id))?.state).toBe("waiting");
  });
});
