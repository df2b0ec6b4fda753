import { eq } from "drizzle-orm";
import { token } from "#db/schema/tokens.ts";
import { networkDay, usageDay } from "#db/schema/usage.ts";
import { makeToken, ownAccount } from "./owner.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);

test("scopes are chosen by template or one by one, the end by preset or date, and the secret is copied", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const account = await ownAccount(context, "Choosing Ltd");
  await page.goto(`/a/${account.slug}/tokens?create=1`);
  const sheet = page.getByRole("dialog", { name: "Create token" });
  const send = sheet.getByLabel("Send single and bulk e-mail");
  const read = sheet.getByLabel("Read the status of sent e-mail");
  await sheet.getByLabel("Full access").check();
  await expect(read).toBeChecked();
  await sheet.getByLabel("Sending only").check();
  await expect(send).toBeChecked();
  await expect(read).not.toBeChecked();
  await read.check();
  await expect(sheet.getByLabel("Individual scopes")).toBeChecked();

  for (const preset of ["7 days", "30 days", "90 days", "1 year", "On a date", "Never"]) {
    await sheet.getByRole("group", { name: "Expires" }).getByLabel(preset, { exact: true }).check();
  }
  await expect(sheet.getByText("A leaked token works until someone revokes it.")).toBeVisible();
  await sheet.getByLabel("7 days").check();
  await sheet.getByRole("button", { name: /^Add my address \(/ }).click();
  await expect(sheet.getByLabel("Allowed addresses")).toHaveValue(/^(127\.0\.0\.1|::1)$/);
  await expect(sheet.getByRole("button", { name: "Your address is listed" })).toBeDisabled();
  await expect(sheet.getByRole("status", { name: "What it can do" })).toContainText("from 1 network, until");
  await sheet.getByLabel("Name").fill("chosen");
  await sheet.getByRole("button", { name: "Create token" }).click();

  const shown = page.getByRole("alertdialog", { name: /chosen/ });
  const secret = await shown.getByText(/^gth_[0-9A-Za-z]{38}$/).textContent();
  await shown.getByRole("button", { name: "Copy token" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await shown.getByRole("button", { name: "Copy command" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(`"token":"${secret}"`);
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row").filter({ hasText: "chosen" });
  await expect(row).toContainText("1 network");
  await expect(row).toContainText("email:send +1");
  await expect(row).toContainText(/in [67].days?/);
});

test("tokens are found, sorted and filtered; what is over stays with its reason; an end is told before it comes", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const account = await ownAccount(context, "Many Tokens Ltd");
  const { db } = database();
  const change = async (name: string, values: Partial<typeof token.$inferInsert>, scopes?: string[]) => {
    const { tokenId } = await makeToken(account.accountId, name, scopes);
    if (Object.keys(values).length > 0) await db.update(token).set(values).where(eq(token.id, tokenId));
  };
  await change("alpha", {}, ["email:send", "domains:read"]);
  await change("bravo", { expiresAt: inDays(-2) });
  await change("charlie", { revokedAt: inDays(-1), revokedReason: "Its laptop was lost" });
  await change("delta", { expiresAt: inDays(5) });
  await page.goto(`/a/${account.slug}/tokens`);
  const table = page.getByRole("group", { name: "Tokens" });
  const names = async () => (await table.getByRole("link").allInnerTexts()).join(" ");
  const header = table.getByRole("columnheader", { name: "Token" });
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  expect(await names()).toBe("alpha bravo charlie delta");
  await header.getByRole("button").click();
  await expect(header).toHaveAttribute("aria-sort", "descending");
  expect(await names()).toBe("delta charlie bravo alpha");

  await expect(table.getByRole("row").filter({ hasText: "charlie" })).toContainText("Its laptop was lost");
  for (const [filter, name] of [
    ["Expired 1", "bravo"],
    ["Revoked 1", "charlie"],
    ["Expiring soon 1", "delta"],
  ] as const) {
    await page.getByRole("link", { name: filter }).click();
    await expect.poll(names).toBe(name);
  }
  await page.getByRole("link", { name: /^All/ }).click();
  // What is searched for is searched in what the page shows.
  await expect.poll(async () => (await names()).split(" ").length).toBe(4);
  await page.getByLabel("Find by name, scope or integration").fill("domains:read");
  await page.keyboard.press("Enter");
  await expect.poll(names).toBe("alpha");
  await page.getByLabel("Find by name, scope or integration").fill("nothing like it");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No token matches “nothing like it”.")).toBeVisible();

  await page.goto(`/a/${account.slug}/tokens?state=revoked`);
  await table.getByRole("link", { name: "charlie" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "charlie" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("Its laptop was lost");
  await expect(page.getByRole("button", { name: "Rotate", exact: true })).toHaveCount(0);

  // The worker looks by itself.
  await expect(async () => {
    await page.goto(`/a/${account.slug}/alerts`);
    const history = page.getByRole("list", { name: "Alerts, newest first" });
    await expect(history).toContainText("The token “delta” expires within 7 days", { timeout: 2_000 });
  }).toPass({ timeout: 90_000 });
  await page.goto("/me");
  await expect(page.getByText("Many Tokens Ltd: The token “delta” expires within 7 days")).toBeVisible();
});

test("a token's page names the last five networks, and the scopes nobody uses are dropped with one press", async ({
  page,
  context,
}) => {
  const account = await ownAccount(context, "Narrowing Ltd");
  const { tokenId } = await makeToken(account.accountId, "wide", ["email:send", "domains:read", "templates:read"]);
  const { db } = database();
  await db
    .update(token)
    .set({ createdAt: inDays(-40) })
    .where(eq(token.id, tokenId));
  const own = { accountId: account.accountId, tokenId };
  const today = new Date(Math.floor(Date.now() / dayMs) * dayMs);
  await db.insert(usageDay).values({
    ...own,
    at: today,
    endpointId: 1,
    surface: "http",
    outcome: "allowed",
    requests: 70,
    spent: 70,
  });
  await db.insert(networkDay).values(
    Array.from({ length: 6 }, (_, n) => ({
      ...own,
      day: new Date(today.getTime() - n * dayMs).toISOString().slice(0, 10),
      network: `198.51.${100 + n}.0/24`,
      requests: 10 + n,
    })),
  );
  await page.goto(`/a/${account.slug}/tokens/${tokenId}`);
  const networks = page.getByRole("region", { name: "Used from" });
  for (let n = 0; n < 5; n += 1) await expect(networks).toContainText(`198.51.${100 + n}.0/24`);
  await expect(networks).not.toContainText("198.51.105.0/24");

  const unused = page.getByRole("region", { name: "Unused scopes" });
  await expect(unused).toContainText("Not needed by any call in 30 days: domains:read, templates:read.");
  await unused.getByRole("button", { name: "Remove these" }).click();
  const ask = page.getByRole("alertdialog", { name: "Remove 2 scopes?" });
  await expect(ask).toContainText("domains:read, templates:read are refused with insufficient_scope");
  await ask.getByRole("button", { name: "Remove 2 scopes" }).click();
  await expect(unused).toContainText("Every scope was used in 30 days.");
  await expect(page.getByRole("region", { name: "Facts" })).not.toContainText("domains:read");
});
