import { randomBytes } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { report } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { accountDomain } from "#db/schema/identity.ts";
import { mail } from "#db/schema/mail.ts";
import { refusal, refusalReceipt } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import * as deskWords from "#words/desk.ts";
import { getCase } from "../cases/get-case.ts";
import type { Ctx } from "../frame/context.ts";
import { actorUserId } from "../frame/context.ts";
import { deliverMail } from "../mail/deliver-mail.ts";
import { newReceipt, receiptHex } from "../rules/limits/receipt.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { closeReport } from "./close-report.ts";
import { joinReport } from "./join-report.ts";
import { getReport, listCaseReports } from "./list-reports.ts";
import { submitReport } from "./submit-report.ts";
import { suggestAccounts } from "./suggest-accounts.ts";

let test: TestDatabase;
let sol: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.sql`select ensure_usage_partitions(${testNow}::timestamptz, ${testNow}::timestamptz)`;
  sol = await staffCtx(test.db, "support", "Sol");
});
afterAll(() => test.close());

const hourMs = 3_600_000;
let host = 0;
/** Each from a network of their own. Every test has hours of its own, since mail to reporters is counted by the hour. */
const visitor = (now: Date): Ctx => {
  host += 1;
  return { ...ctxOf(test.db, { kind: "visitor" }, now), ip: `198.51.${Math.floor(host / 250)}.${host % 250}` };
};
const hours = (n: number) => new Date(testNow.getTime() + n * hourMs);
const words = { kind: "abuse" as const, about: "a sender", body: "They send spam to our whole office." };

const sentTo = (address: string) => test.db.select().from(mail).where(eq(mail.toAddress, address));

describe("who reports", () => {
  it("is written that it has arrived, without a word of what they wrote, and staff see how far that mail is", async () => {
    const { reportId } = await submitReport(visitor(hours(0)), {
      ...{ ...words, about: "BUY PILLS at pills.example", body: "BUY PILLS at pills.example now." },
      reporterName: "BUY PILLS",
      reporterEmail: "rita@one.example",
    });
    const [sent] = await sentTo("rita@one.example");
    expect(sent).toMatchObject({ kind: "report_acknowledged", subjectId: reportId, accountId: null, state: "waiting" });
    expect(`${sent?.subject} ${sent?.textBody} ${sent?.htmlBody}`).not.toMatch(/pills/i);
    await deliverMail(test.db, null, "gatehouse.example", { mailId: sent?.id ?? "", isLastTry: true }, hours(0));
    expect(await getReport(sol, { reportId })).toMatchObject({
      maskedEmail: "r…@one.example",
      mails: [{ subject: "Your report has arrived", state: "kept" }],
    });
  });

  it("gets the answer that staff give when they close it, once, with its delivery beside the report", async () => {
    const { reportId } = await submitReport(visitor(hours(30)), { ...words, reporterEmail: "ruth@two.example" });
    const now = { ...sol, now: hours(31) };
    await closeReport(now, { reportId, version: 1, outcome: "Throttled Northwind for a day.", answer: "acted" });
    const again = closeReport(now, { reportId, version: 2, outcome: "Again.", answer: "acted" });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    const sent = await sentTo("ruth@two.example");
    expect(sent.map(({ kind }) => kind).sort()).toEqual(["report_acknowledged", "report_answered"]);
    const answer = sent.find(({ kind }) => kind === "report_answered");
    expect(answer?.textBody).toContain(deskWords.reportAnswers.acted.text.split("\n\n")[1]);
    expect(answer?.textBody).not.toMatch(/Northwind|Throttled/);
    expect(await getReport(sol, { reportId })).toMatchObject({
      ...{ state: "closed", outcome: "Throttled Northwind for a day.", answer: deskWords.reportAnswers.acted.text },
      answeredAt: hours(31),
      mails: [{ subject: "Your report has arrived" }, { subject: "About your report", state: "waiting" }],
    });
  });

  it("is answered in words that staff have edited, and these never say whose account it was", async () => {
    const { accountId, slug } = await accountWith(test.db, "Named Ltd");
    await test.db.update(account).set({ externalId: "cust-77" }).where(eq(account.id, accountId));
    const { reportId } = await submitReport(visitor(hours(60)), { ...words, reporterEmail: "rosa@three.example" });
    const now = { ...sol, now: hours(60) };
    await joinReport(now, { reportId, version: 1, accountId, severity: 2 });
    const close = (answerText: string) =>
      closeReport(now, { reportId, version: 2, outcome: "Suspended.", answer: "acted", answerText });
    for (const text of ["We suspended named ltd.", `Account ${slug} is stopped.`, "It was cust-77 who did it."])
      await expect(close(text)).rejects.toMatchObject({ fields: { answerText: expect.stringContaining("Leave out") } });
    await close("We looked into it. Thank you.\n\nSol");
    const [answer] = await test.db
      .select()
      .from(mail)
      .where(and(eq(mail.subjectId, reportId), eq(mail.kind, "report_answered")));
    expect(answer?.textBody).toMatch(/^We looked into it\. Thank you\.\n\nSol\n\n/);
  });

  it("without an address is not answered, and staff are told so", async () => {
    const { reportId } = await submitReport(visitor(hours(61)), words);
    await expect(closeReport(sol, { reportId, version: 1, outcome: "Done.", answer: "acted" })).rejects.toMatchObject({
      fields: { answer: expect.stringContaining("left no address") },
    });
    await closeReport(sol, { reportId, version: 1, outcome: "Done." });
    expect((await getReport(sol, { reportId })).mails).toEqual([]);
  });
});

describe("a form that anybody can fill in does not send mail to strangers in quantity", () => {
  const acknowledged = (addresses: readonly string[]) =>
    test.db
      .select({ to: mail.toAddress })
      .from(mail)
      .where(and(eq(mail.kind, "report_acknowledged"), inArray(mail.toAddress, [...addresses])));

  async function reportFrom(addresses: readonly string[], now: Date, from = () => visitor(now)) {
    for (const reporterEmail of addresses) await submitReport(from(), { ...words, reporterEmail });
    return (await acknowledged(addresses)).length;
  }

  it("one message a day to one mailbox, however it is written", async () => {
    const ways = ["v.ic.tim@gmail.com", "victim@gmail.com", "victim+1@gmail.com", "VICTIM+2@gmail.com"];
    expect(await reportFrom(ways, hours(100))).toBe(1);
    expect(await reportFrom(["victim+3@gmail.com"], hours(123))).toBe(0);
    expect(await reportFrom(["victim+4@gmail.com"], hours(125))).toBe(1);
  });

  it("ten an hour to one domain and all below it", async () => {
    const all = Array.from({ length: 14 }, (_, i) => `p${i}@mx${i}.office.example.co.uk`);
    expect(await reportFrom(all, hours(200))).toBe(10);
  });

  it("five an hour from one network", async () => {
    const now = hours(300);
    const ctx = visitor(now);
    const all = Array.from({ length: 8 }, (_, i) => `q@stranger${i}.example`);
    expect(await reportFrom(all, now, () => ctx)).toBe(5);
  });

  it("sixty an hour to all, also when they come at once, and each report is kept all the same", async () => {
    const now = hours(400);
    const all = Array.from({ length: 70 }, (_, i) => `r@other${i}.example`);
    await Promise.all(all.map((reporterEmail) => submitReport(visitor(now), { ...words, reporterEmail })));
    expect((await acknowledged(all)).length).toBe(60);
    expect(await test.db.$count(report, inArray(report.reporterEmail, all))).toBe(70);
  });

  it("five answers a day to one mailbox; the sixth is refused in words, and the report stays open", async () => {
    const now = hours(500);
    for (let i = 0; i < 6; i += 1) {
      const { reportId } = await submitReport(visitor(now), { ...words, reporterEmail: `same+${i}@six.example` });
      const close = closeReport({ ...sol, now }, { reportId, version: 1, outcome: "Done.", answer: "no_violation" });
      if (i < 5) await close;
      else {
        await expect(close).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("At most 5") });
        expect(await getReport(sol, { reportId })).toMatchObject({ state: "new", answer: null });
      }
    }
  });
});

describe("the account a report is about", () => {
  async function reported(about: string, body = words.body): Promise<string> {
    return (await submitReport(visitor(hours(600)), { ...words, about, body })).reportId;
  }

  it("is suggested by receipt, kept whole or not, address, external id, token and domain, the surest first", async () => {
    const { accountId, slug, memberCtx } = await accountWith(test.db, "Suggested Ltd");
    const other = await accountWith(test.db, "Other Ltd");
    await test.db.update(account).set({ externalId: "C-4711" }).where(eq(account.id, accountId));
    const owner = await memberCtx("owner");
    const { tokenId, preview } = await createToken(owner, { name: "mailer", scopes: ["email:send"] });
    await test.db.insert(accountDomain).values({
      ...{ accountId, domain: "suggested.example", challenge: "c", provenAt: testNow },
    });
    const [whole, compact] = [0, 1].map(() => newReceipt(testNow.getTime(), randomBytes)) as [string, string];
    const facts = { accountId, tokenId, endpointId: 1, surface: "http" as const, code: "rate_limited", gateId: "g" };
    await test.db.insert(refusal).values({ ...facts, at: testNow, receipt: whole });
    await test.db.insert(refusalReceipt).values({
      ...facts,
      at: new Date(Math.floor(testNow.getTime() / 60_000) * 60_000),
      receipts: Buffer.from(receiptHex(compact) ?? "", "hex"),
    });
    const found = async (about: string, body?: string) => {
      const rows = await suggestAccounts(sol, { reportId: await reported(about, body) });
      return rows.map((row) => [row.accountId, row.kind]);
    };
    expect(await found(`receipt ${whole}`)).toEqual([[accountId, "receipt"]]);
    expect(await found(`receipt ${compact}`)).toEqual([[accountId, "receipt"]]);
    expect(await found(slug)).toEqual([[accountId, "account"]]);
    expect(await found("customer C-4711")).toEqual([[accountId, "account"]]);
    expect(await found(`token ${tokenId}`)).toEqual([[accountId, "token"]]);
    expect(await found(`token ${preview}`)).toEqual([[accountId, "token_ending"]]);
    expect(await found("mail", "It came from news@shop.suggested.example today.")).toEqual([[accountId, "domain"]]);
    await test.db.insert(accountDomain).values({
      ...{ accountId, domain: "suggested.co.uk", challenge: "c", provenAt: testNow },
    });
    expect(await found("mail", "It came from news@shop.suggested.co.uk today.")).toEqual([[accountId, "domain"]]);
    // Strangers have their addresses there side by side.
    await test.db
      .update(user)
      .set({ email: "sam.suggested@proton.me" })
      .where(eq(user.id, actorUserId(owner.actor) ?? ""));
    expect(await found("mail", "It came from spammer@proton.me today.")).toEqual([]);
    expect(await found(other.slug, `It came from suggested.example, ${whole}.`)).toEqual([
      [accountId, "receipt"],
      [other.accountId, "account"],
    ]);
    // Nobody is suggested by a word in the text, nor by what thousands share.
    expect(await found("a mail", `I think it was ${slug}, or somebody at gmail.com or example.com.`)).toEqual([]);
  });

  it("is confirmed by a person: what names one account is taken, a hint is refused with the account it leads to", async () => {
    const { accountId, slug, memberCtx } = await accountWith(test.db, "Confirmed Ltd");
    const { preview } = await createToken(await memberCtx("owner"), { name: "mailer", scopes: ["email:send"] });
    const reportId = await reported("somebody");
    const join = (clue: string) => joinReport(sol, { reportId, version: 1, clue, severity: 1 });
    await expect(join(preview)).rejects.toMatchObject({
      fields: { clue: expect.stringContaining(`Confirmed Ltd (${slug})`) },
    });
    await expect(join("nobody-knows-it")).rejects.toMatchObject({ fields: { clue: expect.any(String) } });
    expect(await join(slug)).toMatchObject({ accountId });
  });

  it("has the whole text of the report in its case, until it is closed and after", async () => {
    const { accountId } = await accountWith(test.db, "In Case Ltd");
    const body = `It began at 04:12.\n${"More of the same. ".repeat(100)}`;
    const reportId = await reported("somebody", body);
    const { caseId } = await joinReport(sol, { reportId, version: 1, accountId, severity: 3 });
    if (!caseId) throw new Error("no case");
    expect(await listCaseReports(sol, { caseId })).toMatchObject([{ id: reportId, body: body.trim() }]);
    await closeReport(sol, { reportId, version: 2, outcome: "Suspended for a week." });
    expect(await listCaseReports(sol, { caseId })).toMatchObject([{ id: reportId, state: "closed" }]);
    const { timeline } = await getCase(sol, { caseId });
    expect(timeline.map(({ type }) => type)).toEqual(expect.arrayContaining(["report.joined", "report.closed"]));
  });
});
