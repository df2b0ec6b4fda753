import type { Page } from "@playwright/test";
import { accessibilityFaults } from "./accessibility.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addMember, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Takes the secret out of the dialog that shows it once. */
async function storeSecret(page: Page): Promise<string> {
  const shown = page.getByRole("alertdialog", { name: /^Secret of/ });
  const secret = await shown.getByText(/^gth_[0-9A-Za-z]{38}$/).textContent();
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(shown).toBeHidden();
  return secret ?? "";
}

test("a token is edited, and the gate holds to it from the next request on", async ({ page, context }) => {
  const account = await ownAccount(context, "Edited Ltd");
  const { tokenId, secret } = await makeToken(account.accountId, "worker", ["email:send", "email:read"]);
  expect(await callGate(secret)).toMatchObject({ code: "allowed" });
  await page.goto(`/a/${account.slug}/tokens`);
  await page.getByRole("link", { name: "worker" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "worker" })).toBeVisible();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "Edit “worker”" });
  await expect(sheet.getByLabel("Send single and bulk e-mail")).toBeChecked();
  await expect(sheet.getByText("POST /v1/email, POST /v1/bulk-email, SMTP")).toBeVisible();
  await sheet.getByLabel("Send single and bulk e-mail").uncheck();
  await sheet.getByLabel("Allowed addresses").fill("198.51.100.0/24\n2001:db8::/48");
  await sheet.getByText("30 days").click();
  await expect(sheet.getByRole("status", { name: "What it can do" })).toContainText("from 2 networks");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
  const facts = page.getByRole("region", { name: "Facts" });
  await expect(facts).toContainText("198.51.100.0/24, 2001:db8::/48");
  await expect.poll(async () => (await callGate(secret)).code).toBe("ip_not_allowed");
  await expect(page.getByRole("region", { name: "History" })).toContainText("email:read, email:send → email:read");

  await page.goto(`/a/${account.slug}/tokens/${tokenId}?edit=1`);
  await expect(sheet.getByLabel("Allowed addresses")).toHaveValue("198.51.100.0/24\n2001:db8::/48");
  await sheet.getByLabel("Allowed addresses").fill("");
  await sheet.getByLabel("Send single and bulk e-mail").check();
  await sheet.getByLabel("Calls per minute").fill("1");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
  await expect.poll(async () => (await callGate(secret)).code).toBe("rate_limited");
});

test("two people edit the same token: the second is told who was first, and loses nothing typed", async ({
  page,
  context,
  browser,
}) => {
  const account = await ownAccount(context, "Two Editors Ltd");
  const { tokenId } = await makeToken(account.accountId, "shared");
  const colleague = await makePerson("Cleo Colleague");
  await addMember(account.accountId, colleague, "developer");
  const other = await browser.newContext();
  await signIn(other, colleague);
  const theirs = await other.newPage();
  for (const one of [page, theirs]) await one.goto(`/a/${account.slug}/tokens/${tokenId}?edit=1`);
  const sheetOf = (one: Page) => one.getByRole("dialog", { name: /^Edit/ });
  await sheetOf(theirs).getByLabel("Name").fill("renamed by Cleo");
  await sheetOf(theirs).getByRole("button", { name: "Save" }).click();
  await expect(sheetOf(theirs)).toBeHidden();

  await sheetOf(page).getByLabel("Name").fill("renamed by me");
  await sheetOf(page).getByLabel("Calls per day").fill("77");
  await sheetOf(page).getByRole("button", { name: "Save" }).click();
  await expect(sheetOf(page).getByRole("alert")).toContainText("Cleo Colleague changed “renamed by Cleo” at");
  await expect(sheetOf(page).getByLabel("Calls per day")).toHaveValue("77");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { level: 1, name: "renamed by Cleo" })).toBeVisible();
  await other.close();
});

test("a token is rotated with both secrets alive, watched, and its old secret retired", async ({ page, context }) => {
  const account = await ownAccount(context, "Rotated Ltd");
  const { tokenId, secret: old } = await makeToken(account.accountId, "rolling");
  await callGate(old);
  await page.goto(`/a/${account.slug}/tokens/${tokenId}`);
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Rotate “rolling”" });
  await dialog.getByText("7 days").click();
  await dialog.getByRole("button", { name: "Create new secret" }).click();
  const fresh = await storeSecret(page);
  expect(fresh).not.toBe(old);
  expect(await page.content()).not.toContain(fresh);

  await expect.poll(async () => (await callGate(fresh)).code).toBe("allowed");
  expect(await callGate(fresh)).toMatchObject({ code: "allowed" });
  expect(await callGate(old)).toMatchObject({ code: "allowed" });
  const rotation = page.getByRole("region", { name: "Rotation" });
  await expect(rotation).toContainText(/33% of 3 requests since/);
  const who = rotation.getByRole("row").filter({ hasText: "203.0.113.0/24" });
  await expect(who).toContainText("e2e-client/1.0");
  await expect(page.getByRole("row").filter({ hasText: "token.rotate" })).toBeVisible();

  await rotation.getByRole("button", { name: "Reschedule" }).click();
  await page.getByText("1 hour from now").click();
  await page.getByRole("dialog").getByRole("button", { name: "Reschedule" }).click();
  await expect(page.getByRole("row").filter({ hasText: "token.extend_overlap" })).toBeVisible();

  await rotation.getByRole("button", { name: "Retire the old secret now" }).click();
  const confirm = page.getByRole("alertdialog", { name: /^Retire gth_/ });
  await expect(confirm).toContainText("It made 1 request since the rotation");
  await confirm.getByRole("button", { name: "Retire secret" }).click();
  await expect(confirm).toBeHidden();
  await expect.poll(async () => (await callGate(old)).code).toBe("token_revoked");
  expect(await callGate(fresh)).toMatchObject({ code: "allowed" });
  await expect(page.getByText("A retired secret is still in use.")).toBeVisible();
});

test("one can ask what a token may do, and nothing is spent", async ({ page, context }) => {
  const account = await ownAccount(context, "Asking Ltd");
  const { tokenId, secret } = await makeToken(account.accountId, "asked");
  await callGate(secret);
  await page.goto(`/a/${account.slug}/tokens/${tokenId}`);
  const check = page.getByRole("region", { name: "Check a request" });
  await check.getByLabel("Method").selectOption("POST");
  await check.getByLabel("Path").fill("/v1/email");
  await check.getByLabel("From address").fill("203.0.113.9");
  await check.getByRole("button", { name: "Check", exact: true }).click();
  const answer = check.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("The gate would allow it now.");
  await expect(answer).toContainText("Daily quota: 1 of 100,000 used");

  await check.getByLabel("Method").selectOption("GET");
  await check.getByLabel("Path").fill("/v1/domains?page=2");
  await check.getByRole("button", { name: "Check", exact: true }).click();
  await expect(answer).toContainText("insufficient_scope");
  await expect(answer).toContainText("The missing scope is domains:read");
  await expect(answer.getByRole("listitem").filter({ hasText: "7. endpoint and scope" })).toContainText("refused");
  await check.getByLabel("From address").fill("nowhere");
  await check.getByRole("button", { name: "Check", exact: true }).click();
  await expect(check.getByLabel("From address")).toHaveAccessibleDescription(/Enter an IPv4 or IPv6 address/);
});

test("a token is created from a link, by the keyboard alone", async ({ page, context }) => {
  const account = await ownAccount(context, "Keys Only Ltd");
  const link = "create=1&name=from-ci&scopes=email:send,email:read&networks=203.0.113.0/24&perDay=500";
  await page.goto(`/a/${account.slug}/tokens?${link}`);
  const sheet = page.getByRole("dialog", { name: "Create token" });
  await expect(sheet.getByLabel("Name")).toHaveValue("from-ci");
  await expect(sheet.getByLabel("Read the status of sent e-mail")).toBeChecked();
  await expect(sheet.getByRole("status", { name: "What it can do" })).toContainText("at most 500 calls per day");
  await sheet.getByLabel("Name").focus();
  await page.keyboard.press("Enter");
  const shown = page.getByRole("alertdialog", { name: /from-ci/ });
  await expect(shown).toBeVisible();
  await shown.getByLabel("I have stored it").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(shown).toBeHidden();
  const row = page.getByRole("row").filter({ hasText: "from-ci" });
  await expect(row).toContainText("1 network · 500 per day");
  await row.getByRole("link", { name: "from-ci" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "from-ci" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("the page of a token is free of accessibility faults and fits the screen", async ({ page, context }) => {
        const account = await ownAccount(context, `Token axe ${colorScheme} ${width} Ltd`);
        const { tokenId, secret } = await makeToken(account.accountId, "looked-at");
        await callGate(secret);
        for (const query of ["?way=POST&path=/v1/email&from=203.0.113.9", "?edit=1", "?rotate=1"]) {
          await page.goto(`/a/${account.slug}/tokens/${tokenId}${query}`);
          if (query.length < 12) await expect(page.getByRole("dialog")).toBeVisible();
          else await expect(page.getByRole("region", { name: "Answer" })).toBeVisible();
          await expect(async () => {
            expect(await accessibilityFaults(page), query).toEqual([]);
          }).toPass({ timeout: 15_000 });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, `${query} scrolls sideways`).toBeLessThanOrEqual(0);
        }
      });
    });
  }
}
