import { Secret, TOTP } from "otpauth";
import { createResetLink } from "#core/auth/request-reset.ts";
import { resetPath } from "#core/auth/reset-path.ts";
import { jobCtx } from "#core/frame/context.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { ownAccount } from "./owner.ts";
import { givePassword, password } from "./password.ts";
import { database, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("a person sets up an authenticator app, signs in with it, and with a recovery code", async ({ page, context }) => {
  const { owner, slug } = await ownAccount(context, "Careful Person Ltd");
  await givePassword(owner.userId);
  await page.goto(`/a/${slug}`);
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("link", { name: /^You/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You" })).toBeVisible();

  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByLabel("Your password").fill("not it");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Your password")).toHaveAccessibleDescription(/not correct/);
  await page.getByLabel("Your password").fill(password);
  await page.keyboard.press("Enter");
  const scan = page.getByRole("dialog", { name: "Scan this with your app" });
  await expect(scan.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await scan.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? "";
  const codeNow = (ahead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });
  await scan.getByLabel("Code").fill(codeNow());
  await scan.getByRole("button", { name: "Turn on" }).click();
  const codes = page.getByRole("alertdialog", { name: "Recovery codes" });
  const shown = await codes.getByText(/^[2-9a-z]{5}-[2-9a-z]{5}/).textContent();
  const [recovery = ""] = (shown ?? "").split("\n");
  await codes.getByLabel("I have stored it").check();
  await codes.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("10 of 10 recovery codes are unused")).toBeVisible();

  for (const code of [codeNow(1), recovery]) {
    await context.clearCookies();
    await page.goto("/sign-in?next=/me");
    await page.getByLabel("E-mail address").fill(owner.email);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await page.getByLabel("Code").fill("000000");
    await page.keyboard.press("Enter");
    await expect(page.getByText("This code is wrong")).toBeVisible();
    await page.getByLabel("Code").fill(code);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "You" })).toBeVisible();
  }
  await expect(page.getByText("9 of 10 recovery codes are unused")).toBeVisible();
});

test("a person changes their password, sees and ends their sessions, and signs out everywhere", async ({
  page,
  context,
  browser,
}) => {
  const { owner } = await ownAccount(context, "Many Browsers Ltd");
  await givePassword(owner.userId);
  const other = await browser.newContext({ userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0" });
  const theirs = await other.newPage();
  await theirs.goto("/sign-in?next=/me");
  await theirs.getByLabel("E-mail address").fill(owner.email);
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "You" })).toBeVisible();

  await page.goto("/me");
  const sessions = page.getByRole("group", { name: "Sessions" });
  await expect(sessions.getByRole("row").filter({ hasText: "this session" })).toHaveCount(1);
  await sessions.getByRole("button", { name: "Sign out Firefox on Linux" }).click();
  await expect(sessions.getByRole("row").filter({ hasText: "Firefox on Linux" })).toHaveCount(0);
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await other.close();

  await page.getByLabel("Current password").fill(password);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/at least 12 characters/);
  await page.getByLabel("New password").fill("a much better phrase");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("Your sign-in was changed")).toBeVisible();
  await signIn(context, owner);
  await page.reload();
  await page.getByRole("button", { name: "Sign out everywhere, including here" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a forgotten password is replaced by a one-time link", async ({ page, context }) => {
  const { owner } = await ownAccount(context, "Forgetful Ltd");
  await givePassword(owner.userId);
  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByText("This installation has no mail server")).toBeVisible();
  const made = await createResetLink(jobCtx(database().db, "e2e", new Date()), { email: owner.email });
  const link = resetPath(made?.secret ?? "");
  await page.goto(link);
  await page.getByLabel("New password").fill("a phrase to remember");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test.describe("with another zone than the browser's", () => {
  test.use({ timezoneId: "Europe/Berlin" });

  test("times are shown in the zone a person has chosen", async ({ page, context }) => {
    const { slug } = await ownAccount(context, "Zoned Ltd");
    await page.goto(`/a/${slug}`);
    const quota = page.getByRole("region", { name: "Quota today" });
    await expect(quota).toContainText("in Berlin · 00:00 UTC");
    await page.goto("/me");
    await page.getByLabel("Time zone", { exact: true }).selectOption("Asia/Kathmandu");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved")).toBeVisible();
    await page.goto(`/a/${slug}`);
    await expect(quota).toContainText("05:45 in Kathmandu · 00:00 UTC");
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`a person's own pages, ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 900 } });

    test("are free of accessibility faults and fit a phone", async ({ page, context }) => {
      const { owner } = await ownAccount(context, `Person axe ${colorScheme} Ltd`);
      await givePassword(owner.userId);
      for (const path of ["/me", "/sign-in", "/forgot", "/reset/none"]) {
        if (path === "/sign-in") await context.clearCookies();
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        expect(await accessibilityFaults(page), path).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  });
}
