import { accessibilityFaults } from "./accessibility.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { expect, test } from "./test.ts";

const pages = [
  "",
  "/tokens",
  "/usage?groupBy=token",
  "/limits",
  "/health",
  "/refusals",
  "/standing",
  "/members",
  "/audit",
  "/alerts",
  "/integrations",
  "/settings",
  "/webhooks",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });
      // Every page is looked at by axe, which takes seconds on a busy machine.
      test.setTimeout(240_000);

      test("every page of an owner is free of accessibility faults and fits the screen", async ({ page, context }) => {
        const account = await ownAccount(context, `Axe ${colorScheme} ${width} Ltd`);
        const { secret } = await makeToken(account.accountId, "first");
        for (let i = 0; i < 3; i += 1) await callGate(secret);
        await callGate(secret, { method: "GET", path: "/v1/domains" });
        for (const path of pages) {
          await page.goto(`/a/${account.slug}${path}`);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          // A chart is loaded when it is seen.
          await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
          await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
          // A table that scrolls becomes a stop of the Tab key as soon as the script runs.
          await expect(async () => {
            expect(await accessibilityFaults(page), path).toEqual([]);
          }).toPass({ timeout: 15_000 });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
        }
        await page.goto(`/a/${account.slug}/tokens?create=1`);
        await expect(page.getByRole("dialog", { name: "Create token" })).toBeVisible();
        expect(await accessibilityFaults(page), "create token").toEqual([]);
      });
    });
  }
}
