import { withoutScript } from "./held-back.ts";
import { ownAccount } from "./owner.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

withoutScript(() => {
  test("an owner asks for more and for a burst, staff decline one and grant the other, and the owner reads both", async ({
    page,
    context,
  }) => {
    const name = `Asks ${crypto.randomUUID().slice(0, 8)} Ltd`;
    const { slug, owner } = await ownAccount(context, name);
    const mine = page.getByRole("list", { name: "Requests, newest first" });
    await page.goto(`/a/${slug}/limits?ask=quota#ask`);
    const ask = page.getByRole("form", { name: "Ask for more" });
    await ask.getByLabel("Requests you need").fill("1");
    await ask.getByLabel("What for?").fill("Import of last year's invoices.");
    await ask.getByRole("button", { name: "Ask the provider" }).click();
    await expect(ask.getByText("Ask for more than you have then")).toBeVisible();
    await expect(ask.getByLabel("What for?")).toHaveValue("Import of last year's invoices.");
    await ask.getByLabel("Requests you need").fill("900000");
    const [from, to] = [24, 28].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16));
    await ask.getByLabel("From (UTC)").fill(from ?? "");
    await ask.getByLabel("To (UTC)").fill(to ?? "");
    await ask.getByRole("button", { name: "Ask the provider" }).click();
    await expect(mine).toContainText("waiting for an answer");

    await page.goto(`/a/${slug}/limits`);
    const limits = ask.getByLabel("Limit");
    await limits.selectOption(await limits.locator("option").nth(1).getAttribute("value"));
    await ask.getByLabel("Requests you need").fill("800000");
    await ask.getByLabel("What for?").fill("We grow, and it is never enough.");
    await ask.getByRole("button", { name: "Ask the provider" }).click();
    await expect(mine.getByRole("listitem")).toHaveCount(2);

    const lead = await makePerson("Lea Lead");
    await addStaff(lead, "lead");
    await signIn(context, lead);
    await page.goto("/staff/limit-requests");
    const cards = page
      .getByRole("region", { name: new RegExp(`^${name}`) })
      .filter({ has: page.getByRole("link", { name: "Record" }) });
    const burst = cards.filter({ hasText: "the daily quota" }).last();
    await expect(burst).toContainText("never in 30 days");
    await burst.getByRole("button", { name: "Grant" }).click();
    const other = cards.filter({ hasText: "We grow" }).last();
    await other.getByLabel("Why not? For the owner").fill("Send in bulk first, please.");
    await other.getByRole("button", { name: "Decline" }).click();

    await signIn(context, owner);
    await page.goto(`/a/${slug}/limits`);
    await expect(mine).toContainText("granted");
    await expect(mine).toContainText("Granted: 900,000 per UTC day, until");
    await expect(mine).toContainText("Send in bulk first, please.");
    await page.goto(`/a/${slug}/standing`);
    await expect(page.getByText("Import of last year's invoices.")).toBeVisible();
  });
});
