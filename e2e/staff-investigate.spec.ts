import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";
import type { StaffRole } from "#core/rules/vocabulary.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { withoutScript } from "./held-back.ts";
import { makeCase } from "./make-case.ts";
import { recordTraffic } from "./recorded-traffic.ts";
import { addStaff, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** What the gates have recorded, over all accounts: narrowed, drilled into, shared, and led on from. */

const serial = () => crypto.randomUUID().slice(0, 8);
const byte = () => Math.floor(Math.random() * 250);

async function clean(page: Page) {
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    // A page takes a moment to lay itself out at its new width.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function asStaff(context: BrowserContext, name: string, role: StaffRole = "lead") {
  const person = await makePerson(name);
  await addStaff(person, role);
  await signIn(context, person);
}

/** Five accounts that called from one network, one of them refused by another client as well. */
async function fiveFromOneNetwork(mark: string) {
  const network = `10.${byte()}.${byte()}.0/24`;
  const accounts = [];
  for (let i = 0; i < 5; i++) {
    const account = await makeAccount(`Near ${i} ${mark}`);
    accounts.push(account);
    const of = { accountId: account.accountId, tokenId: crypto.randomUUID(), network };
    await recordTraffic({ ...of, requests: 20 + i });
    if (i === 0) await recordTraffic({ ...of, outcome: "rate_limited", client: `scanner-${mark}/1.0`, requests: 7 });
  }
  return { network, accounts };
}

const table = (page: Page, name: string) => page.getByRole("region", { name, exact: true }).locator("tbody");

test("a network leads to the accounts behind it, to a client, and back, each step an address", async ({
  page,
  context,
}) => {
  const mark = serial();
  const { network, accounts } = await fiveFromOneNetwork(mark);
  await asStaff(context, "Ina Vestigator", "support");
  await page.goto("/staff/investigate");
  await expect(page.getByRole("heading", { level: 1, name: "Investigate" })).toBeVisible();
  await page.getByLabel("Address or network").fill(network.replace(".0/24", ".77"));
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(table(page, "Accounts").getByRole("row")).toHaveCount(5);
  await expect(page.getByText("117 requests, 7 refused (6%)")).toBeVisible();
  await expect(table(page, "Networks").getByRole("row")).toContainText([`${network}11775`]);
  await clean(page);

  await table(page, "Clients")
    .getByRole("link", { name: `scanner-${mark}/1.0` })
    .click();
  await expect(page).toHaveURL(/client=scanner-/);
  await expect(table(page, "Accounts").getByRole("row")).toHaveCount(1);
  await expect(page.getByText("7 requests, 7 refused (100%)")).toBeVisible();
  await page.getByRole("link", { name: `Remove Client: scanner-${mark}/1.0` }).click();
  await expect(table(page, "Accounts").getByRole("row")).toHaveCount(5);

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Accounts as CSV" }).click();
  const csv = readFileSync(await (await file).path(), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(csv[0]).toBe("from,until,by,key,name,account,requests,refused,accounts");
  expect(csv.slice(1).map((line) => line.split(",")[4])).toEqual([0, 4, 3, 2, 1].map((i) => accounts[i]?.name));

  await table(page, "Accounts")
    .getByRole("link", { name: `Near 4 ${mark}`, exact: true })
    .click();
  await page.getByRole("link", { name: "Open the account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Near 4 ${mark}` })).toBeVisible();
  await page.getByRole("link", { name: "Investigate", exact: true }).last().click();
  await expect(page.getByText("24 requests, 0 refused")).toBeVisible();
});

test("accounts ticked in a table go into one act on all, or narrow the view", async ({ page, context }) => {
  const mark = serial();
  const { network } = await fiveFromOneNetwork(mark);
  await asStaff(context, "Bea Batch");
  await page.goto(`/staff/investigate?network=${encodeURIComponent(network)}`);
  const tick = (i: number) => page.getByLabel(`Select Near ${i} ${mark}`).check();
  await tick(1);
  await tick(2);
  await page.getByRole("button", { name: "Narrow to selected" }).click();
  await expect(table(page, "Accounts").getByRole("row")).toHaveCount(2);
  await expect(page.getByText("43 requests, 0 refused")).toBeVisible();
  await tick(1);
  await tick(2);
  await page.getByRole("button", { name: "Act on selected" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Act on 2 accounts" })).toBeVisible();
});

test("a view is saved for oneself and for the desk, found again, and removed", async ({ page, context, browser }) => {
  const mark = serial();
  await asStaff(context, `Sal ${mark}`);
  await page.goto("/staff/investigate?code=refused&hours=168");
  for (const [name, isShared] of [
    [`Mine ${mark}`, false],
    [`Ours ${mark}`, true],
  ] as const) {
    await page.goto(`/staff/investigate?code=${isShared ? "refused" : "allowed"}&hours=168`);
    await page.getByLabel("Save this view as").fill(name);
    if (isShared) await page.getByLabel("Share with the desk").check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("button", { name: `Remove “${name}”` })).toBeVisible();
  }
  await clean(page);

  const other = await browser.newContext();
  await asStaff(other, `Col ${mark}`, "support");
  const theirs = await other.newPage();
  await theirs.goto(new URL("/staff/investigate", page.url()).href);
  await expect(theirs.getByRole("link", { name: `Mine ${mark}` })).toHaveCount(0);
  await theirs.getByRole("link", { name: `Ours ${mark}` }).click();
  await expect(theirs).toHaveURL(/code=refused/);
  await other.close();

  await page.getByRole("button", { name: `Remove “Ours ${mark}”` }).click();
  await page.getByRole("button", { name: "Remove view" }).click();
  await expect(page.getByRole("link", { name: `Ours ${mark}` })).toHaveCount(0);
});

test("a case opens its account's view in the time of its flag, and a view opens a case", async ({ page, context }) => {
  const mark = serial();
  const flagged = await makeCase(`Flagged ${mark}`);
  await recordTraffic({ accountId: flagged.accountId, tokenId: crypto.randomUUID(), requests: 60, ago: 2 });
  await recordTraffic({ accountId: flagged.accountId, tokenId: crypto.randomUUID(), requests: 9, ago: 300 });
  await asStaff(context, "Cas Opener", "reviewer");
  await page.goto(`/staff/cases?q=${mark}`);
  await page.locator("#queue").getByRole("link").first().click();
  await page.getByRole("main").getByRole("link", { name: "Investigate", exact: true }).click();
  await expect(page.getByText("60 requests, 0 refused")).toBeVisible();
  await page.getByRole("link", { name: "Open its case" }).click();
  await expect(page.getByRole("heading", { level: 1, name: flagged.name })).toBeVisible();

  const quiet = await makeAccount(`Quiet ${mark}`);
  await page.goto("/staff/investigate");
  await page.getByLabel("Add an account").fill(`Quiet ${mark}`);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("No requests were recorded for this view.")).toBeVisible();
  await clean(page);
  await page.getByLabel("Note for a new case").fill("Shares a network with a scanner.");
  await page.getByRole("button", { name: "Open a case" }).click();
  await expect(page.getByRole("heading", { level: 1, name: quiet.name })).toBeVisible();
  await expect(page.getByText("Shares a network with a scanner.").first()).toBeVisible();
});

test("what cannot be a view is said in words, and an account that is not unique is offered", async ({
  page,
  context,
}) => {
  const mark = serial();
  await makeAccount(`Twin one ${mark}`);
  await makeAccount(`Twin two ${mark}`);
  await asStaff(context, "Erin Error", "support");
  for (const [query, words] of [
    ["network=nowhere", "Enter an address, such as 203.0.113.7"],
    ["from=2026-11-24T10:00&until=2026-11-24T09:00", "must begin before it ends"],
    ["account=nothing&client=a%00b&hours=x&from=y&tables=z", "requests,"],
  ]) {
    const answer = await page.goto(`/staff/investigate?${query}`);
    expect(answer?.status()).toBe(200);
    await expect(page.getByText(words ?? "").first()).toBeVisible();
  }
  await page.goto(`/staff/investigate?find=${mark}`);
  await page.getByRole("link", { name: `Twin two ${mark}` }).click();
  await expect(page.getByRole("link", { name: `Remove Account: Twin two ${mark}` })).toBeVisible();
});

withoutScript(() => {
  test("narrows, drills and selects without a script", async ({ page, context }) => {
    const mark = serial();
    const { network } = await fiveFromOneNetwork(mark);
    await asStaff(context, "Nora NoScript");
    await page.goto("/staff/investigate");
    await page.getByLabel("Address or network").fill(network);
    await page.getByLabel("Decision", { exact: true }).selectOption("refused");
    await page.getByLabel("Decision", { exact: true }).press("Tab");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("7 requests, 7 refused (100%)")).toBeVisible();
    await page.getByLabel(`Select Near 0 ${mark}`).check();
    await page.getByRole("button", { name: "Act on selected" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Act on 1 account" })).toBeVisible();
  });
});
