import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

/** How an instance comes to its first people, by its own screens. */

/** Takes up an invitation: with a name, a password, and for the first admin an address. Signed in afterwards. */
export async function signUp(page: Page, link: string, { name, email }: { name: string; email?: string }) {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  if (email) await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Choose a password").fill("correct horse battery");
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await expect(page).not.toHaveURL(/\/invite\//);
}

/** What an admin does for a new customer. Returns the link for the account's owner. */
export async function openAccount(page: Page, name: string, email: string): Promise<string> {
  await page.goto("/staff/accounts");
  await page.getByRole("button", { name: "New account" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Plan").selectOption("Starter");
  await page.getByLabel("Owner's e-mail address").fill(email);
  await page.getByRole("button", { name: "Create account and invitation" }).click();
  const link = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  expect(link).toContain("/invite/");
  return link;
}
