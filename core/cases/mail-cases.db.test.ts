import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { abuseCase } from "#db/schema/abuse.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { setMyCaseMail } from "../staff/my-case-mail.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { claimCase } from "./claim-case.ts";
import { mailCases } from "./mail-cases.ts";

let test: TestDatabase;
let mia: Ctx;
let sol: Ctx;
const minutes = (n: number) => new Date(testNow.getTime() + n * 60_000);
const run = (n: number) =>
  mailCases(jobCtx(test.db, "Gatehouse", minutes(n)), { publicUrl: "https://desk.example.com" });
const subjectsTo = async (ctx: Ctx) => {
  const userId = ctx.actor.kind === "staff" ? ctx.actor.userId : "";
  const rows = await test.db.select({ subject: mail.subject }).from(mail).where(eq(mail.userId, userId));
  return rows.map((row) => row.subject);
};

async function signal(accountId: string, n: number) {
  await recordSignals(jobCtx(test.db, "Detectors", minutes(n)), { accountId, signals: [probingSignal(accountId)] });
}

beforeAll(async () => {
  test = await testDatabase();
  mia = await staffCtx(test.db, "reviewer", "Mia");
  sol = await staffCtx(test.db, "support", "Sol");
});
afterAll(() => test.close());

describe("mail to staff about cases", () => {
  it("goes only to who asked for it, after five minutes, all that is due in one message, and not twice", async () => {
    const [one, two] = [await accountWith(test.db, "One Ltd"), await accountWith(test.db, "Two Ltd")];
    await signal(one.accountId, 0);
    await signal(two.accountId, 1);
    expect(await run(10)).toEqual({ mails: 0, cases: 0 });
    await setMyCaseMail(mia, { mailsCases: true });
    expect(await run(3)).toEqual({ mails: 0, cases: 0 });
    expect(await run(10)).toEqual({ mails: 1, cases: 2 });
    expect(await run(11)).toEqual({ mails: 0, cases: 0 });
    expect(await subjectsTo(mia)).toEqual(["2 cases are waiting"]);
    expect(await subjectsTo(sol)).toEqual([]);
  });

  it("tells of a case that goes on after fifteen minutes, and then only who holds it", async () => {
    await setMyCaseMail(sol, { mailsCases: true });
    const [held] = await test.db.select({ id: abuseCase.id, accountId: abuseCase.accountId }).from(abuseCase).limit(1);
    await claimCase({ ...sol, now: minutes(12) }, { caseId: held?.id ?? "", version: 1 });
    await signal(held?.accountId ?? "", 13);
    expect(await run(20)).toEqual({ mails: 0, cases: 0 });
    expect(await run(26)).toEqual({ mails: 1, cases: 1 });
    expect(await subjectsTo(sol)).toEqual([expect.stringMatching(/^Case .+: ongoing$/)]);
  });

  it("reminds after a day of the one nobody has taken", async () => {
    expect(await run(24 * 60 + 11)).toEqual({ mails: 2, cases: 1 });
    expect((await subjectsTo(mia)).at(-1)).toMatch(/waiting for a day/);
  });
});
