import { withoutScript } from "./held-back.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { expect, test } from "./test.ts";

/** Owners say from where all of their tokens may call, and see whom that stops. */

const settings = async (page: import("@playwright/test").Page, slug: string) => {
  await page.goto(`/a/${slug}/settings`);
  return page.getByLabel("Addresses and networks");
};

test("the account's networks hold on the next request, and a receipt says which list refused", async ({
  page,
  context,
}) => {
  const { slug, accountId } = await ownAccount(context, "Fenced Ltd");
  const { secret } = await makeToken(accountId, "cron");
  const codeNow = async () => (await callGate(secret)).code;
  expect(await codeNow()).toBe("allowed");
  const field = await settings(page, slug);
  await field.fill("198.51.100.0/24\nnonsense");
  await page.getByRole("button", { name: "Save networks" }).click();
  await expect(field).toHaveAccessibleDescription(/nonsense is not an address/);
  await field.fill("198.51.100.0/24");
  await page.getByRole("button", { name: "Save networks" }).click();
  await expect(page.getByText("Saved. Takes effect on the next request.")).toBeVisible();
  await expect.poll(codeNow).toBe("account_ip_not_allowed");
  await page.goto(`/a/${slug}/refusals`);
  const refusals = page.getByRole("main").getByText("Address not allowed for the account").filter({ visible: true });
  await expect(refusals.first()).toBeVisible({ timeout: 20_000 });
  const again = await settings(page, slug);
  await expect(again).toHaveValue("198.51.100.0/24");
  await expect(page.getByText(/1 token last called from outside these networks/)).toBeVisible();
  await again.fill("");
  await page.getByRole("button", { name: "Save networks" }).click();
  await expect.poll(codeNow).toBe("allowed");
});

withoutScript(() => {
  test("are saved by a page without script, which gives back what was refused", async ({ page, context }) => {
    const { slug } = await ownAccount(context, "Early Fence Ltd");
    const field = await settings(page, slug);
    await field.fill("nonsense");
    await page.getByRole("button", { name: "Save networks" }).click();
    await expect(page.getByLabel("Addresses and networks")).toHaveValue("nonsense");
    await expect(page.getByLabel("Addresses and networks")).toHaveAccessibleDescription(/nonsense is not an address/);
    await page.getByLabel("Addresses and networks").fill("198.51.100.0/24");
    await page.getByRole("button", { name: "Save networks" }).click();
    await expect(page.getByText("Saved. Takes effect on the next request.")).toBeVisible();
    await expect(await settings(page, slug)).toHaveValue("198.51.100.0/24");
  });
});
