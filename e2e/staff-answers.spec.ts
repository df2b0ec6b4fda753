import type { BrowserContext, Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { decideAppeal } from "#core/appeals/decide-appeal.ts";
import { submitAppeal } from "#core/appeals/submit-appeal.ts";
import { dismissFlag } from "#core/cases/dismiss-flag.ts";
import { waitForOwner } from "#core/cases/work-case.ts";
import { recordSignals } from "#core/detection/record-signals.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { action, appeal } from "#db/schema/enforcement.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { makeCase } from "./make-case.ts";
import { recordTraffic } from "./recorded-traffic.ts";
import { addMember, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { staffOf } from "./staff-of.ts";
import { expect, test } from "./test.ts";

/** Further questions of a team lead, each answered on screen in less than a minute (the first ones: staff-questions). */

const mostMs = 60_000;
const dayMs = 86_400_000;
const serial = () => crypto.randomUUID().slice(0, 8);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const terms = {
  reasonCode: "probing" as const,
  publicText: "You called paths that are not yours.",
  internalNote: "see",
};

/** Signs a lead in, and measures what the answer takes on screen. */
async function answered(
  page: Page,
  context: BrowserContext,
  lead: { person: Parameters<typeof signIn>[1] },
  on: () => Promise<void>,
) {
  await signIn(context, lead.person);
  const startedAt = Date.now();
  await on();
  expect(Date.now() - startedAt).toBeLessThan(mostMs);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

async function ownerOf(accountId: string, name: string): Promise<Ctx> {
  const person = await makePerson(name);
  await addMember(accountId, person, "owner");
  const actor = {
    kind: "member" as const,
    ...person,
    sessionId: crypto.randomUUID(),
    accountId,
    role: "owner" as const,
  };
  return { ...jobCtx(database().db, "e2e", new Date()), actor };
}

test("who overturned what last month", async ({ page, context }) => {
  const mark = serial();
  const { db } = database();
  const ann = await staffOf(`Ann ${mark}`, "reviewer");
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const { accountId, name } = await makeAccount(`Overturned ${mark}`);
  const owner = await ownerOf(accountId, "Olga Owner");
  const { actionId } = await imposeAction(ann.ctx, {
    accountId,
    ...terms,
    type: "throttle",
    factor: 0.5,
    durationHours: 90,
  });
  const text = "It was our own test, and it has ended.";
  await submitAppeal(owner, { actionId, cause: text, changed: text, prevention: text });
  const [made] = await db
    .select({ id: appeal.id, version: appeal.version })
    .from(appeal)
    .where(eq(appeal.actionId, actionId));
  await decideAppeal(lee.ctx, { appealId: made?.id ?? "", version: made?.version ?? 0, decision: "granted", text });
  // As if it had been a month ago: beside it stands one of today.
  const monthAgo = new Date(Date.now() - 30 * dayMs);
  await db.update(action).set({ endedAt: monthAgo }).where(eq(action.id, actionId));

  await answered(page, context, lee, async () => {
    await page.goto("/staff/actions");
    await page.getByRole("link", { name: "Past", exact: true }).click();
    await page.getByLabel("Outcome").selectOption("overturned");
    await page.getByLabel("By", { exact: true }).fill(mark);
    await page.getByLabel("Over from, UTC").fill(dayOf(monthAgo.getTime() - dayMs));
    await page.getByLabel("to, UTC", { exact: true }).fill(dayOf(monthAgo.getTime() + dayMs));
    await page.getByRole("button", { name: "Filter" }).click();
    const row = page.locator("tbody").getByRole("row");
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(name);
    await expect(row).toContainText(`Ann ${mark}`);
    await expect(row).toContainText(`by Lee ${mark}`);
  });
  await page.goto(`/staff/actions?view=over&state=overturned&author=${mark}&endedFrom=${dayOf(Date.now())}`);
  await expect(page.getByText("No matching actions")).toBeVisible();
});

test("which networks hit five customers today, and who they are", async ({ page, context }) => {
  const mark = serial();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const network = `10.${Math.floor(Math.random() * 250)}.7.0/24`;
  for (let i = 0; i < 6; i++) {
    const { accountId } = await makeAccount(`Hit ${i} ${mark}`);
    await recordTraffic({ accountId, tokenId: crypto.randomUUID(), network, requests: 3 });
  }
  await answered(page, context, lee, async () => {
    await page.goto("/staff/investigate");
    await page.getByLabel("Order").selectOption("accounts");
    await page.getByRole("button", { name: "Apply" }).click();
    const networks = page.getByRole("region", { name: "Networks", exact: true }).locator("tbody");
    const row = networks.getByRole("row", { name: network });
    await expect(row.getByRole("cell").last()).toHaveText("6");
    await row.getByRole("link", { name: network }).click();
    const accounts = page.getByRole("region", { name: "Accounts", exact: true }).locator("tbody");
    await expect(accounts.getByRole("row")).toHaveCount(6);
  });
});

test("what we did to this account last month", async ({ page, context }) => {
  const mark = serial();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const { accountId, name } = await makeAccount(`Asked ${mark}`);
  await imposeAction(lee.ctx, { accountId, ...terms, type: "notice" });
  await answered(page, context, lee, async () => {
    await page.goto("/staff/accounts");
    await page.getByLabel(/^Find by name/).fill(mark);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=/);
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await page.getByRole("link", { name: "Audit", exact: true }).last().click();
    await expect(page).toHaveURL(/audit\?account=/);
    await page.getByLabel("From, UTC").fill(dayOf(Date.now() - 30 * dayMs));
    await page.getByLabel("To, UTC").fill(dayOf(Date.now()));
    await page.getByRole("combobox", { name: "What" }).selectOption("action.");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/from=/);
    const rows = page.locator("tbody").getByRole("row");
    await expect(rows.first()).toContainText(`Lee ${mark}`);
    await expect(rows.filter({ hasText: name }).first()).toBeVisible();
  });
  await page.goto(`/staff/audit?account=${accountId}&until=${dayOf(Date.now() - dayMs)}`);
  await expect(page.getByText("No matching changes")).toBeVisible();
});

test("which of our actions end this week", async ({ page, context }) => {
  const mark = serial();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const soon = await makeAccount(`Soon over ${mark}`);
  const later = await makeAccount(`Later over ${mark}`);
  const throttle = { ...terms, type: "throttle" as const, factor: 0.5 };
  await imposeAction(lee.ctx, { accountId: soon.accountId, ...throttle, durationHours: 48 });
  await imposeAction(lee.ctx, { accountId: later.accountId, ...throttle, durationHours: 24 * 20 });
  await answered(page, context, lee, async () => {
    await page.goto("/staff/actions");
    await page.getByLabel("Ends").selectOption("168");
    await page.getByLabel("By", { exact: true }).fill(mark);
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/ends=168/);
    const rows = page.locator("tbody").getByRole("row");
    await expect(rows).toHaveCount(1);
    await expect(rows.getByRole("link", { name: soon.name }).first()).toBeVisible();
  });
});

test("which detector was wrong most often", async ({ page, context }) => {
  const mark = serial();
  const { db } = database();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  for (let i = 0; i < 2; i++) {
    const { accountId } = await makeAccount(`Woken ${i} ${mark}`);
    const signal = {
      ...{ detector: "dormant_wakes", detectorVersion: 1, scope: "account" as const, scopeId: accountId, severity: 1 },
      ...{ magnitude: 200, summary: "Idle for 95 days, then 200 requests in an hour", evidence: {} },
    };
    await recordSignals(jobCtx(db, "e2e", new Date()), { accountId, signals: [signal] });
    const [raised] = await db.select({ id: flag.id }).from(flag).where(eq(flag.accountId, accountId));
    await dismissFlag(lee.ctx, { flagId: raised?.id ?? "", reason: "not_abuse" });
  }
  await answered(page, context, lee, async () => {
    await page.goto("/staff");
    const list = page.getByRole("region", { name: "Detectors, most often wrong first" }).getByRole("listitem");
    await expect(list.filter({ hasText: "Dormant token wakes up" })).toContainText(/wrong in [2-9]\d* of/);
    const wrong = (await list.allTextContents()).map((text) => Number(/wrong in (\d+) of/.exec(text)?.[1]));
    expect(wrong).toEqual(wrong.toSorted((a, b) => b - a));
  });
});

test("who is waiting longest for us, and who only for their own answer", async ({ page, context }) => {
  const mark = serial();
  const { db } = database();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const since: Record<string, number> = { Recent: 1, Longest: 9, Asked: 20 };
  for (const [name, days] of Object.entries(since)) {
    const made = await makeCase(`${name} ${mark}`);
    const openedAt = new Date(Date.now() - days * dayMs);
    await db.update(abuseCase).set({ openedAt }).where(eq(abuseCase.accountId, made.accountId));
    if (name !== "Asked") continue;
    const [row] = await db
      .select({ caseId: abuseCase.id, version: abuseCase.version })
      .from(abuseCase)
      .where(eq(abuseCase.accountId, made.accountId));
    if (row) await waitForOwner(lee.ctx, { ...row, text: "Asked which client it is." });
  }
  await answered(page, context, lee, async () => {
    await page.goto(`/staff/cases?q=${mark}`);
    await page.getByText("Filters and order").click();
    await page.getByLabel("Order").selectOption("oldest");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/order=oldest/);
    const queue = page.locator("#queue").getByRole("listitem");
    await expect(queue).toHaveCount(3);
    await expect(queue.nth(0)).toContainText(`Asked ${mark}`);
    await expect(queue.nth(0)).toContainText(/waiting/i);
    await expect(queue.nth(1)).toContainText(`Longest ${mark}`);
    await expect(queue.nth(1)).not.toContainText(/waiting for/i);
  });
});

test("what this account was told, and whether the mail arrived", async ({ page, context }) => {
  const mark = serial();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const { accountId, name } = await makeAccount(`Told ${mark}`);
  await addMember(accountId, await makePerson("Olga Owner"), "owner");
  await imposeAction(lee.ctx, {
    accountId,
    ...terms,
    publicText: `You called paths that are not yours, ${mark}.`,
    type: "notice",
  });
  await answered(page, context, lee, async () => {
    await page.goto(`/staff/accounts/${accountId}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    const sent = page.getByRole("region", { name: "Sent to the account" });
    await sent.locator("summary").first().click();
    await expect(sent.getByText(mark, { exact: false }).last()).toBeVisible();
    await expect(sent.getByText(/No mail yet\.|waiting|sent|kept/i).last()).toBeVisible();
  });
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("region", { name: "Sent to the account" })).toContainText("@example.com", {
      timeout: 1_000,
    });
  }).toPass({ timeout: 60_000 });
});

test("which customers this address touches, and which client sent the refused calls", async ({ page, context }) => {
  const mark = serial();
  const lee = await staffOf(`Lee ${mark}`, "lead");
  const [a, b] = [Math.floor(Math.random() * 250), Math.floor(Math.random() * 250)];
  const network = `172.${a}.${b}.0/24`;
  const names = ["One", "Two", "Three"].map((one) => `${one} ${mark}`);
  for (const name of names) {
    const { accountId } = await makeAccount(name);
    await recordTraffic({ accountId, tokenId: crypto.randomUUID(), network, requests: 4 });
    const refused = { outcome: "insufficient_scope", client: `probe-${mark}/2`, requests: 9 };
    if (name.startsWith("Two")) await recordTraffic({ accountId, tokenId: crypto.randomUUID(), network, ...refused });
  }
  await answered(page, context, lee, async () => {
    await page.goto("/staff/investigate");
    await page.getByLabel("Address or network").fill(`172.${a}.${b}.23`);
    await page.getByRole("button", { name: "Apply" }).click();
    const accounts = page.getByRole("region", { name: "Accounts", exact: true }).locator("tbody");
    await expect(accounts.getByRole("row")).toHaveCount(3);
    for (const name of names) await expect(accounts.getByRole("link", { name, exact: true })).toBeVisible();
    await page.getByLabel("Decision", { exact: true }).selectOption("refused");
    await page.getByRole("button", { name: "Apply" }).click();
    const clients = page.getByRole("region", { name: "Clients", exact: true }).locator("tbody");
    await expect(clients.getByRole("row")).toHaveCount(1);
    await expect(clients.getByRole("row")).toContainText(`probe-${mark}/2`);
  });
});
