import { readFileSync } from "node:fs";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { addMember, addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("calls at the gate move the overview by themselves", async ({ page, context }) => {
  const account = await ownAccount(context, "Moving Ltd");
  const { secret } = await makeToken(account.accountId, "mover");
  await page.goto(`/a/${account.slug}?range=live`);
  await expect(page.getByText("live", { exact: true })).toBeVisible();
  await expect(page.getByTestId("quota-used")).toHaveText("0");
  for (let i = 0; i < 5; i += 1) await callGate(secret);
  await expect(page.getByTestId("quota-used")).toHaveText("5");
  await expect(page.getByTestId("last-hour")).toHaveText("5");
  await expect(page.getByRole("row").filter({ hasText: "POST /v1/email" }).first()).toContainText("5");
  await expect(page.getByRole("row").filter({ hasText: "mover" })).toContainText("100");
});

test("usage is grouped, filtered and taken away as a file that a spreadsheet does not run", async ({
  page,
  context,
}) => {
  const account = await ownAccount(context, "Counted Ltd");
  const first = await makeToken(account.accountId, "=1+1");
  const second = await makeToken(account.accountId, "plain");
  for (let i = 0; i < 3; i += 1) await callGate(first.secret);
  await callGate(second.secret);
  await callGate(second.secret, { method: "GET", path: "/v1/domains" });
  await page.goto(`/a/${account.slug}/usage?range=1h`);
  const totals = page.getByRole("group", { name: "Totals of this range" });
  await expect(totals.getByRole("row").filter({ hasText: "Allowed" })).toContainText("4");
  await page.getByLabel("Group by").selectOption("Token");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(totals.getByRole("row").filter({ hasText: "=1+1" })).toContainText("60");
  await expect(page).toHaveURL(/groupBy=token/);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  const [head = "", ...lines] = text.trimEnd().split("\r\n");
  expect(head).toBe("start (UTC),'=1+1,plain,total");
  expect(lines).toHaveLength(60);
  expect(lines.reduce((sum, line) => sum + Number(line.split(",").at(-1)), 0)).toBe(5);

  await totals.getByRole("link", { name: "plain" }).click();
  await expect(totals.getByRole("row").filter({ hasText: "Refused" })).toContainText("1");
  await page.getByLabel("Group by").selectOption("Decision");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(totals.getByRole("row").filter({ hasText: "Missing scope" })).toContainText("insufficient_scope");
});

test("the filter shows what the page shows, also after going back", async ({ page, context }) => {
  const account = await ownAccount(context, "Returning Ltd");
  const { tokenId } = await makeToken(account.accountId, "only-one");
  await page.goto(`/a/${account.slug}/usage?range=24h`);
  const [endpoint, token] = [page.getByLabel("Endpoint"), page.getByLabel("Token", { exact: true })];
  await endpoint.selectOption({ index: 1 });
  const endpointId = await endpoint.inputValue();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`endpointId=${endpointId}`));
  await token.selectOption(tokenId);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`tokenId=${tokenId}`));
  await page.goBack();
  await expect(page).toHaveURL(/tokenId=&/);
  await expect(token).toHaveValue("");
  await expect(endpoint).toHaveValue(endpointId);
});

test("a refusal is found by its receipt, with what to do about it, and by members alone", async ({
  page,
  context,
  browser,
}) => {
  const account = await ownAccount(context, "Refused Ltd");
  const { secret } = await makeToken(account.accountId, "narrow");
  const { receipt } = await callGate(secret, { method: "GET", path: "/v1/domains" });
  await callGate(secret, { method: "GET", path: "/v1/templates" });
  await page.goto(`/a/${account.slug}/refusals`);
  const list = page.getByRole("list", { name: "Refusals, newest first" });
  await expect(list.getByRole("listitem").filter({ hasText: "/v1/templates" })).toBeVisible();
  await page.goto(`/r/${receipt}`);
  await expect(page.getByRole("heading", { name: "Missing scope" })).toBeVisible();
  await expect(page.getByText("The missing scope is domains:read.")).toBeVisible();
  await page.getByRole("link", { name: "All refusals" }).click();
  await expect(page).toHaveURL(new RegExp(`/a/${account.slug}/refusals\\?receipt=${receipt}`));
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(list).toContainText("Add the scope to the token under Edit");
  await expect(list).toContainText("domains:read");
  await expect(list).toContainText("203.0.113.9");
  await page.goto(`/a/${account.slug}/refusals?code=rate_limited`);
  await expect(page.getByText("No matching refusals")).toBeVisible();

  const other = await browser.newContext();
  await ownAccount(other, "Curious Ltd");
  expect((await other.request.get(`${running().webUrl}/r/${receipt}`)).status()).toBe(404);
  await other.close();
});

test("a receipt of no account is explained to whoever opens its link", async ({ page }) => {
  const { code, receipt } = await callGate("gth_not-a-token-of-anybody");
  expect(code).toBe("malformed_token");
  const asked = () => page.request.get(`/r/${receipt}`, { maxRedirects: 0 });
  await expect.poll(async () => (await asked()).status(), "until it is imported").toBe(200);
  await page.goto(`/r/${receipt}`);
  await expect(page.getByRole("heading", { name: "Not a token" })).toBeVisible();
  await expect(page.getByText("Copy the whole token again")).toBeVisible();
});

test("nothing of another account can be reached", async ({ context }) => {
  const theirs = await ownAccount(context, "Private Ltd");
  const { tokenId } = await makeToken(theirs.accountId, "very-private-token");
  await context.clearCookies();
  const own = await ownAccount(context, "Nosy Ltd");
  const pages = [
    "",
    "/tokens",
    "/usage",
    "/usage/csv",
    "/limits",
    "/health",
    "/refusals",
    "/standing",
    "/members",
    "/audit",
    "/live",
  ];
  for (const path of pages) {
    const answer = await context.request.get(`${running().webUrl}/a/${theirs.slug}${path}`);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain("very-private-token");
  }
  const filtered = await context.request.get(`${running().webUrl}/a/${own.slug}/usage/csv?tokenId=${tokenId}`);
  expect((await filtered.text()).split("\r\n")[0]).toBe("start (UTC),total");
  const wrong = await context.request.get(`${running().webUrl}/a/${own.slug}/usage/csv?accountId=${theirs.accountId}`);
  expect(wrong.status()).toBeGreaterThanOrEqual(400);

  const viewer = await makePerson("Vera Viewer");
  await addMember(own.accountId, viewer, "viewer");
  await context.clearCookies();
  await signIn(context, viewer);
  expect((await context.request.get(`${running().webUrl}/a/${own.slug}/audit`)).status()).toBe(404);
  expect((await context.request.get(`${running().webUrl}/a/${own.slug}/no-such-page`)).status()).toBe(404);
});

test.describe("without a network", () => {
  test.use({ expectedConsoleErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/] });

  test("an open page says that it reconnects, keeps what it shows, and goes on by itself", async ({
    page,
    context,
  }) => {
    const account = await ownAccount(context, "Tunnel Ltd");
    const { secret } = await makeToken(account.accountId, "mover");
    await page.goto(`/a/${account.slug}`);
    await expect(page.getByText("live", { exact: true })).toBeVisible();
    // The open stream would outlive the network's end; a hidden tab closes it, as a sleeping machine does.
    await context.setOffline(true);
    await page.evaluate(() => {
      for (const state of ["hidden", "visible"]) {
        Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
        document.dispatchEvent(new Event("visibilitychange"));
      }
    });
    await expect(page.getByText("reconnecting…")).toBeVisible();
    await callGate(secret);
    await expect(page.getByTestId("quota-used")).toHaveText("0");
    await context.setOffline(false);
    await expect(page.getByText("live", { exact: true })).toBeVisible();
    await expect(page.getByTestId("quota-used")).toHaveText("1");
  });
});

test("a client's mistakes are named with their numbers, and one thing to change for each", async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(150_000);
  const account = await ownAccount(context, "Unwell Ltd");
  await page.goto(`/a/${account.slug}/health`);
  await expect(page.getByText("No problems found", { exact: true })).toBeVisible();

  const { secret, tokenId } = await makeToken(account.accountId, "narrow");
  for (let i = 0; i < 12; i += 1) await callGate(secret, { method: "GET", path: "/v1/domains" });
  const eager = await makeToken(account.accountId, "eager");
  // 120 in 60 s are let through; who goes on far into the wait is early, as no burst and no other worker would be.
  for (let i = 0; i < 130; i += 1) await callGate(eager.secret);
  for (let round = 0; round < 5; round += 1) {
    await page.waitForTimeout(5_000);
    for (let i = 0; i < 20; i += 1) await callGate(eager.secret);
  }
  const list = page.getByRole("list", { name: "Findings, most costly first" });
  const finding = (title: string) => list.getByRole("listitem").filter({ hasText: title });
  await expect(finding("Retries without waiting")).toContainText("POST /v1/email", { timeout: 15_000 });
  await expect(finding("Retries without waiting")).toContainText("After a 429, send nothing until");
  await expect(finding("Missing scope")).toContainText("12 requests");
  await expect(finding("Missing scope")).toContainText("Add the scope domains:read to the token under Edit");

  await page.goto(`/a/${account.slug}`);
  // While a page comes, what it shows stands there twice, once hidden.
  await expect(page.getByText("Retries without waiting: “eager”.").filter({ visible: true })).toBeVisible();
  await page.getByRole("link", { name: /^See this and \d+ more$/ }).click();
  await expect(page).toHaveURL(new RegExp(`/a/${account.slug}/health$`));
  await finding("Missing scope").getByRole("link", { name: "narrow" }).click();
  await expect(page).toHaveURL(new RegExp(`/tokens/${tokenId}$`));

  const staff = await browser.newContext();
  const person = await makePerson("Sami Support");
  await addStaff(person, "support");
  await signIn(staff, person);
  const desk = await staff.newPage();
  await desk.goto(`/staff/accounts/${account.accountId}`);
  await expect(desk.getByRole("region", { name: "Diagnosis" })).toContainText("Retries without waiting");
  await staff.close();
});
