import { webhookDelivery, webhookEndpoint } from "#db/schema/webhooks.ts";
import { ownAccount } from "./owner.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("a delivery is sent again on a phone without looking for its button", async ({ page, context }) => {
  const account = await ownAccount(context, "Small Screen Ltd");
  const [endpoint] = await database()
    .db.insert(webhookEndpoint)
    .values({ accountId: account.accountId, url: "https://hooks.example.com/gatehouse", events: [] })
    .returning({ id: webhookEndpoint.id });
  await database()
    .db.insert(webhookDelivery)
    .values({
      endpointId: endpoint?.id ?? "",
      accountId: account.accountId,
      type: "account.standing_changed",
      subjectId: account.accountId,
      body: "{}",
      state: "waiting",
      attempts: 1,
      nextAttemptAt: new Date(Date.now() + 3_600_000),
      createdAt: new Date(),
    });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/a/${account.slug}/webhooks/${endpoint?.id}`);
  const row = page.getByRole("row").filter({ hasText: "account.standing_changed" });
  await expect(row).toContainText("tried 1 of 10 times");
  const box = await row.getByRole("button", { name: "Resend" }).boundingBox();
  expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
});
