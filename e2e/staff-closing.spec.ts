import { accessibilityFaults } from "./accessibility.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** A customer is named by the provider's own id, leaves, could come back, and is erased. */

test("an admin names, closes, reopens, closes and erases an account, and its people see what they should", async ({
  page,
  context,
  browser,
}) => {
  const away = await browser.newContext();
  const { slug, name, accountId } = await ownAccount(away, "Leaving Ltd");
  const { secret } = await makeToken(accountId, "cron");
  const theirs = await away.newPage();
  const admin = await makePerson("Ann Admin");
  await addStaff(admin, "admin");
  await signIn(context, admin);
  const origin = new URL((await page.goto(`/staff/accounts/${accountId}`))?.url() ?? "").origin;
  const dialog = page.getByRole("alertdialog");
  const act = async (button: string, fill: () => Promise<void>, confirm = button) => {
    await page.getByRole("button", { name: button, exact: true }).click();
    await fill();
    await dialog.getByRole("button", { name: confirm, exact: true }).click();
    await expect(dialog).toBeHidden();
  };

  await page.getByRole("button", { name: "Set external id" }).click();
  await dialog.getByLabel("External id").fill("no spaces please");
  await dialog.getByRole("button", { name: "Save external id" }).click();
  await expect(dialog).toContainText("without spaces");
  const externalId = `cus-${accountId}`;
  await dialog.getByLabel("External id").fill(externalId);
  await dialog.getByRole("button", { name: "Save external id" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`external id ${externalId}`)).toBeVisible();
  await page.goto(`/staff/accounts?q=${externalId}`);
  await expect(page.getByRole("row").filter({ hasText: externalId })).toContainText(name);
  await page.goto(`/staff/accounts/${accountId}`);

  expect((await callGate(secret)).code).toBe("allowed");
  const reason = () => dialog.getByLabel("Reason").fill("Contract ended.");
  await act("Close account", reason);
  await expect(page.getByText("closed", { exact: true })).toBeVisible();
  await expect.poll(async () => (await callGate(secret)).code).toBe("account_closed");
  await theirs.goto(`${origin}/a/${slug}`);
  await expect(theirs.getByText("This account is closed.")).toBeVisible();
  await expect(theirs.getByText(/Reason: Contract ended\./)).toBeVisible();
  await theirs.getByRole("link", { name: "Export its data" }).click();
  await expect(theirs.getByRole("button", { name: "Create archive" })).toBeEnabled();
  await theirs.getByRole("button", { name: "Save name" }).click();
  await expect(theirs.getByText("You can only read it and export its data.")).toBeVisible();
  expect(await accessibilityFaults(theirs)).toEqual([]);

  await act("Reopen account", reason);
  await expect.poll(async () => (await callGate(secret)).code).toBe("allowed");
  await act("Close account", reason);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Erase personal data" }).click();
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(dialog).toContainText("It can be erased from");
  await dialog.getByLabel("Erase now, before the wait is over").check();
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Erased account" })).toBeVisible();
  await expect(page.getByText(/Its personal data was erased/)).toBeVisible();
  await theirs.goto(`${origin}/a/${slug}`);
  await expect(theirs).toHaveURL(/\/sign-in/);
  await away.close();
});
