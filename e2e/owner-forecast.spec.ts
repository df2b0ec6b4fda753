import { sql } from "drizzle-orm";
import { usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addMember, database, makeAccount } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test.describe("in Kathmandu", () => {
  test.use({ timezoneId: "Asia/Kathmandu" });

  test("the meter says when the quota runs out, in both clocks, and what that rests on", async ({ page, context }) => {
    const account = await ownAccount(context, "Running Out Ltd", "Hobby");
    const { tokenId } = await makeToken(account.accountId, "hungry");
    const { db } = database();
    // 990 of 1,000 within the last minutes: by any estimate the rest is gone in less than two.
    const at = (stepMs: number) => new Date(Math.floor(Date.now() / stepMs) * stepMs);
    const row = { accountId: account.accountId, tokenId, endpointId: 1, surface: "http", outcome: "allowed" };
    await db.execute(sql`select ensure_usage_partitions(${at(3_600_000)}, ${new Date()})`);
    for (const [table, stepMs] of [
      [usageMinute, 60_000],
      [usageHour, 3_600_000],
      [usageDay, 86_400_000],
    ] as const) {
      await db.insert(table).values({ ...row, at: at(stepMs), requests: 990, spent: 990 });
    }
    await page.goto(`/a/${account.slug}`);
    const quota = page.getByRole("region", { name: "Quota today" });
    await expect(quota).toContainText(/990\s*of 1,000 requests/);
    await expect(quota).toContainText(
      /At this pace you run out (at about|between) \d\d:\d\d in Kathmandu · \d\d:\d\d UTC/,
    );
    await expect(quota.getByTitle(/straight line through the last hour/)).toBeVisible();
    await expect(quota).toContainText(/resets in .+, at 05:45 in Kathmandu · 00:00 UTC/);
  });
});

test("every range and every way to group shows the same calls, from live to thirteen months", async ({
  page,
  context,
}) => {
  const account = await ownAccount(context, "All Ranges Ltd");
  const { secret } = await makeToken(account.accountId, "steady");
  for (let i = 0; i < 3; i += 1) await callGate(secret);
  await callGate(secret, { method: "GET", path: "/v1/domains" });
  await page.goto(`/a/${account.slug}/usage?range=13m`);
  const totals = page.getByRole("group", { name: "Totals of this range" });
  const numberOf = (name: string) => totals.getByRole("row").filter({ hasText: name }).getByRole("cell").nth(1);
  // They are counted a second later, and this page does not follow by itself.
  await expect(async () => {
    await page.reload();
    await expect(numberOf("Refused")).toHaveText("1", { timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  const ranges = page.getByRole("navigation", { name: "Range" });
  for (const range of ["Live", "1 h", "24 h", "7 d", "30 d", "90 d", "13 months"]) {
    await ranges.getByRole("link", { name: range, exact: true }).click();
    await expect(ranges.getByRole("link", { name: range, exact: true })).toHaveAttribute("aria-current", "true");
    await expect(numberOf("Allowed"), range).toHaveText("3");
    await expect(numberOf("Refused"), range).toHaveText("1");
  }
  for (const [by, rows] of [
    ["Endpoint", { "POST /v1/email": "3", "GET /v1/domains": "1" }],
    ["Surface", { http: "4" }],
    ["Token", { steady: "4" }],
    ["Decision", { insufficient_scope: "1", Allowed: "3" }],
  ] as const) {
    await page.getByLabel("Group by").selectOption(by);
    await page.getByRole("button", { name: "Show" }).click();
    for (const [name, count] of Object.entries(rows)) await expect(numberOf(name), `${by} ${name}`).toHaveText(count);
  }
  await page.goto(`/a/${account.slug}/usage?range=1h&endpointId=1`);
  await expect(page.getByRole("figure").filter({ hasText: "limit 120" })).toBeVisible();
});

test("whoever belongs to two accounts goes from one to the other, each with its own numbers", async ({
  page,
  context,
}) => {
  const first = await ownAccount(context, "First Of Two Ltd");
  const second = await makeAccount("Second Of Two Ltd", "Hobby");
  await addMember(second.accountId, first.owner, "viewer");
  await page.goto(`/a/${first.slug}`);
  await expect(page.getByRole("region", { name: "Quota today" })).toContainText("of 100,000 requests");
  await page.getByRole("button", { name: "Account: First Of Two Ltd" }).click();
  await page.getByRole("link", { name: "Second Of Two Ltd" }).click();
  await expect(page).toHaveURL(new RegExp(`/a/${second.slug}$`));
  await expect(page.getByRole("region", { name: "Quota today" })).toContainText("of 1,000 requests");
  await expect(page.getByRole("button", { name: "Account: Second Of Two Ltd" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Create token" })).toHaveCount(0);
});
