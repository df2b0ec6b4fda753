import { readFileSync } from "node:fs";
import { and, eq, sql } from "drizzle-orm";
import { override } from "#db/schema/provider.ts";
import { usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import * as format from "#words/format.ts";
import { makeToken, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

const dayMs = 86_400_000;
const today = () => Math.floor(Date.now() / dayMs) * dayMs;

/** The UTC days of the last twelve months on which a zone's clock is changed, but for the last two days. */
function clockChanges(zone: string): number[] {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone });
  const days = Array.from({ length: 363 }, (_, i) => today() - (i + 2) * dayMs);
  return days.filter((day) => clock.format(day) !== clock.format(day + dayMs));
}

/** One call, with what its headers say. */
async function call(token: string) {
  const answer = await fetch(`${running().gateUrl}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, method: "POST", path: "/v1/bulk-email", ip: "203.0.113.9" }),
  });
  return (await answer.json()) as { allowed: boolean; headers: Record<string, string> };
}

test("client, headers, chart, table, file and database give the same numbers", async ({ page, context }) => {
  const account = await ownAccount(context, "Agreeing Ltd");
  const { secret } = await makeToken(account.accountId, "counter");
  let allowed = 0;
  let refused = 0;
  let remaining = "";
  // The limit of this endpoint is 10 a minute, so some are refused, and those spend nothing.
  for (let i = 0; i < 17; i += 1) {
    const answer = await call(secret);
    if (answer.allowed) allowed += 1;
    else refused += 1;
    const given = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === "x-apiquota-remaining");
    remaining = given?.[1] ?? "";
  }
  expect(refused).toBeGreaterThan(0);
  expect(Number(remaining)).toBe(100_000 - allowed);

  await page.goto(`/a/${account.slug}/usage?range=1h&groupBy=code`);
  const totals = page.getByRole("group", { name: "Totals of this range" });
  const rowOf = (name: string) => totals.getByRole("row").filter({ hasText: name });
  await expect(rowOf("Allowed").getByRole("cell").nth(1)).toHaveText(String(allowed));
  await expect(rowOf("Rate limit reached").getByRole("cell").nth(1)).toHaveText(String(refused));

  await page.goto(`/a/${account.slug}/usage?range=1h`);
  await page.getByRole("button", { name: "View as table" }).click();
  const cells = await page.getByRole("group", { name: "Requests, table" }).getByRole("row").allInnerTexts();
  const sums = cells.slice(1).map((text) => text.split("\t").slice(1).map(Number));
  expect(sums.reduce((sum, [one = 0]) => sum + one, 0)).toBe(allowed);
  expect(sums.reduce((sum, [, one = 0]) => sum + one, 0)).toBe(refused);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  const [head = "", ...lines] = text.trimEnd().split("\r\n");
  const column = (name: string) => head.split(",").indexOf(name);
  const summed = (name: string) => lines.reduce((sum, line) => sum + Number(line.split(",")[column(name)]), 0);
  expect([summed("allowed"), summed("refused"), summed("total")]).toEqual([allowed, refused, allowed + refused]);

  for (const table of [usageMinute, usageHour, usageDay]) {
    const [row] = await database()
      .db.select({
        requests: sql<number>`sum(${table.requests})::int`,
        spent: sql<number>`sum(${table.spent})::int`,
      })
      .from(table)
      .where(and(eq(table.accountId, account.accountId)));
    expect(row).toEqual({ requests: allowed + refused, spent: allowed });
  }
  await page.goto(`/a/${account.slug}`);
  await expect(page.getByTestId("quota-used")).toHaveText(String(allowed));
});

test("a limit that was changed yesterday leaves the days before with theirs", async ({ page, context }) => {
  const account = await ownAccount(context, "Raised Ltd", "Hobby");
  const { tokenId } = await makeToken(account.accountId, "steady");
  const { db } = database();
  await db.execute(sql`select ensure_usage_partitions(${new Date(today() - 40 * dayMs)}, ${new Date()})`);
  const days = Array.from({ length: 30 }, (_, i) => ({
    accountId: account.accountId,
    at: new Date(today() - (i + 1) * dayMs),
    tokenId,
    endpointId: 1,
    surface: "http",
    outcome: "allowed",
    requests: 800 + i,
    spent: 800 + i,
  }));
  await db.insert(usageDay).values(days);
  await db.insert(override).values({
    accountId: account.accountId,
    kind: "quota",
    value: 5_000,
    startsAt: new Date(today() - dayMs),
    reason: "raised",
  });
  await page.goto(`/a/${account.slug}/limits`);
  const chart = page.getByRole("figure").filter({ hasText: "Requests per day against that day's quota" });
  await expect(chart).toContainText("quota 1,000, then 5,000");
  await chart.getByRole("button", { name: "View as table" }).click();
  const rows = chart.getByRole("row");
  // Newest first, after the heading: today, yesterday, the day before.
  await expect(rows.nth(1).getByRole("cell").last()).toHaveText("5,000");
  await expect(rows.nth(2).getByRole("cell").last()).toHaveText("5,000");
  await expect(rows.nth(2).getByRole("cell").first()).toHaveText("800");
  await expect(rows.nth(3).getByRole("cell").last()).toHaveText("1,000");

  await page.goto(`/a/${account.slug}/usage?range=13m`);
  await page.getByLabel("Compare with the previous period").check();
  await page.getByRole("button", { name: "Show" }).click();
  const totals = page.getByRole("group", { name: "Totals of this range" });
  await expect(totals.getByRole("row").filter({ hasText: "Allowed" })).toContainText("new");
  await expect(page.getByRole("figure").filter({ hasText: "previous period" })).toBeVisible();
});

for (const zone of ["Asia/Kathmandu", "America/New_York"]) {
  test.describe(`in ${zone}`, () => {
    test.use({ timezoneId: zone });

    test("the quota's day is the UTC day, and its end is given in both clocks", async ({ page, context }) => {
      const account = await ownAccount(context, `Elsewhere ${zone.split("/")[1]} Ltd`, "Hobby");
      const { tokenId } = await makeToken(account.accountId, "traveller");
      const { db } = database();
      await db.execute(sql`select ensure_usage_partitions(${new Date(today() - 3 * dayMs)}, ${new Date()})`);
      const row = { accountId: account.accountId, tokenId, endpointId: 1, surface: "http", outcome: "allowed" };
      await db.insert(usageDay).values([
        { ...row, at: new Date(today()), requests: 7, spent: 7 },
        { ...row, at: new Date(today() - dayMs), requests: 5, spent: 5 },
      ]);
      await page.goto(`/a/${account.slug}`);
      const reset = format.inZone(today() + dayMs, "time", zone);
      const place = zone.split("/")[1]?.replace("_", " ");
      await expect(page.getByRole("region", { name: "Quota today" })).toContainText(`${reset} in ${place} · 00:00 UTC`);
      await expect(page.getByTestId("quota-used")).toHaveText("7");

      await page.goto(`/a/${account.slug}/limits`);
      const chart = page.getByRole("figure").filter({ hasText: "Requests per day" });
      await chart.getByRole("button", { name: "View as table" }).click();
      const utcDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
      await expect(chart.getByRole("row").nth(1)).toContainText(utcDay.format(today()));
      await expect(chart.getByRole("row").nth(1).getByRole("cell").first()).toHaveText("7");
      await expect(chart.getByRole("row").nth(2).getByRole("cell").first()).toHaveText("5");
    });

    test("thirteen months hold each UTC day once, also where New York's clock is changed", async ({
      page,
      context,
    }) => {
      const account = await ownAccount(context, `Clock ${zone.split("/")[1]} Ltd`, "Hobby");
      const { tokenId } = await makeToken(account.accountId, "all-year");
      const { db } = database();
      const changes = clockChanges("America/New_York");
      expect(changes.length).toBeGreaterThanOrEqual(2);
      const row = { accountId: account.accountId, tokenId, endpointId: 1, surface: "http", outcome: "allowed" };
      const days = changes.flatMap((day, i) =>
        [-1, 0, 1].map((n) => ({ at: new Date(day + n * dayMs), requests: 100 * (i + 1) + n })),
      );
      await db.insert(usageDay).values(days.map((day) => ({ ...row, ...day, spent: day.requests })));
      await page.goto(`/a/${account.slug}/usage?range=13m`);
      await page.getByRole("button", { name: "View as table" }).click();
      const rows = page.getByRole("group", { name: "Requests, table" }).getByRole("row");
      const texts = (await rows.allInnerTexts()).map((text) => text.split("\t"));
      const utcDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
      for (const { at, requests } of days) {
        const ofDay = texts.filter(
          ([when = "", allowed]) => when.includes(utcDay.format(at)) && allowed === String(requests),
        );
        expect(ofDay, `${at.toISOString()} with ${requests}`).toHaveLength(1);
      }
      expect(texts.slice(1).reduce((sum, [, allowed]) => sum + Number(allowed), 0)).toBe(
        days.reduce((sum, day) => sum + day.requests, 0),
      );
    });
  });
}

test("a token that takes too much of the quota is capped where that shows", async ({ page, context }) => {
  const account = await ownAccount(context, "Sharing Ltd");
  const { secret } = await makeToken(account.accountId, "greedy");
  await call(secret);
  await page.goto(`/a/${account.slug}`);
  await page.getByRole("button", { name: "Cap greedy" }).click();
  const dialog = page.getByRole("dialog", { name: "Cap “greedy”" });
  await expect(dialog).toContainText("It used 1 of the account's 100,000 today.");
  await dialog.getByLabel("Calls per day").fill("0");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByLabel("Calls per day")).toHaveAccessibleDescription(/at least 1/);
  await dialog.getByLabel("Calls per day").fill("1");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await call(secret)).allowed).toBe(false);
});
