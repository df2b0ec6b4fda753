import type { BrowserContext, Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { hashPassword } from "#core/auth/password.ts";
import { createResetLink } from "#core/auth/request-reset.ts";
import { resetPath } from "#core/auth/reset-path.ts";
import { jobCtx } from "#core/frame/context.ts";
import { user } from "#db/schema/auth.ts";
import { refuseScripts, watchAddresses } from "./held-back.ts";
import { callGate, makeToken, type Owned, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Every act a person needs first works before a page's scripts have come and without any, and no secret gets into an address. */

const password = "correct horse battery";

async function personWithPassword(context: BrowserContext, name: string): Promise<Owned> {
  const owned = await ownAccount(context, name);
  const passwordHash = await hashPassword(password);
  await database().db.update(user).set({ passwordHash }).where(eq(user.id, owned.owner.userId));
  return owned;
}

for (const way of ["before its scripts have come", "with script switched off"] as const) {
  test.describe(`a page ${way}`, () => {
    test.use({ javaScriptEnabled: way !== "with script switched off", expectedConsoleErrors: [/ERR_FAILED/] });
    test.beforeEach(async ({ context }) => {
      if (way === "before its scripts have come") await refuseScripts(context);
    });

    test("signs a person in where they wanted to go, and keeps their address when the password was wrong", async ({
      page,
      context,
    }) => {
      const { owner, slug } = await personWithPassword(context, "Early Enter Ltd");
      await context.clearCookies();
      const watched = watchAddresses(page);
      await page.goto(`/sign-in?next=/a/${slug}`);
      await page.getByLabel("E-mail address").fill(owner.email);
      await page.getByLabel("Password").fill("not the password");
      await page.keyboard.press("Enter");
      await expect(page.getByText("Wrong e-mail address or password.")).toBeVisible();
      await expect(page.getByLabel("E-mail address")).toHaveValue(owner.email);
      await expect(page.getByLabel("Password")).toHaveValue("");
      await watched.expectWithout(["not the password", "not+the+password"]);
      await page.getByLabel("Password").fill(password);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/a/${slug}$`));
      await watched.expectWithout([password]);
    });

    test("does not lead outside after signing in", async ({ page, context }) => {
      const { owner, slug } = await personWithPassword(context, "Stay Inside Ltd");
      await context.clearCookies();
      await page.goto("/sign-in");
      await page.locator('input[name="_next"]').evaluate((input: HTMLInputElement) => {
        input.value = "//evil.example/";
      });
      await page.getByLabel("E-mail address").fill(owner.email);
      await page.getByLabel("Password").fill(password);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/a/${slug}$`));
    });

    test("asks for the second step, and hands the password to nobody", async ({ page, context, browser }) => {
      const { owner, slug } = await personWithPassword(context, "Two Early Steps Ltd");
      const codeNow = await setUpApp(await (await browser.newContext({ javaScriptEnabled: true })).newPage(), context);
      await context.clearCookies();
      const watched = watchAddresses(page);
      await page.goto(`/sign-in?next=/a/${slug}`);
      await page.getByLabel("E-mail address").fill(owner.email);
      await page.getByLabel("Password").fill(password);
      await page.keyboard.press("Enter");
      await expect(page.getByText("Enter your password again, with the code.")).toBeVisible();
      await expect(page.getByLabel("E-mail address")).toHaveValue(owner.email);
      await expect(page.getByLabel("Password")).toHaveValue("");
      expect(await page.content()).not.toContain(password);
      await page.getByLabel("Password").fill(password);
      await page.getByLabel("Code").fill("000000");
      await page.keyboard.press("Enter");
      await expect(page.getByText("This code is wrong")).toBeVisible();
      await page.getByLabel("Password").fill(password);
      const code = codeNow();
      await page.getByLabel("Code").fill(code);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/a/${slug}$`));
      await watched.expectWithout([password, code, "000000"]);
    });

    test("takes a leaked token, and shows it nowhere", async ({ page, context }) => {
      const { accountId } = await ownAccount(context, "Leaky Ltd");
      const { secret } = await makeToken(accountId, "left-in-a-paste");
      await context.clearCookies();
      const watched = watchAddresses(page);
      await page.goto("/report/leaked-token");
      await page.getByLabel("The token").fill(secret);
      await page.getByLabel("Where you found it").fill("https://paste.example.com/raw");
      await page.keyboard.press("Enter");
      await expect(page.getByText("Thank you.")).toBeVisible();
      await expect.poll(async () => (await callGate(secret)).code).toBe("token_revoked");
      await watched.expectWithout([secret]);
      expect(await page.content()).not.toContain(secret);
    });

    test("takes a new password by a one-time link, and another one from a signed-in person", async ({
      page,
      context,
    }) => {
      const { owner } = await personWithPassword(context, "Forgetful Early Ltd");
      await context.clearCookies();
      const watched = watchAddresses(page);
      const made = await createResetLink(jobCtx(database().db, "e2e", new Date()), { email: owner.email });
      await page.goto(resetPath(made?.secret ?? ""));
      await page.getByLabel("New password").fill("short");
      await page.keyboard.press("Enter");
      await expect(page.getByText(/at least 12 characters/i).first()).toBeVisible();
      await page.getByLabel("New password").fill("a phrase to remember");
      await page.keyboard.press("Enter");
      await expect(page.getByText("Password changed. Sign in with it.")).toBeVisible();
      await page.getByLabel("E-mail address").fill(owner.email);
      await page.getByLabel("Password").fill("a phrase to remember");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/a\//);

      await page.goto("/me");
      await page.getByLabel("Current password").fill("a phrase to remember");
      await page.getByLabel("New password").fill("a much better phrase");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("status").filter({ hasText: "Password changed" })).toBeVisible();
      await watched.expectWithout(["a phrase to remember", "a much better phrase"]);
    });

    test("sends a reset to whoever asks, and a report with what was typed", async ({ page }) => {
      await page.goto("/forgot");
      if (await page.getByLabel("E-mail address").isVisible()) {
        await page.getByLabel("E-mail address").fill("nobody@example.com");
        await page.keyboard.press("Enter");
        await expect(page.getByText("a link is on its way")).toBeVisible();
      }
      await page.goto("/report/abuse");
      await page.getByRole("textbox").first().fill("https://spam.example.com/");
      await page.getByRole("textbox").nth(1).fill("It sends me mail that I never asked for.");
      await page.getByLabel("Your e-mail address").fill("not an address");
      await page.locator("form").evaluate((form: HTMLFormElement) => {
        form.noValidate = true;
      });
      await page.getByRole("button", { name: "Send report" }).click();
      await expect(page.getByRole("textbox").first()).toHaveValue("https://spam.example.com/");
      await expect(page.getByLabel("Your e-mail address")).toHaveValue("not an address");
      await page.getByLabel("Your e-mail address").fill("reader@example.com");
      await page.getByRole("button", { name: "Send report" }).click();
      await expect(page.getByText("Thank you.")).toBeVisible();
    });
  });
}

/** Sets up an authenticator app for the person signed in in `from`, on a page that has its scripts. */
async function setUpApp(page: Page, from: BrowserContext): Promise<() => string> {
  await page.context().addCookies(await from.cookies());
  await page.goto(`${running().webUrl}/me`);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  const scan = page.getByRole("dialog", { name: "Scan this with your app" });
  const secret = (await scan.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? "";
  const codeNow = (ahead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });
  await scan.getByLabel("Code").fill(codeNow());
  await scan.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("alertdialog", { name: "Recovery codes" })).toBeVisible();
  await page.context().close();
  return () => codeNow(1);
}
