import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { jobCtx } from "#core/frame/context.ts";
import { account } from "#db/schema/accounts.ts";
import { actionBatch } from "#db/schema/enforcement.ts";
import { mail } from "#db/schema/mail.ts";
import { endpoint, override } from "#db/schema/provider.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { makeCase } from "./make-case.ts";
import { callGate, makeToken } from "./owner.ts";
import { addMember, addStaff, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

const serial = () => crypto.randomUUID().slice(0, 8);

async function clean(page: Page) {
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** On the page of an act on several: as if it had been a minute ago. */
async function letUndoWindowPass(page: Page) {
  const batchId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const past = new Date(Date.now() - 60_000);
  await database().db.update(actionBatch).set({ createdAt: past }).where(eq(actionBatch.id, batchId));
  await page.reload();
}

test("several accounts are ticked, previewed, suspended in one act and taken back as a whole", async ({
  page,
  context,
}) => {
  const lead = await makePerson("Lia Lead");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  const name = `Many ${serial()}`;
  const [one, two, three] = [
    await makeAccount(`${name} One`),
    await makeAccount(`${name} Two`),
    await makeAccount(`${name} Three`),
  ];
  await database().db.update(account).set({ isProtected: true }).where(eq(account.id, three.accountId));

  await page.goto(`/staff/accounts?q=${encodeURIComponent(name)}`);
  for (const each of [one, two, three]) await page.getByRole("checkbox", { name: `Select ${each.name}` }).check();
  await page.getByRole("button", { name: "Act on selected" }).click();
  await expect(page.getByRole("heading", { name: "Act on 3 accounts" })).toBeVisible();
  await clean(page);
  await page.getByRole("button", { name: "Review affected accounts" }).click();
  const left = page.getByRole("group", { name: "Accounts left out" });
  await expect(left.getByRole("row", { name: new RegExp(three.name) })).toContainText("protected");
  await expect(page.getByRole("group", { name: "Affected accounts" }).getByRole("row")).toHaveCount(3);
  await page.getByLabel("Note for colleagues").fill("one campaign, many accounts");
  // What was previewed is not what is in the form any more.
  await expect(page.getByRole("button", { name: "Suspend 2 accounts" })).toBeHidden();
  await page.getByRole("button", { name: "Review affected accounts" }).click();
  await page.getByRole("button", { name: "Suspend 2 accounts" }).click();

  await expect(page.getByRole("heading", { name: "Suspension of 2 accounts" })).toBeVisible();
  await expect(page.getByText("2 of 2 confirmed by every gate.")).toBeVisible({ timeout: 15_000 });
  await clean(page);
  await letUndoWindowPass(page);
  await page.getByRole("button", { name: "Undo all" }).click();
  await page.getByLabel("Reason for undoing").fill("It was the wrong campaign.");
  await page.getByRole("button", { name: "Undo 2" }).click();
  await expect(page.getByRole("group", { name: "Accounts of this action" }).getByText("Lifted")).toHaveCount(2);
});

test("more than ten accounts wait for a second person, and the author is not offered to be it", async ({
  page,
  context,
  browser,
}) => {
  const [author, second] = [await makePerson("Ann Author"), await makePerson("Sam Second")];
  await addStaff(author, "lead");
  await addStaff(second, "lead");
  await signIn(context, author);
  const name = `Eleven ${serial()}`;
  for (let n = 0; n < 11; n += 1) await makeAccount(`${name} ${n}`);
  await page.goto(`/staff/accounts?q=${encodeURIComponent(name)}`);
  const boxes = page.getByRole("checkbox", { name: /^Select Eleven/ });
  await expect(boxes, "the list is streamed in").toHaveCount(11);
  for (const box of await boxes.all()) await box.check();
  await page.getByRole("button", { name: "Act on selected" }).click();
  await page.getByLabel("Note for colleagues").fill("one campaign, many accounts");
  await page.getByRole("button", { name: "Review affected accounts" }).click();
  await expect(page.getByText("More than 10 accounts at once need a second person's approval.")).toBeVisible();
  await page.getByRole("button", { name: "Propose: Suspend 11 accounts" }).click();
  await expect(page.getByText("11 of 11 are waiting for a second person. You proposed this.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve all" })).toBeHidden();

  const other = await browser.newContext({ baseURL: new URL(page.url()).origin });
  await signIn(other, second);
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await theirs.getByRole("button", { name: "Approve all" }).click();
  await theirs.getByRole("button", { name: "Approve 11" }).click();
  await expect(theirs.getByText("11 of 11 confirmed by every gate.")).toBeVisible({ timeout: 20_000 });
  await other.close();
});

test("an act on several is undone within its window: the tokens work at once and no mail leaves; later it takes a reason", async ({
  page,
  context,
}) => {
  const lead = await makePerson("Uma Undo");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  const name = `Undone ${serial()}`;
  const [one, two] = [await makeAccount(`${name} One`), await makeAccount(`${name} Two`)];
  await addMember(one.accountId, await makePerson("Oda Owner"), "owner");
  const { secret } = await makeToken(one.accountId, "cron");
  const suspendBoth = async () => {
    await page.goto(`/staff/actions/batch?account=${one.accountId}&account=${two.accountId}`);
    await page.getByLabel("Note for colleagues").fill("one campaign, many accounts");
    await page.getByRole("button", { name: "Review affected accounts" }).click();
    await page.getByRole("button", { name: "Suspend 2 accounts" }).click();
    await expect(page.getByText("2 of 2 confirmed by every gate.")).toBeVisible();
    expect((await callGate(secret)).code).toBe("account_suspended");
  };
  const states = page.getByRole("group", { name: "Accounts of this action" });

  await suspendBoth();
  await page.getByRole("button", { name: "Undo all" }).click();
  await expect(page.getByLabel("Reason for undoing")).toBeHidden();
  await page.getByRole("button", { name: "Undo 2" }).click();
  await expect(states.getByText("Lifted")).toHaveCount(2);
  await expect.poll(async () => (await callGate(secret)).code).toBe("allowed");
  await expect(page.getByRole("button", { name: "Undo all" })).toBeHidden();
  const mails = () => database().db.select({ kind: mail.kind }).from(mail).where(eq(mail.accountId, one.accountId));
  expect(await mails()).toEqual([]);

  await suspendBoth();
  await letUndoWindowPass(page);
  await page.getByRole("button", { name: "Undo all" }).click();
  await page.getByRole("button", { name: "Undo 2" }).click();
  await expect(page.getByLabel("Reason for undoing")).toBeFocused();
  await page.getByLabel("Reason for undoing").fill("It was the wrong campaign.");
  await page.getByRole("button", { name: "Undo 2" }).click();
  await expect(states.getByText("It was the wrong campaign.")).toHaveCount(2);
  await expect.poll(async () => (await callGate(secret)).code).toBe("allowed");
});

test("all accounts of a page are selected by keys alone, in the list and in the queue, and none again", async ({
  page,
  context,
}) => {
  const agent = await makePerson("Kim Keys");
  await addStaff(agent, "reviewer");
  await signIn(context, agent);
  const name = `Page ${serial()}`;
  for (const each of ["One", "Two", "Three"]) await makeCase(`${name} ${each}`);
  const all = page.getByRole("checkbox", { name: "Select all on this page" });
  const heading = page.getByRole("heading", { name: "Act on 3 accounts" });

  await page.goto(`/staff/accounts?q=${encodeURIComponent(name)}`);
  const bar = page.getByRole("button", { name: "Act on selected" });
  await expect(bar).toBeHidden();
  await expect(all).toBeEnabled();
  await all.focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.getByRole("checkbox", { name: `Select ${name} Two` }).press("Space");
  await expect(page.getByText("2 selected")).toBeVisible();
  await expect(all).toBeChecked({ indeterminate: true });
  await page.getByRole("button", { name: "Clear" }).press("Enter");
  await expect(bar).toBeHidden();
  await expect(all).not.toBeChecked();
  await all.press("Space");
  await all.press("Enter");
  await expect(heading).toBeVisible();

  await page.goto(`/staff/cases?q=${encodeURIComponent(name)}`);
  await expect(all).toBeEnabled();
  await clean(page);
  await expect(async () => {
    await page.keyboard.press("a");
    await expect(page.getByText("3 selected")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("a");
  await expect(bar).toBeHidden();
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await expect(heading).toBeVisible();
});

test("an account is shown as it was, at the time in the address", async ({ page, context }) => {
  const lead = await makePerson("Liv Lead");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  const { accountId, name } = await makeAccount(`Then ${serial()}`);
  const ctx = {
    ...jobCtx(database().db, "e2e", new Date()),
    actor: { kind: "staff" as const, userId: lead.userId, sessionId: null, name: lead.name, role: "lead" as const },
  };
  const terms = { reasonCode: "spam" as const, publicText: "Mail was reported as spam.", internalNote: "see" };
  await imposeAction(ctx, { accountId, type: "suspension", durationHours: 24, ...terms });
  await page.goto(`/staff/accounts/${accountId}`);
  await page.getByRole("link", { name: "As it was …" }).click();
  await expect(page.getByRole("heading", { name: `${name}, as it was` })).toBeVisible();
  await expect(page.getByText("The account did not exist yet.")).toBeVisible();
  await page.goto(`/staff/accounts/${accountId}/as-of?at=2099-01-01T00:00`);
  await expect(page.getByText("Suspension of the whole account")).toBeVisible();
  await expect(page.getByText("Suspended")).toBeVisible();
  await clean(page);
});

test("the limits of another day stand beside today's: what an exception raised, and that it is over", async ({
  page,
  context,
}) => {
  const agent = await makePerson("Ash Of");
  await addStaff(agent, "support");
  await signIn(context, agent);
  const { accountId, name } = await makeAccount(`Raised ${serial()}`);
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const { db } = database();
  await db
    .update(account)
    .set({ createdAt: ago(72) })
    .where(eq(account.id, accountId));
  const [sending] = await db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, "email.send"));
  const forSale = { kind: "rate_limit" as const, endpointId: sending?.id ?? 0, value: 4_321, reason: "Yearly sale." };
  await db.insert(override).values({ accountId, ...forSale, startsAt: ago(48), endsAt: ago(24) });
  await page.goto(`/staff/accounts/${accountId}/as-of`);
  const rate = page
    .getByRole("group", { name: "Rate limits at that time" })
    .getByRole("row", { name: /^email\.send / });
  const hourAgo = page.getByRole("link", { name: "1 hour ago" });
  const at = new URLSearchParams((await hourAgo.getAttribute("href"))?.split("?")[1]).get("at") ?? "";
  await hourAgo.click();
  // The page before it shows the same limits; its field goes away with it.
  await expect(page.getByLabel("Date and time, UTC")).toHaveValue(at);
  await expect(rate).toContainText("the same");
  await page.getByLabel("Date and time, UTC").fill(ago(36).toISOString().slice(0, 16));
  await page.getByRole("button", { name: "Show" }).click();
  await expect(rate).toContainText("4,321 per 60 s");
  await expect(rate).toContainText("exception");
  await expect(rate).not.toContainText("the same");
  await expect(page.getByText("4,321 — Yearly sale.")).toBeVisible();
  await expect(page.getByRole("heading", { name: `${name}, as it was` })).toBeVisible();
  await clean(page);
});

test("a person of the staff chooses mail about cases, and stops it", async ({ page, context }) => {
  const agent = await makePerson("Mo Mail");
  await addStaff(agent, "support");
  await signIn(context, agent);
  await page.goto("/staff/mail");
  await expect(page.getByText("You get no mail about cases.")).toBeVisible();
  await clean(page);
  await page.getByRole("button", { name: "Mail me about cases" }).click();
  await expect(page.getByText("5 minutes after one opens")).toBeVisible();
  await page.getByRole("button", { name: "Stop mail about cases" }).click();
  await expect(page.getByText("You get no mail about cases.", { exact: true }).first()).toBeVisible();
});
