import { accessibilityFaults } from "./accessibility.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("a receipt says which limit, what used it, when to come again and what to do, to owners and staff", async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(180_000);
  const account = await ownAccount(context, "Busy Sender");
  const { secret } = await makeToken(account.accountId, "billing-cron");
  let receipt: string | null = null;
  for (let i = 0; i < 400 && receipt === null; i++) {
    const answer = await callGate(secret);
    if (answer.code === "rate_limited") receipt = answer.receipt;
  }
  expect(receipt).not.toBeNull();
  // It is counted a moment later; until then the page is not there.
  await expect.poll(async () => (await page.request.get(`/r/${receipt}`)).status(), { timeout: 15_000 }).toBe(200);
  await page.goto(`/r/${receipt}`);
  await expect(page.getByRole("heading", { name: "Rate limit reached", level: 1 })).toBeVisible();
  await expect(page.getByText("The account's rate limit on this endpoint")).toBeVisible();
  await expect(page.getByText(/^(\d+) of \1 used, 0 left$/)).toBeVisible();
  await expect(page.getByText("Safe to retry")).toBeVisible();
  await expect(page.getByText("Retry-After", { exact: false })).toBeVisible();
  const users = page.getByRole("region", { name: "Used by" });
  await expect(users.getByRole("row").filter({ hasText: "billing-cron" })).toContainText("100%");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await accessibilityFaults(page), `${colorScheme} at ${width}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `nothing runs off the side at ${width}`).toBeLessThanOrEqual(0);
    }
  }

  const desk = await browser.newContext();
  const agent = await makePerson("Sam Support");
  await addStaff(agent, "support");
  await signIn(desk, agent);
  const staffPage = await desk.newPage();
  await staffPage.goto(page.url());
  await expect(staffPage.getByText(`A request from ${account.name} was refused.`, { exact: false })).toBeVisible();
  await expect(staffPage.getByText(/^(\d+) of \1 used, 0 left$/)).toBeVisible();
  const sharers = staffPage.getByRole("region", { name: "Used by" });
  await expect(sharers.getByRole("row").filter({ hasText: "billing-cron" })).toContainText("100%");
  // The address of who called is personal data: staff see its network until they give a reason.
  await expect(staffPage.getByText("203.0.113.9")).toBeHidden();
  await expect(staffPage.getByRole("link", { name: "All refusals" })).toBeHidden();
  expect(await accessibilityFaults(staffPage)).toEqual([]);
  await staffPage.getByRole("link", { name: "The account" }).click();
  await expect(staffPage.getByRole("heading", { name: account.name, level: 1 })).toBeVisible();
  await staffPage.getByRole("button", { name: "Account, token, receipt, network" }).click();
  await staffPage
    .getByRole("dialog")
    .getByRole("combobox")
    .fill(receipt ?? "");
  await staffPage.getByRole("option").first().click();
  await expect(staffPage.getByRole("heading", { name: "Rate limit reached", level: 1 })).toBeVisible();

  await desk.clearCookies();
  await signIn(desk, await makePerson("Stan Stranger"));
  expect((await staffPage.goto(page.url()))?.status()).toBe(404);
  await desk.close();
});
