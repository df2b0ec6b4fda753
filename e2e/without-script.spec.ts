import type { BrowserContext, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { createResetLink } from "#core/auth/request-reset.ts";
import { resetPath } from "#core/auth/reset-path.ts";
import { jobCtx } from "#core/frame/context.ts";
import { password, personWithPassword, watchAddresses, withoutScript } from "./held-back.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** What a person does before they are in works before a page's scripts have come and without any, and no secret gets into an address. */

withoutScript(() => {
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
    await expect(page).toHaveURL(`/a/${slug}`);
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
    await expect(page).toHaveURL(`/a/${slug}`);
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
    await expect(page).toHaveURL(`/a/${slug}`);
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

test("a form posted without script from another origin, or from none, is refused and does nothing", async ({
  request,
  context,
}) => {
  const { accountId } = await ownAccount(context, "Cross Post Ltd");
  const { secret } = await makeToken(accountId, "posted-across");
  const address = `${running().webUrl}/report/leaked-token`;
  const page = await (await request.get(address)).text();
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)];
  expect(fields.length).toBeGreaterThan(1);
  const post = (origin: string | undefined) => {
    const form = new FormData();
    for (const [, name = "", value = ""] of fields) form.set(name, value);
    form.set("token", secret);
    return fetch(address, { method: "POST", body: form, ...(origin === undefined ? {} : { headers: { origin } }) });
  };
  for (const origin of ["https://evil.example", "null", undefined]) {
    expect(await (await post(origin)).text(), origin).not.toContain("Thank you.");
    expect((await callGate(secret)).code, origin).toBe("allowed");
  }
  // The same post from our own origin works: it was the origin that was refused.
  expect(await (await post(running().webUrl)).text()).toContain("Thank you.");
  await expect.poll(async () => (await callGate(secret)).code).toBe("token_revoked");
});

test("a request's id is made by Gatehouse, so that nobody can ask for another request's answer", async ({
  request,
}) => {
  const response = await request.get(`${running().webUrl}/sign-in`, { headers: { "x-request-id": "another-request" } });
  expect(response.headers()["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

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
