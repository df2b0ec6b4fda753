import { ownGatehouse } from "./own-gatehouse.ts";
import { running } from "./running.ts";
import { openAccount, signUp } from "./set-up.ts";
import { expect, test } from "./test.ts";

/** What a provider may set for all: how long tokens live at most, and that owners see who looked. */

ownGatehouse(async () => ({ TOKEN_MAX_DAYS: "30", SHOW_STAFF_VIEWS: "1" }));

test("a provider's longest life of tokens binds every form, and owners see when staff looked at their data", async ({
  browser,
}) => {
  const { webUrl, setupLink } = running();
  const staff = await (await browser.newContext({ baseURL: webUrl })).newPage();
  await signUp(staff, setupLink, { name: "Ada Admin", email: "ada@example.com" });
  const invitation = await openAccount(staff, "Bounded Ltd", "mara@example.com");
  const owner = await (await browser.newContext({ baseURL: webUrl })).newPage();
  await signUp(owner, invitation, { name: "Mara Lind" });

  await owner.goto("/a/bounded-ltd/tokens?create=1");
  const sheet = owner.getByRole("dialog", { name: "Create token" });
  const ends = sheet.getByRole("group", { name: "Expires" });
  await expect(ends.getByRole("radio")).toHaveCount(3);
  await expect(ends.getByLabel("30 days")).toBeChecked();
  await expect(sheet).toContainText("Tokens of this provider live 30 days at most.");
  await sheet.getByLabel("Name", { exact: true }).fill("until-spring");
  await ends.getByLabel("On a date").check();
  const day = sheet.getByLabel("Last day");
  const latest = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await expect(day).toHaveAttribute("max", latest);
  await day.fill("2099-01-01");
  await sheet.getByRole("button", { name: "Create token" }).click();
  expect(await day.evaluate((input: HTMLInputElement) => input.validity.rangeOverflow)).toBe(true);
  // A browser without that check, or somebody who goes round it, is refused by the server.
  await day.evaluate((input) => input.removeAttribute("max"));
  await sheet.getByRole("button", { name: "Create token" }).click();
  await expect(day).toHaveAccessibleDescription(/live 30 days at most/);
  await day.fill(latest);
  await sheet.getByRole("button", { name: "Create token" }).click();
  const shown = owner.getByRole("alertdialog", { name: /until-spring/ });
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Done" }).click();

  await owner.getByRole("link", { name: "until-spring" }).click();
  await owner.getByRole("button", { name: "Edit" }).click();
  const edit = owner.getByRole("dialog").getByRole("group", { name: "Expires" });
  await expect(edit.getByLabel("Never")).toHaveCount(0);
  await expect(edit.getByLabel("90 days")).toHaveCount(0);

  await owner.goto("/a/bounded-ltd/audit");
  const looks = owner.locator("section").filter({ hasText: "Views by provider staff" });
  await expect(looks).toContainText("No staff member has viewed this account.");
  await staff.goto("/staff/accounts");
  await staff.getByRole("link", { name: "Bounded Ltd" }).click();
  await expect(staff.getByRole("heading", { level: 1, name: "Bounded Ltd" })).toBeVisible();
  await expect(async () => {
    await owner.reload();
    await expect(looks).toContainText("Staff viewed the account", { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await expect(looks).not.toContainText("Ada");
});
