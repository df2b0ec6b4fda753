import { desc, eq, sql } from "drizzle-orm";
import { detectorConfig, flag } from "#db/schema/abuse.ts";
import { usageHour, usageMinute } from "#db/schema/usage.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { withoutScript } from "./held-back.ts";
import { makeCase } from "./make-case.ts";
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

  test("a mute is listed where it silences, and ended with a reason", async ({ page, context }) => {
    const lead = await makePerson("Lou Lead");
    await addStaff(lead, "lead");
    await signIn(context, lead);
    const { accountId, name } = await makeCase(`Muted Once ${crypto.randomUUID().slice(0, 8)}`);
    const mutedUntil = new Date(Date.now() + 7 * 86_400_000);
    const [muted] = await database()
      .db.update(flag)
      .set({
        state: "muted",
        mutedUntil,
        muteReason: "A migration.",
        decidedAt: new Date(),
        decidedByUserId: lead.userId,
      })
      .where(eq(flag.accountId, accountId))
      .returning({ id: flag.id });
    await page.goto(`/staff/accounts/${accountId}`);
    await expect(page.getByRole("list", { name: "Muted" })).toContainText("Probing, by Lou Lead until");
    await page.goto("/staff/detectors");
    const entry = page.getByRole("list", { name: "Muted" }).getByRole("listitem").filter({ hasText: name });
    await expect(entry).toContainText("A migration.");
    await entry.getByLabel("Reason to unmute").fill("The migration is over.");
    await entry.getByRole("button", { name: "Unmute" }).click();
    await expect(entry).toHaveCount(0);
    const [now] = await database()
      .db.select({ until: flag.mutedUntil })
      .from(flag)
      .where(eq(flag.id, muted?.id ?? ""));
    expect(now?.until?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test("a detector that fell into shadow is on the desk until a lead puts it back with a reason", async ({
    page,
    context,
  }) => {
    const lead = await makePerson("Lux Lead");
    await addStaff(lead, "lead");
    await signIn(context, lead);
    const { db } = database();
    const detector = "new_account_races";
    const [last] = await db
      .select({ number: detectorConfig.number })
      .from(detectorConfig)
      .where(eq(detectorConfig.detector, detector))
      .orderBy(desc(detectorConfig.number))
      .limit(1);
    await db.insert(detectorConfig).values({
      ...{ detector, number: (last?.number ?? 0) + 1, mode: "shadow" as const, thresholds: {} },
      ...{ note: "Wrong too often: 24 of 25 flags were not abuse.", publishedAt: new Date() },
    });
    await page.goto("/staff");
    await expect(page.getByText("Unusually busy new account fell into shadow.")).toBeVisible();
    await page.getByRole("link", { name: "Decide" }).click();
    await page.getByLabel("Reason to put it back").fill("One campaign caused it.");
    await page.getByRole("button", { name: "Put it back" }).click();
    await expect(page.getByRole("button", { name: "Put it back" })).toHaveCount(0);
    await page.goto("/staff");
    await expect(page.getByText("Unusually busy new account fell into shadow.")).toHaveCount(0);
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
