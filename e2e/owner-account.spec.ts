import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { unzipSync } from "fflate";
import { accountExport } from "#db/schema/exports.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { addMember, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("a threshold that is reached is told once, on every page, until somebody has seen it", async ({
  page,
  context,
}) => {
  // Trial has 100 requests per day.
  const account = await ownAccount(context, "Alerted Ltd", "Trial");
  const { secret } = await makeToken(account.accountId, "busy");
  await page.goto(`/a/${account.slug}/alerts`);
  const rules = page.getByRole("group", { name: "Alert rules" });
  await expect(rules.getByRole("row").filter({ hasText: "Quota used" })).toHaveCount(2);
  await page.getByLabel("Alert on").selectOption("Quota used");
  await page.getByLabel("Threshold in %").fill("5");
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(rules.getByRole("row").filter({ hasText: "5%" })).toBeVisible();
  await page.getByLabel("Threshold in %").fill("5");
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByLabel("Threshold in %")).toHaveAccessibleDescription(/A rule of this kind already/);

  // Early in the day six calls are also too fast a pace, which is not what this is about.
  await page.getByRole("button", { name: /^Turn Pace .* off$/ }).click();
  await expect(page.getByRole("button", { name: /^Turn Pace .* on$/ })).toBeVisible();
  for (let i = 0; i < 6; i += 1) await callGate(secret);
  const history = page.getByRole("list", { name: "Alerts, newest first" });
  await expect(history).toContainText("5% of the daily quota is used", { timeout: 40_000 });
  await expect(history).toContainText("6 of 100 requests are used.");
  await expect(history).toContainText("1 not delivered: no mail server configured", { timeout: 40_000 });
  await page.goto(`/a/${account.slug}`);
  // While a page comes, its banner stands there twice, once hidden.
  await expect(page.getByText("5% of the daily quota is used.").filter({ visible: true })).toBeVisible();
  await page.getByRole("button", { name: "Mark as seen" }).click();
  await expect(page.getByText("5% of the daily quota is used.")).toBeHidden();
  await page.goto("/me");
  await expect(page.getByText("Alerted Ltd: 5% of the daily quota is used")).toBeVisible();

  await page.goto(`/a/${account.slug}/alerts`);
  await page.getByRole("button", { name: "Turn Quota used at 5% off" }).click();
  await expect(rules.getByRole("row").filter({ hasText: "5%" }).first()).toContainText("off");
  await page.getByRole("button", { name: "Remove Quota used at 5%" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(rules.getByRole("row").filter({ hasText: /\b5%/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Send test" }).click();
  await expect(history).toContainText("This is a test");
});

test("pace, rate-limit pressure and the share of refusals are told when they cross their threshold", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const account = await ownAccount(context, "Watched Ltd", "Trial");
  const { secret } = await makeToken(account.accountId, "busy");
  await page.goto(`/a/${account.slug}/alerts`);
  const rules = page.getByRole("group", { name: "Alert rules" });
  for (const [kind, percent] of [
    ["Pace", "15"],
    ["Rate limit", "75"],
    ["Refused", "33"],
  ] as const) {
    await page.getByLabel("Alert on").selectOption(kind);
    await page.getByLabel("Threshold in %").fill(percent);
    await page.getByLabel("Repeat after").selectOption("6 hours");
    await page.getByRole("button", { name: "Add rule" }).click();
    const rule = rules
      .getByRole("row")
      .filter({ hasText: kind })
      .filter({ hasText: `${percent}%` });
    await expect(rule).toContainText("6 h");
  }
  // 9 of 10 calls per minute, 21 of 100 a day, and 20 of 41 refused for a missing scope. The worker may look in between.
  for (let i = 0; i < 9; i += 1) await callGate(secret, { path: "/v1/bulk-email" });
  for (let i = 0; i < 12; i += 1) await callGate(secret);
  for (let i = 0; i < 20; i += 1) await callGate(secret, { method: "GET", path: "/v1/domains" });
  const history = page.getByRole("list", { name: "Alerts, newest first" });
  await expect(history).toContainText(/A rate limit is \d\d% used/, { timeout: 45_000 });
  await expect(history).toContainText("POST /v1/bulk-email is at");
  await expect(history).toContainText(/\d+ of \d+ requests in the last hour were refused/, { timeout: 45_000 });
  await expect(history).toContainText(/\d+ of 100 requests are used so far/, { timeout: 45_000 });
});

test("an integration is registered, shown with what it lacks, and named by a token", async ({ page, context }) => {
  const account = await ownAccount(context, "Integrating Ltd");
  await page.goto(`/a/${account.slug}/integrations`);
  await page.getByRole("button", { name: "Add integration" }).click();
  const sheet = page.getByRole("dialog", { name: "Add an integration" });
  await sheet.getByLabel("Name", { exact: true }).fill("Newsletter app");
  await sheet.getByLabel("Purpose").fill("Sends the weekly newsletter");
  await sheet.getByLabel("Contact").fill("privacy@integrating.example");
  await sheet.getByLabel("E-mail addresses").check();
  await sheet.getByLabel("Privacy policy").fill("javascript:alert(1)");
  await sheet.getByRole("button", { name: "Save", exact: true }).click();
  await expect(sheet.getByLabel("Privacy policy")).toHaveAccessibleDescription(/starts with https/);
  await expect(sheet.getByLabel("E-mail addresses")).toBeChecked();
  await sheet.getByLabel("Privacy policy").fill("");
  await sheet.getByRole("button", { name: "Save", exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: "Newsletter app" });
  await expect(row).toContainText("missing");
  await page.getByRole("button", { name: "Edit Newsletter app" }).click();
  // Nobody has this name: the worker finds that out by itself and says what is wrong.
  await page.getByLabel("Privacy policy").fill("https://integrating.invalid/privacy");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(row.getByRole("link", { name: "integrating.invalid" })).toBeVisible();
  await expect(row).toContainText("unreachable", { timeout: 40_000 });
  await expect(row).toContainText("The host integrating.invalid was not found.");
  await page.getByRole("button", { name: "Check the privacy policy of Newsletter app now" }).click();
  await expect(row.getByRole("alert")).toContainText(/checked less than 30 seconds ago/);

  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("button", { name: "Edit Newsletter app" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByText("unreachable").filter({ visible: true })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width, height });

  await page.goto(`/a/${account.slug}/tokens?create=1&name=weekly`);
  const create = page.getByRole("dialog", { name: "Create token" });
  await create.getByRole("combobox", { name: "Integration" }).selectOption("Newsletter app");
  await create.getByRole("button", { name: "Create token" }).click();
  const shown = page.getByRole("alertdialog", { name: /weekly/ });
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").filter({ hasText: "weekly" })).toContainText("Newsletter app");

  await page.goto(`/a/${account.slug}/integrations`);
  await page.getByRole("button", { name: "Archive Newsletter app" }).click();
  const ask = page.getByRole("alertdialog");
  await expect(ask).toContainText("Its token keeps working");
  await ask.getByRole("button", { name: "Archive" }).click();
  await expect(row).toContainText("archived");
});

test("an owner renames the account, chooses their mail, and takes all data away in one file", async ({
  page,
  context,
}) => {
  const account = await ownAccount(context, "Settled Ltd");
  const { secret } = await makeToken(account.accountId, "kept");
  await callGate(secret);
  await page.goto(`/a/${account.slug}/settings`);
  await page.getByLabel("Name", { exact: true }).fill("Settled & Sons");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("Settled & Sons");
  await page.getByLabel("Alerts").uncheck();
  const saved = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await saved;
  await page.reload();
  await expect(page.getByLabel("Alerts")).not.toBeChecked();

  await page.getByRole("button", { name: "Create archive" }).click();
  const link = page.getByRole("list", { name: "Archives" }).getByRole("link", { name: "Download" });
  await expect(link).toBeVisible({ timeout: 40_000 });
  const download = page.waitForEvent("download");
  await link.click();
  const files = unzipSync(new Uint8Array(readFileSync(await (await download).path())));
  const text = (name: string) => Buffer.from(files[name] ?? []).toString("utf8");
  expect(text("account.jsonl")).toContain('"Settled & Sons"');
  expect(text("tokens.jsonl")).toContain('"kept"');
  expect(text("usage-by-day.jsonl")).toContain('"requests": 1');
  expect(Object.values(files).some((bytes) => Buffer.from(bytes).includes(secret))).toBe(false);
  const href = await link.getAttribute("href");
  const viewer = await makePerson("Vic Viewer");
  await addMember(account.accountId, viewer, "viewer");
  await context.clearCookies();
  await signIn(context, viewer);
  expect((await context.request.get(`${running().webUrl}${href}`)).status()).toBe(404);
});

test("an archive that takes long shows how far it is, and one that failed says what to do", async ({
  page,
  context,
}) => {
  const account = await ownAccount(context, "Packing Ltd");
  const { db } = database();
  const made = { accountId: account.accountId, requestedByUserId: account.owner.userId, state: "running" as const };
  const [row] = await db.insert(accountExport).values(made).returning({ id: accountExport.id });
  const set = (values: Partial<typeof accountExport.$inferInsert>) =>
    db
      .update(accountExport)
      .set(values)
      .where(eq(accountExport.id, row?.id ?? ""));
  await set({ filesDone: 3, filesTotal: 12, rows: 120_400 });
  await page.goto(`/a/${account.slug}/settings`);
  const archives = page.getByRole("list", { name: "Archives" });
  await expect(archives).toContainText("3 of 12 files, 120,400 rows");
  await expect(page.getByRole("button", { name: "Create archive" })).toBeDisabled();
  await set({ filesDone: 9, rows: 4_120_400 });
  await expect(archives, "moves by itself").toContainText("9 of 12 files, 4,120,400 rows", { timeout: 20_000 });
  await expect(archives.getByRole("meter", { name: "Archive progress" })).toHaveAttribute("aria-valuenow", "9");
  await set({ state: "failed", finishedAt: new Date() });
  await expect(archives).toContainText("failed: create a new one", { timeout: 20_000 });
  await expect(page.getByRole("button", { name: "Create archive" })).toBeEnabled();
});

test("the audit is filtered and taken away as a file", async ({ page, context }) => {
  const account = await ownAccount(context, "Audited Ltd");
  const { tokenId } = await makeToken(account.accountId, "=cmd");
  await page.goto(`/a/${account.slug}/tokens/${tokenId}`);
  await page.getByRole("button", { name: "Change =cmd" }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await expect(page.getByRole("row").filter({ hasText: "token.pause" })).toBeVisible();
  await page.goto(`/a/${account.slug}/audit`);
  await page.getByLabel("What").selectOption("Tokens");
  await page.getByLabel("Who").fill("audited ltd");
  await page.getByRole("button", { name: "Filter" }).click();
  const rows = page.getByRole("group", { name: "Audit events" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("token.pause");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text.trimEnd().split("\r\n")).toHaveLength(2);
  expect(text).toContain("token.pause");
});
