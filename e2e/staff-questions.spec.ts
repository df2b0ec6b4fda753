import { changeAccountPlan } from "#core/accounts/change-terms.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { liftAction } from "#core/enforcement/lift-action.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { makeCase } from "./make-case.ts";
import { addMember, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { staffOf } from "./staff-of.ts";
import { expect, test } from "./test.ts";

/** What a team lead asks of the desk, answered on screen and without a sign of who it was that asked the database. */

const serial = () => crypto.randomUUID().slice(0, 8);

test("who did what to this account, from what to what, with which action, and what was its owner told", async ({
  page,
  context,
}) => {
  const mark = serial();
  const account = await makeAccount(`Asked ${mark}`);
  const other = await makeAccount(`Spared ${mark}`);
  await addMember(account.accountId, await makePerson("Olga Owner"), "owner");
  const ann = await staffOf(`Ann ${mark}`, "reviewer");
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const terms = { reasonCode: "spam" as const, publicText: `Mail was reported as spam, ${mark}.`, internalNote: "see" };
  const { accountId } = account;
  const { actionId } = await imposeAction(ann.ctx, {
    accountId,
    ...terms,
    type: "throttle",
    factor: 0.5,
    durationHours: 6,
  });
  await imposeAction(ann.ctx, { accountId: other.accountId, ...terms, type: "notice" });
  await liftAction(lee.ctx, { actionId, reason: "It was their newsletter." });
  const { plans } = await getProvider(lee.ctx, {});
  const plan = plans.find((one) => one.name !== "Starter");
  if (!plan) throw new Error("The sample provider has one plan only.");
  await changeAccountPlan(lee.ctx, { accountId, planId: plan.id });
  await signIn(context, lee.person);

  await page.goto(`/staff/accounts/${accountId}`);
  await page.getByRole("link", { name: "Audit", exact: true }).last().click();
  const events = page.locator("tbody");
  await expect(events.getByRole("row")).toHaveCount(4);
  await expect(events.getByText(`plan: Starter → ${plan.name}`).last()).toBeVisible();
  await page.getByLabel("Who", { exact: true }).fill(`ann ${mark}`);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/actor=ann/);
  await expect(events.getByRole("row")).toHaveCount(1);
  expect(await accessibilityFaults(page)).toEqual([]);
  await events.getByRole("link", { name: "Throttle" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /throttle of the whole account to 50%/i })).toBeVisible();
  const sent = page.locator("section", { hasText: "Sent to the account" });
  await sent.locator("summary").last().click();
  await expect(sent.getByText(terms.publicText, { exact: false }).last()).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);

  // An address is a question to keep: who lifted what, of one reason, by one colleague.
  await page.goto(`/staff/actions?view=over&state=lifted&reason=spam&author=${encodeURIComponent(`Ann ${mark}`)}`);
  const actions = page.locator("tbody");
  await expect(actions.getByRole("row")).toHaveCount(1);
  await expect(actions.getByRole("link", { name: account.name }).first()).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Notices" }).click();
  await expect(page).toHaveURL(/view=notices/);
  await page.getByRole("textbox", { name: "Account" }).fill(mark);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(new RegExp(`account=${mark}`));
  await expect(actions.getByRole("row")).toHaveCount(1);
  await expect(actions.getByRole("link", { name: other.name }).first()).toBeVisible();
  // What nobody types is as if it had not been given, on every page that reads its address.
  for (const path of [
    "audit?account=",
    "audit?subjectId=",
    "actions?author=",
    "accounts?q=",
    "cases?q=",
    "cases?detector=",
  ]) {
    const answer = await page.goto(`/staff/${path}a%00b`);
    expect(answer?.status(), path).toBe(200);
  }
  for (const path of ["/staff/audit", "/staff/actions?view=over", `/staff/actions/${actionId}`]) {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `nothing runs off the side of ${path}`).toBeLessThanOrEqual(0);
  }
});

test("the queue is narrowed, and each case leads to the next without going back", async ({ page, context }) => {
  const mark = serial();
  const first = await makeCase(`Queued one ${mark}`);
  const second = await makeCase(`Queued two ${mark}`);
  const lee = await staffOf(`Lee ${mark}`, "lead");
  await signIn(context, lee.person);
  await page.goto(`/staff/cases?q=${mark}`);
  await page.getByText("Filters and order").click();
  await page.getByLabel("Severity").selectOption("3");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText(`No case here matches “${mark}”.`)).toBeVisible();
  await page.getByText("Filters and order: 3 only").click();
  await page.getByLabel("Severity").selectOption("2");
  await page.getByLabel("Reason").selectOption("probing");
  await page.getByLabel("Order").selectOption("oldest");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/order=oldest/);
  const queue = page.locator("#queue").getByRole("listitem");
  await expect(queue).toHaveCount(2);
  await queue.first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: first.name })).toBeVisible();
  await expect(page.getByText(/^Priority \d+ = case score \d+ \+ waiting \d+/)).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Next case" }).click();
  await expect(page.getByRole("heading", { level: 1, name: second.name })).toBeVisible();
  await expect(page).toHaveURL(/severity=2/);
});
