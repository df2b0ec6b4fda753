import { eq } from "drizzle-orm";
import { token } from "#db/schema/tokens.ts";
import { holdScripts, password, personWithPassword } from "./held-back.ts";
import { callGate, ownAccount } from "./owner.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Scripts that come late: what was done before is done once, and what was typed is still there. */

test("a form typed into while its script is on the way is sent once, and the script takes over the answer", async ({
  page,
  context,
}) => {
  const { owner, slug } = await personWithPassword(context, "Slow Line Ltd");
  await context.clearCookies();
  const scripts = await holdScripts(context);
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await page.goto(`/sign-in?next=/a/${slug}`, { waitUntil: "domcontentloaded" });
  await page.getByLabel("E-mail address").fill(owner.email);
  await page.getByLabel("Password").fill("not the password");
  // The answer waits until the scripts of the first page have come and run.
  await page.route("**/sign-in*", async (route) => {
    if (route.request().method() === "POST") {
      scripts.release();
      await page.waitForTimeout(0);
    }
    await route.continue();
  });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Wrong e-mail address or password.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(owner.email);
  expect(posts).toHaveLength(1);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/a/${slug}`);
  expect(posts).toHaveLength(2);
});

test("what was typed before the script came is still there when it has, and is what is sent", async ({
  page,
  context,
}) => {
  const { slug, accountId } = await ownAccount(context, "Typed Early Ltd");
  const scripts = await holdScripts(context);
  await page.goto(`/a/${slug}/tokens?create=1`, { waitUntil: "domcontentloaded" });
  const early = page.getByRole("form", { name: "Create token" });
  await early.getByLabel("Name").fill("typed-early");
  await early.getByLabel("Read the status of sent e-mail").check();
  await early.getByLabel("30 days").check();
  scripts.release();
  const sheet = page.getByRole("dialog", { name: "Create token" });
  await expect(sheet.getByLabel("Name")).toHaveValue("typed-early");
  await expect(sheet.getByLabel("Read the status of sent e-mail")).toBeChecked();
  await expect(sheet.getByLabel("30 days")).toBeChecked();
  await expect(page.getByRole("form", { name: "Create token", includeHidden: true })).toHaveCount(1);
  await sheet.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("alertdialog", { name: /typed-early/ })).toBeVisible();
  expect(await database().db.$count(token, eq(token.accountId, accountId))).toBe(1);
});

test("a secret that was created before the script came stays on the page that shows it, and is nowhere after", async ({
  page,
  context,
}) => {
  const { slug } = await ownAccount(context, "Late Script Ltd");
  const scripts = await holdScripts(context);
  await page.goto(`/a/${slug}/tokens?create=1&name=late-script`, { waitUntil: "domcontentloaded" });
  await page.getByRole("form", { name: "Create token" }).getByRole("button", { name: "Create token" }).click();
  const shown = page.getByRole("region", { name: "Secret of “late-script”" });
  await expect(shown).toBeVisible();
  scripts.release();
  const secret = (await shown.getByText(/^gth_[0-9A-Za-z]{38}$/).textContent()) ?? "";
  // The page renews itself when its token was used.
  expect((await callGate(secret)).allowed).toBe(true);
  await expect(page.getByRole("row").filter({ hasText: "late-script" })).not.toContainText("never");
  await expect(shown).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await shown.getByRole("link", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(secret);
});
