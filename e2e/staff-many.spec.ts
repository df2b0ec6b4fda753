import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { jobCtx } from "#core/context.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { account } from "#db/schema/accounts.ts";
import { addStaff, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

const serial = () => crypto.randomUUID().slice(0, 8);

async function clean(page: Page) {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
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
  await page.getByRole("button", { name: "See whom it reaches" }).click();
  const left = page.getByRole("group", { name: "Accounts left out" });
  await expect(left.getByRole("row", { name: new RegExp(three.name) })).toContainText("protected");
  await expect(page.getByRole("group", { name: "Accounts it reaches" }).getByRole("row")).toHaveCount(3);
  await page.getByLabel("Note for colleagues").fill("one campaign, many accounts");
  // What was previewed is not what is in the form any more.
  await expect(page.getByRole("button", { name: "Suspend 2 accounts" })).toBeHidden();
  await page.getByRole("button", { name: "See whom it reaches" }).click();
  await page.getByRole("button", { name: "Suspend 2 accounts" }).click();

  await expect(page.getByRole("heading", { name: "Suspension of 2 accounts" })).toBeVisible();
  await expect(page.getByText("2 of 2 confirmed by every gate.")).toBeVisible({ timeout: 15_000 });
  await clean(page);
  await page.getByRole("button", { name: /Undo all|Take all back/ }).click();
  const reason = page.getByLabel("Why is it taken back?");
  if (await reason.isVisible()) await reason.fill("It was the wrong campaign.");
  await page.getByRole("button", { name: "Take back 2" }).click();
  await expect(page.getByRole("group", { name: "Accounts of this act" }).getByText("lifted")).toHaveCount(2);
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
  for (const box of await page.getByRole("checkbox", { name: /^Select Eleven/ }).all()) await box.check();
  await page.getByRole("button", { name: "Act on selected" }).click();
  await page.getByLabel("Note for colleagues").fill("one campaign, many accounts");
  await page.getByRole("button", { name: "See whom it reaches" }).click();
  await expect(page.getByText("More than 10 accounts at once need the approval of a second person.")).toBeVisible();
  await page.getByRole("button", { name: "Propose: Suspend 11 accounts" }).click();
  await expect(page.getByText("11 of 11 wait for a second person. You proposed this.")).toBeVisible();
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
