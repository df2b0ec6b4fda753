import { running } from "./running.ts";
import { expect, test } from "./test.ts";

for (const name of ["webUrl", "gateUrl", "workerUrl"] as const) {
  test(`the process behind ${name} says that it lives and is ready`, async ({ request }) => {
    for (const path of ["/healthz", "/readyz"]) {
      const answer = await request.get(`${running()[name]}${path}`);
      expect(answer.status(), path).toBe(200);
    }
  });
}

test("a browser is shown the web app", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Gatehouse/);
});
