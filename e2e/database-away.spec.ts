import { setTimeout as sleep } from "node:timers/promises";
import { breakableWay } from "#core/gate/testing/testing-gate.ts";
import { freshDatabase } from "./fresh-database.ts";
import { startGatehouse } from "./server.ts";
import { signUp } from "./set-up.ts";
import { expect, test } from "./test.ts";

const awayMs = 10_000;

/** An instance of its own on an outside database (`DATABASE_URL`), behind a line that the test cuts for ten seconds. */
test("a database that goes away for ten seconds loses nothing, is said plainly, and comes back by itself", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const fresh = await freshDatabase();
  const line = await breakableWay(fresh.url);
  const { webUrl, gateUrl, setupLink, stop } = await startGatehouse({ DATABASE_URL: line.url });
  try {
    const context = await browser.newContext({ baseURL: webUrl });
    const page = await context.newPage();
    const other = await context.newPage();
    await signUp(page, setupLink, { name: "Ada Admin", email: "ada@example.com" });
    await page.goto("/staff/accounts");
    await page.getByRole("button", { name: "New account" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Written While Away");
    await page.getByLabel("Plan").selectOption("Starter");
    await page.getByLabel("Owner's e-mail address").fill("mara@example.com");

    line.cut();
    const cutAt = Date.now();
    await expect.poll(async () => (await fetch(`${webUrl}/readyz`)).status).toBe(503);
    expect((await fetch(`${gateUrl}/healthz`)).status).toBe(200);

    await page.getByRole("button", { name: "Create account and invitation" }).click();
    await expect(page.getByText("The database is not answering. Nothing was changed")).toBeVisible();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Written While Away");
    const answer = await other.goto("/staff/cases");
    expect(answer?.status()).toBe(500);
    await expect(other.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();

    await sleep(Math.max(0, cutAt + awayMs - Date.now()));
    line.mend();
    await expect(
      other.getByRole("heading", { name: "Cases", exact: true }),
      "the page comes back by itself",
    ).toBeVisible({
      timeout: 30_000,
    });
    await page.getByRole("button", { name: "Create account and invitation" }).click();
    await expect(page.getByRole("dialog").locator("code")).toContainText("/invite/");
    await page.goto("/staff/accounts");
    await expect(page.getByRole("link", { name: "Written While Away" })).toHaveCount(1);
    await context.close();
  } finally {
    await stop();
    line.close();
    await fresh.drop();
  }
});
