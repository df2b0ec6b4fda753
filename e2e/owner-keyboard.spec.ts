import type { Locator, Page } from "@playwright/test";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { expect, test } from "./test.ts";

/** Presses Tab until the control has the focus, as somebody without a mouse does; fails where it cannot be reached. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${control}.`);
}

async function press(page: Page, control: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

/** The secret out of the dialog that shows it once, and the dialog closed. */
async function storeSecret(page: Page): Promise<string> {
  const shown = page.getByRole("alertdialog", { name: /^Secret of/ });
  const secret = await shown.getByText(/^gth_[0-9A-Za-z]{38}$/).textContent();
  await press(page, shown.getByLabel("I have stored it"), "Space");
  await press(page, shown.getByRole("button", { name: "Done" }));
  await expect(shown).toBeHidden();
  return secret ?? "";
}

test("by keys alone a token is created, paused, unpaused and revoked", async ({ page, context }) => {
  const account = await ownAccount(context, "Keyboard Tokens Ltd");
  await page.goto(`/a/${account.slug}/tokens`);
  const open = page.getByRole("button", { name: "Create token" });
  await press(page, open);
  const sheet = page.getByRole("dialog", { name: "Create token" });
  await tabTo(page, sheet.getByLabel("Name"));
  await page.keyboard.type("typed");
  await press(page, sheet.getByRole("button", { name: "Create token" }));
  const secret = await storeSecret(page);
  expect(await callGate(secret)).toMatchObject({ code: "allowed" });

  const act = async (item: string) => {
    await press(page, page.getByRole("button", { name: "Change typed" }));
    const entry = page.getByRole("menuitem", { name: item, exact: true });
    await expect(entry).toBeVisible();
    for (let presses = 0; presses < 10; presses += 1) {
      if (await entry.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
  };
  const row = page.getByRole("row").filter({ hasText: "typed" });
  await act("Pause");
  await expect(row).toContainText("Paused");
  await act("Unpause");
  await expect(row).toContainText("Active");
  await act("Revoke");
  const revoke = page.getByRole("alertdialog", { name: "Revoke “typed”?" });
  await tabTo(page, revoke.getByLabel(/Type typed/));
  await page.keyboard.type("typed");
  await press(page, revoke.getByRole("button", { name: "Revoke token" }));
  await expect(row).toContainText("Revoked");
  await expect.poll(async () => (await callGate(secret)).code).toBe("token_revoked");
});

test("by keys alone a token is rotated, and the focus comes back to where it was", async ({ page, context }) => {
  const account = await ownAccount(context, "Keyboard Rotation Ltd");
  const { tokenId, secret: old } = await makeToken(account.accountId, "rolling");
  await page.goto(`/a/${account.slug}/tokens/${tokenId}`);
  const rotate = page.getByRole("button", { name: "Rotate", exact: true });
  await press(page, rotate);
  const dialog = page.getByRole("dialog", { name: "Rotate “rolling”" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(rotate).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, dialog.getByRole("button", { name: "Create new secret" }));
  const fresh = await storeSecret(page);
  expect(fresh).not.toBe(old);
  await expect.poll(async () => (await callGate(fresh)).code).toBe("allowed");
  expect(await callGate(old)).toMatchObject({ code: "allowed" });
});

test("by keys alone one asks what a token may do, and sets an alert", async ({ page, context }) => {
  const account = await ownAccount(context, "Keyboard Questions Ltd");
  const { tokenId } = await makeToken(account.accountId, "asked");
  await page.goto(`/a/${account.slug}/tokens/${tokenId}`);
  const check = page.getByRole("region", { name: "Check a request" });
  await tabTo(page, check.getByLabel("Method"));
  await page.keyboard.type("POST");
  await tabTo(page, check.getByLabel("Path"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("/v1/email");
  await tabTo(page, check.getByLabel("From address"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("203.0.113.9");
  await page.keyboard.press("Enter");
  await expect(check.getByRole("region", { name: "Answer" })).toContainText("The gate would allow it now.");

  await page.goto(`/a/${account.slug}/alerts`);
  await tabTo(page, page.getByLabel("Threshold in %"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("37");
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("group", { name: "Alert rules" }).getByRole("row").filter({ hasText: "37%" }),
  ).toBeVisible();
});
