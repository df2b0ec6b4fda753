import { desc, sql } from "drizzle-orm";
import { detectorConfig } from "#db/schema/abuse.ts";
import { usageHour, usageMinute } from "#db/schema/usage.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { withoutScript } from "./held-back.ts";
import { addStaff, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Detectors as staff set them: in words, with what a change would have done, with and without script. */

/** Calls with an expired token, two days ago. */
async function deadCalls(accountId: string, requests: number): Promise<void> {
  const { db } = database();
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 48 * 3_600_000);
  await db.execute(sql`select ensure_usage_partitions(${hour}, ${hour})`);
  const row = {
    ...{ accountId, tokenId: crypto.randomUUID(), endpointId: 0, surface: "http", outcome: "token_expired" },
    ...{ requests, spent: 0, at: hour },
  };
  await db.insert(usageMinute).values(row);
  await db.insert(usageHour).values(row);
}

withoutScript(() => {
  test("a change of a detector shows whom it would have flagged before it is saved, in words", async ({
    page,
    context,
  }) => {
    const reviewer = await makePerson("Rita Rules");
    await addStaff(reviewer, "reviewer");
    await signIn(context, reviewer);
    const account = await makeAccount(`Forgotten Client ${crypto.randomUUID().slice(0, 8)}`);
    await deadCalls(account.accountId, 70);

    await page.goto("/staff/detectors");
    await expect(page.getByRole("row", { name: /Dead token in use/ })).toContainText(
      "Flags a token that is called at least 100 times within 60 minutes after it was revoked or expired.",
    );
    await page.getByRole("link", { name: "Dead token in use" }).click();
    const field = page.getByLabel("Calls within 60 minutes (requests)");
    await expect(field).toHaveValue("100");
    await expect(field).toHaveAccessibleDescription(/From 1 to 1000000\. Now 100, shipped as 100\./);
    await expect(page.getByRole("button", { name: "Save draft" })).toHaveCount(0);
    await field.fill("60");
    await page.getByRole("button", { name: "Show what it would have flagged" }).click();

    await expect(page.getByText(/^At least \d+ accounts? would have been flagged/)).toBeVisible();
    const row = page
      .getByRole("group", { name: "Accounts it would have flagged" })
      .getByRole("row", { name: account.name });
    await expect(row.getByRole("cell").nth(1)).toHaveText("–");
    await expect(row.getByRole("cell").nth(2)).toHaveText("flagged");
    await page.getByLabel("Reason").fill("Forgotten clients need help sooner.");
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(page.getByText("Draft saved. A lead publishes it.")).toBeVisible();
    const [saved] = await database()
      .db.select({ thresholds: detectorConfig.thresholds, note: detectorConfig.note })
      .from(detectorConfig)
      .where(sql`${detectorConfig.detector} = 'dead_token_use' and ${detectorConfig.publishedAt} is null`)
      .orderBy(desc(detectorConfig.number));
    expect(saved).toEqual({ thresholds: { requestsPerHour: 60 }, note: "Forgotten clients need help sooner." });
  });

  test("a threshold out of its bounds is said on the page, and saved nowhere", async ({ page, context }) => {
    const reviewer = await makePerson("Rob Rules");
    await addStaff(reviewer, "reviewer");
    await signIn(context, reviewer);
    await page.goto("/staff/detectors/rate_excess?mode=flags&t.shareShort=20");
    await expect(page.getByText("“Refused within 10 minutes” must be a number from 0.0001 to 1.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save draft" })).toHaveCount(0);
  });
});

test("the rules of detectors can be read by everybody, on any screen", async ({ page, context }) => {
  const agent = await makePerson("Sam Support");
  await addStaff(agent, "support");
  await signIn(context, agent);
  for (const path of ["/staff/detectors", "/staff/detectors/probing?mode=shadow&t.capacity=5"]) {
    await page.goto(path);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await expect(page.getByText("In shadow it would only have counted them.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save draft" })).toHaveCount(0);
});
