import { once } from "node:events";
import { connect } from "node:net";
import { eq } from "drizzle-orm";
import { createTransport } from "nodemailer";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { outcome } from "#db/schema/gates.ts";
import { mail } from "#db/schema/mail.ts";
import { mailIntake } from "#db/schema/mail-intake.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { joinReport } from "../reports/join-report.ts";
import { listRefusedMail } from "../reports/list-refused-mail.ts";
import { getReport } from "../reports/list-reports.ts";
import { suggestAccounts } from "../reports/suggest-accounts.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import type { IntakeSettings } from "./intake-settings.ts";
import { parseMessage } from "./parse-message.ts";
import { smtpDoor } from "./smtp-door.ts";
import { takeMessage } from "./take-message.ts";
import { feedbackReport, nested, plainMail } from "./testing-mails.ts";

let test: TestDatabase;
let sol: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  sol = await staffCtx(test.db, "support", "Sol");
});
afterAll(() => test.close());

const settings: IntakeSettings = {
  trust: { senders: ["fbl.example.com"], authservId: "mx.provider.example" },
  ownAddresses: ["desk@provider.example", "abuse@provider.example"],
  ownHost: "access.provider.example",
};
const hour = 3_600_000;
let hours = 0;
/** Each test has hours of its own, since senders and mail to reporters are counted by the hour and the day. */
const laterHours = () => {
  hours += 30;
  return new Date(testNow.getTime() + hours * hour);
};

const intake = () => ({ db: test.db, parse: parseMessage, settings });
const take = (raw: Uint8Array, now: Date, door: "imap" | "smtp" = "imap") => takeMessage(intake(), { raw, door }, now);

async function reportBy(subject: string) {
  const [seen] = await test.db.select().from(mailIntake).where(eq(mailIntake.subject, subject));
  const [found] = await test.db
    .select()
    .from(report)
    .where(eq(report.id, seen?.reportId ?? crypto.randomUUID()));
  return found;
}
const complaintsOf = (accountId: string) => test.db.$count(outcome, eq(outcome.accountId, accountId));
const mailsTo = (address: string) => test.db.$count(mail, eq(mail.toAddress, address));
const message = (text: string) => `<${text}.${crypto.randomUUID()}@reader.example>`;

/** Said by the provider's own server, the topmost header. */
const proven = [
  "Authentication-Results: mx.provider.example; dkim=pass (2048-bit key) header.d=fbl.example.com; spf=none",
];

describe("a message to the report mailbox", () => {
  it("becomes one report, however often and by whichever door it comes, also when it comes by both at once", async () => {
    const now = laterHours();
    const raw = plainMail({ subject: "once only" });
    const both = await Promise.all([take(raw, now, "imap"), take(raw, now, "smtp")]);
    expect(both.map(({ state }) => state).sort()).toEqual(["repeated", "taken"]);
    expect(await take(raw, laterHours())).toEqual({ state: "repeated" });
    expect(await test.db.$count(report, eq(report.about, "once only"))).toBe(1);
    const made = await reportBy("once only");
    expect(made).toMatchObject({ kind: "abuse", state: "new", source: "mail", body: "They write to me uninvited." });
    expect(await getReport(sol, { reportId: made?.id ?? "" })).toMatchObject({
      ...{ maskedEmail: "r…@reader.example", reporterName: "Rita Reader", attachments: [] },
      mails: [{ subject: "Your report has arrived" }],
    });
  });

  it("that could not be stored is stored when it comes again, and not twice", async () => {
    const now = laterHours();
    const raw = plainMail({ subject: "killed midway" });
    // As when the worker is killed between reading and the commit: nothing of it is there.
    const broken = test.db.transaction(async (tx) => {
      await takeMessage({ ...intake(), db: tx as never }, { raw, door: "imap" }, now);
      throw new Error("killed");
    });
    await expect(broken).rejects.toThrow("killed");
    expect(await reportBy("killed midway")).toBeUndefined();
    expect(await take(raw, now)).toEqual({ state: "taken" });
    expect(await take(raw, now)).toEqual({ state: "repeated" });
    expect(await test.db.$count(report, eq(report.about, "killed midway"))).toBe(1);
  });

  it("that is refused is shown at the desk with the reason, once, and may be tried again", async () => {
    const now = laterHours();
    const before = (await listRefusedMail(sol, {})).length;
    const deep = nested(60);
    expect(await take(deep, now)).toEqual({ state: "refused", refusal: "too_deep" });
    await take(deep, now);
    const refused = await listRefusedMail(sol, {});
    expect(refused.length).toBe(before + 1);
    expect(refused[0]).toMatchObject({ refusal: "too_deep", door: "imap", sizeBytes: deep.length });
    const own = plainMail({ from: "Gatehouse <desk@provider.example>", subject: "from ourselves" });
    expect(await take(own, now)).toEqual({ state: "refused", refusal: "from_ourselves" });
    const forged = plainMail({ messageId: `<${crypto.randomUUID()}@access.provider.example>` });
    expect(await take(forged, now)).toEqual({ state: "refused", refusal: "from_ourselves" });
    const bounce = plainMail({ headers: ["Content-Type: multipart/report; report-type=delivery-status; boundary=x"] });
    expect(await take(bounce, now)).toEqual({ state: "refused", refusal: "delivery_report" });
    expect((await listRefusedMail(sol, {})).find(({ subject }) => subject === "from ourselves")?.maskedSender).toBe(
      "d…@provider.example",
    );
  });

  it("is the last that is taken of one sender after twenty in an hour; it becomes a report when it is tried an hour later", async () => {
    const now = laterHours();
    const one = () => plainMail({ from: "loud@loud.example", messageId: message("loud") });
    for (let i = 0; i < 20; i += 1) expect(await take(one(), now)).toEqual({ state: "taken" });
    const over = one();
    expect(await take(over, now)).toEqual({ state: "refused", refusal: "too_many_of_sender" });
    expect(await take(plainMail({ from: "calm@calm.example" }), now)).toEqual({ state: "taken" });
    expect(await take(over, new Date(now.getTime() + hour + 1))).toEqual({ state: "taken" });
  });
});

describe("an acknowledgement", () => {
  it("goes to whoever wrote by hand, once a day", async () => {
    const now = laterHours();
    for (let i = 0; i < 3; i += 1)
      await take(plainMail({ from: "Mia <mia@hand.example>", messageId: message("hand") }), now);
    expect(await mailsTo("mia@hand.example")).toBe(1);
  });

  it.each([
    ["Auto-Submitted: auto-replied"],
    ["Auto-Submitted: auto-generated; owner-email=x"],
    ["Precedence: bulk"],
    ["Precedence: list"],
    ["List-Id: <all.lists.example>"],
    ["X-Auto-Response-Suppress: All"],
    ["X-Loop: someone"],
    ["Return-Path: <>"],
    ["Return-Path: <MAILER-DAEMON@auto.example>"],
    ["Content-Type: multipart/report; boundary=x"],
  ])("is not sent where a program would answer it: %s", async (header) => {
    const to = `p${crypto.randomUUID().slice(0, 8)}@auto.example`;
    expect(await take(plainMail({ from: to, messageId: message("auto"), headers: [header] }), laterHours())).toEqual({
      state: "taken",
    });
    expect(await mailsTo(to)).toBe(0);
  });

  it("is not sent to who says to be nobody, nor where the envelope has no sender, nor twice to two programs that answer each other", async () => {
    const now = laterHours();
    await take(plainMail({ from: "no-reply@auto.example", messageId: message("none") }), now);
    expect(await mailsTo("no-reply@auto.example")).toBe(0);
    const raw = plainMail({ from: "null@auto.example", messageId: message("null") });
    await takeMessage(intake(), { raw, door: "smtp", returnPath: "" }, now);
    expect(await mailsTo("null@auto.example")).toBe(0);
    for (let i = 0; i < 5; i += 1)
      await take(
        plainMail({ from: "robot@auto.example", messageId: message("robot"), subject: "Re: Your report has arrived" }),
        now,
      );
    expect(await mailsTo("robot@auto.example")).toBe(1);
  });
});

describe("a feedback report", () => {
  const fromLoop = (mark: string, more: { headers?: string[]; subject?: string; incidents?: number } = {}) =>
    feedbackReport({
      from: "fbl@fbl.example.com",
      messageId: message("fbl"),
      reported: [mark],
      headers: more.headers ?? proven,
      report: more.incidents ? [`Incidents: ${more.incidents}`] : [],
    });

  it.each([
    ["X-Gatehouse-Account: {externalId}", "external id"],
    ["X-Gatehouse-Account: {accountId}", "account id"],
    ["X-Gatehouse-Token: {tokenId}", "token id"],
    ["Feedback-ID: campaign7:{externalId}:marketing:provider", "part of Feedback-ID"],
  ])("counts as a complaint of the account that %s names, if its sender is trusted and proven", async (mark) => {
    const { accountId, memberCtx } = await accountWith(test.db, "Complained Ltd");
    const externalId = `C-${crypto.randomUUID().slice(0, 8)}`;
    await test.db.update(account).set({ externalId }).where(eq(account.id, accountId));
    const { tokenId } = await createToken(await memberCtx("owner"), { name: "mailer", scopes: ["email:send"] });
    const filled = mark
      .replace("{externalId}", externalId)
      .replace("{accountId}", accountId)
      .replace("{tokenId}", tokenId);
    const raw = fromLoop(filled, { incidents: 3 });
    const now = laterHours();
    await take(raw, now);
    await take(raw, now);
    expect(await complaintsOf(accountId)).toBe(3);
    const [made] = await test.db.select().from(report).where(eq(report.accountId, accountId));
    expect(made).toMatchObject({
      source: "feedback_loop",
      complaints: 3,
      complaintsCountedAt: now,
      reporterEmail: null,
    });
    expect(made?.about).toBe("Feedback loop: abuse (FW: Earn money)");
    expect(made?.evidence).toContain(filled);
    // Adding it to the case counts nothing a second time.
    await joinReport({ ...sol, now }, { reportId: made?.id ?? "", version: 1, accountId, severity: 1 });
    expect(await complaintsOf(accountId)).toBe(3);
  });

  it.each([
    ["nobody vouches for", []],
    [
      "another server than ours vouches for",
      ["Authentication-Results: mx.evil.example; dkim=pass header.d=fbl.example.com"],
    ],
    ["did not pass", ["Authentication-Results: mx.provider.example; dkim=fail header.d=fbl.example.com"]],
    ["passed for another domain", ["Authentication-Results: mx.provider.example; dkim=pass header.d=evil.example"]],
    [
      "passed further down, where its sender could write it",
      [
        "Authentication-Results: mx.provider.example; dkim=none",
        "Authentication-Results: mx.provider.example; dkim=pass header.d=fbl.example.com",
      ],
    ],
  ])("whose sender %s counts when staff confirm the account, and not before", async (_, headers) => {
    const { accountId, slug } = await accountWith(test.db, "Unproven Ltd");
    await take(fromLoop(`X-Gatehouse-Account: ${slug}`, { headers }), laterHours());
    expect(await complaintsOf(accountId)).toBe(0);
    const [made] = await test.db.select().from(report).where(eq(report.accountId, accountId));
    const reportId = made?.id ?? "";
    expect(made).toMatchObject({ complaints: 1, complaintsCountedAt: null });
    expect(await suggestAccounts(sol, { reportId })).toMatchObject([]);
    await joinReport(sol, { reportId, version: 1, accountId, severity: 1 });
    expect(await complaintsOf(accountId)).toBe(1);
  });

  it("about nobody we know, or not about spam, counts against nobody", async () => {
    const { accountId, slug } = await accountWith(test.db, "Innocent Ltd");
    const raw = Buffer.from(
      fromLoop(`X-Gatehouse-Account: ${slug}`).toString().replace("Feedback-Type: abuse", "Feedback-Type: not-spam"),
    );
    await take(raw, laterHours());
    await take(fromLoop("X-Gatehouse-Account: nobody-knows-it"), laterHours());
    expect(await complaintsOf(accountId)).toBe(0);
  });

  it("a name of an account in what anybody wrote is no mark: it is a hint for staff", async () => {
    const { slug } = await accountWith(test.db, "Named By Hand Ltd");
    await take(plainMail({ subject: `${slug} is bad` }), laterHours());
    const made = await reportBy(`${slug} is bad`);
    expect(made?.accountId).toBeNull();
    expect(await suggestAccounts(sol, { reportId: made?.id ?? "" })).toMatchObject([{ slug }]);
  });
});

describe("the SMTP door", () => {
  const log = pino({ level: "silent" });
  const open = (over: Partial<Parameters<typeof smtpDoor>[0]> = {}) =>
    smtpDoor({ ...intake(), ...over }, { host: "127.0.0.1", port: 0, recipient: "abuse@provider.example" }, log);
  const sender = (port: number) => createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  const envelope = { from: "rita@reader.example", to: "abuse@provider.example" };

  it("takes mail for its one address, and answers when it is stored", async () => {
    const door = await open();
    await sender(door.port).sendMail({ envelope, raw: plainMail({ subject: "by the door" }) });
    expect(await reportBy("by the door")).toMatchObject({ source: "mail", reporterEmail: "rita@reader.example" });
    const toOther = sender(door.port).sendMail({
      envelope: { ...envelope, to: "ceo@provider.example" },
      raw: plainMail(),
    });
    await expect(toOther).rejects.toMatchObject({ responseCode: 550 });
    await door.close();
  });

  it("answers 451 to what could not be stored, so that it comes again; and 552 to what is too large", async () => {
    const door = await open({ parse: () => Promise.reject(new Error("away")) });
    const sent = sender(door.port).sendMail({ envelope, raw: plainMail() });
    await expect(sent).rejects.toMatchObject({ responseCode: 451 });
    const large = sender(door.port).sendMail({ envelope, raw: Buffer.alloc(11 * 1024 * 1024, "a\r\n") });
    await expect(large).rejects.toMatchObject({ responseCode: 552 });
    await door.close();
  });

  it("offers neither sign-in nor TLS", async () => {
    const door = await open();
    const socket = connect(door.port, "127.0.0.1");
    let said = "";
    socket.on("data", (part) => {
      said += part;
    });
    await once(socket, "data");
    socket.write("EHLO mx.provider.example\r\nAUTH PLAIN AGEAYg==\r\nSTARTTLS\r\nQUIT\r\n");
    await once(socket, "close");
    const lines = said.split("\r\n");
    expect(lines).toContain("250 SIZE 10485760");
    expect(lines.filter((line) => /^250[ -](AUTH|STARTTLS)/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("5"))).toHaveLength(2);
    await door.close();
  });
});
