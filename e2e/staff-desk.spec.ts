import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { jobCtx } from "#core/frame/context.ts";
import { queueMail } from "#core/mail/queue-mail.ts";
import { action } from "#db/schema/enforcement.ts";
import { gate, standingConfirmation } from "#db/schema/gates.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { makeCase } from "./make-case.ts";
import { ownGatehouse } from "./own-gatehouse.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** What all of the staff see at once: an alarm on every desk, and the mail of everybody. */

const received: string[] = [];
let takesMail = false;
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onRcptTo: ({ address }, _session, answer) => {
    if (!takesMail) return answer(Object.assign(new Error("Mailbox is full"), { responseCode: 552 }));
    received.push(address);
    answer();
  },
  onData: (stream, _session, answer) => stream.resume().once("end", () => answer(null)),
});

ownGatehouse(async () => {
  const port = await new Promise<number>((resolve) => {
    const { server } = mailServer;
    mailServer.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  return { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Gatehouse <desk@example.com>" };
});
test.afterAll(() => new Promise<void>((resolve) => mailServer.close(resolve)));

async function clean(page: Page) {
  expect(await accessibilityFaults(page)).toEqual([]);
}

/** A gate that is heard of and hears nothing: it is live, so it is waited for. */
function deafGate(id: string, uncountedSince: Date | null = null) {
  const heartbeat = async () => {
    const lastSeenAt = new Date();
    await database()
      .db.insert(gate)
      .values({ id, pid: 1, startedAt: new Date(Date.now() - 3_600_000), lastSeenAt, uncountedSince })
      .onConflictDoUpdate({ target: gate.id, set: { lastSeenAt } });
  };
  const timer = setInterval(() => void heartbeat(), 1_000);
  return { started: heartbeat(), stop: () => clearInterval(timer) };
}

test("a live gate that does not count its decisions is an alarm on the desk and among the gates, until it counts", async ({
  page,
  context,
}) => {
  const lead = await makePerson("Cora Counts");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  const stalled = deafGate("gate-stalled", new Date(Date.now() - 300_000));
  try {
    await stalled.started;
    const alarm = page.getByText("gate-stalled does not count decisions.");
    await page.goto("/staff");
    await expect(alarm).toBeVisible();
    await page.goto("/staff/gates");
    await expect(alarm).toBeVisible();
    await database().db.update(gate).set({ uncountedSince: null }).where(eq(gate.id, "gate-stalled"));
    await expect(alarm).toBeHidden();
  } finally {
    stalled.stop();
  }
});

test("a live gate that does not confirm is an alarm on the desk, among the gates and in the case, until it confirms", async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  const lead = await makePerson("Lou Lead");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  const account = await makeCase("Still Calling Ltd");
  const deaf = deafGate("gate-deaf");
  try {
    await deaf.started;
    await page.goto("/staff/cases");
    await page.getByRole("link", { name: new RegExp(account.name) }).click();
    await page.getByRole("radio", { name: "Suspend" }).check();
    await page.getByLabel("Note for colleagues").last().fill("Probes by the thousand.");
    await page.getByRole("button", { name: `Suspend ${account.name}` }).click();
    await expect(page.getByText("Confirmed by 1 of 2 gates so far")).toBeVisible();
    const caseUrl = page.url();
    await page.goto("/staff");
    await expect(page.getByText("gate-deaf has not confirmed", { exact: false })).toBeHidden();

    // As if it had been committed half a minute ago; the worker looks every second.
    const [waiting] = await database()
      .db.update(action)
      .set({ appliedAt: new Date(Date.now() - 31_000) })
      .where(eq(action.accountId, account.accountId))
      .returning({ standingVersion: action.standingVersion });
    const alarm = page.getByText("gate-deaf has not confirmed an action.");
    for (const path of ["/staff/gates", "/staff"]) {
      await page.goto(path);
      await expect(alarm).toBeVisible();
      await expect(page.getByRole("link", { name: account.name }).first()).toBeVisible();
    }
    await clean(page);
    await page.goto(caseUrl);
    await expect(page.getByText("gate-deaf may still let calls through")).toBeVisible();
    await expect(page.getByText("A live gate has not confirmed in time")).toBeVisible();
    await clean(page);

    await page.goto("/staff/gates");
    await expect(alarm).toBeVisible();
    await database()
      .db.insert(standingConfirmation)
      .values({
        accountId: account.accountId,
        gateId: "gate-deaf",
        standingVersion: waiting?.standingVersion ?? 0,
        confirmedAt: new Date(),
      });
    await expect(alarm).toBeHidden();
    await page.goto(caseUrl);
    await expect(page.getByText(/Confirmed by 2 of 2 gates, /)).toBeVisible();
  } finally {
    deaf.stop();
  }
});

test("mail that was refused is sent again, one message or all that failed", async ({ page, context }) => {
  const agent = await makePerson("Paul Post");
  await addStaff(agent, "support");
  await signIn(context, agent);
  const addresses = ["ada@example.com", "bea@example.com", "cleo@example.com"];
  const content = { subject: "80 % of your quota", paragraphs: ["You have used 800 of 1,000."], footer: "Acme" };
  for (const address of addresses)
    await queueMail(jobCtx(database().db, "e2e", new Date()), {
      kind: "alert",
      to: { address, userId: null },
      content,
    });
  await page.goto("/staff/mail");
  const list = page.getByRole("group", { name: "Undelivered messages" });
  const failed = list.getByRole("row").filter({ hasText: "not delivered" });
  await expect(failed).toHaveCount(3);
  await expect(failed.first()).toContainText("Mailbox is full");
  await clean(page);

  // Refused once more: it stays, and says so.
  await page.getByRole("button", { name: "Resend to a…@example.com" }).click();
  await expect(page.getByText("Resending to a…@example.com.")).toBeVisible();
  await expect(failed).toHaveCount(3);
  expect(received).toEqual([]);

  takesMail = true;
  await page.getByRole("button", { name: "Resend to b…@example.com" }).click();
  await expect(page.getByText("Resending to b…@example.com.")).toBeVisible();
  await expect(failed).toHaveCount(2);
  await page.getByRole("button", { name: "Resend all failed" }).click();
  await expect(page.getByText("Resending 2 messages.")).toBeVisible();
  await expect(page.getByText("No undelivered mail")).toBeVisible();
  await expect(page.getByRole("button", { name: "Resend all failed" })).toBeHidden();
  expect([...received].sort()).toEqual(addresses);
});
