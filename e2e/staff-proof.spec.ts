import { eq } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { ownAccount } from "./owner.ts";
import { givePassword, password } from "./password.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("a session that was left open asks for the password before a dangerous act, and goes on with what was typed", async ({
  page,
  context,
}) => {
  const admin = await makePerson("Left Open");
  await givePassword(admin.userId);
  await addStaff(admin, "admin");
  const sessionId = await signIn(context, admin);
  const letProofPass = () =>
    database()
      .db.update(session)
      .set({ provenAt: new Date(Date.now() - 900_000) })
      .where(eq(session.id, sessionId));
  await letProofPass();
  await page.goto("/staff/keys");
  await page.getByRole("button", { name: "Create key" }).click();
  const form = page.getByRole("dialog", { name: "Create key" });
  await form.getByLabel("Name").fill("nightly-export");
  await form.getByLabel("staff:cases:read").check();
  await form.getByRole("button", { name: "Create key" }).click();

  const asked = page.getByRole("dialog", { name: "Confirm that it is you" });
  await asked.getByLabel("Your password").fill("not it");
  await page.keyboard.press("Enter");
  await expect(asked.getByLabel("Your password")).toHaveAccessibleDescription(/not correct/);
  expect(await accessibilityFaults(page)).toEqual([]);
  // Whoever will not, finds the form as it was.
  await asked.getByRole("button", { name: "Cancel" }).click();
  await expect(form.getByText("Confirm that it is you: enter your password")).toBeVisible();
  await expect(form.getByLabel("Name")).toHaveValue("nightly-export");

  await form.getByRole("button", { name: "Create key" }).click();
  await asked.getByLabel("Your password").fill(password);
  await asked.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alertdialog", { name: "Key “nightly-export”" })).toBeVisible();

  // A link leads to a page that asks, and back.
  await letProofPass();
  await page.goto("/me/prove?next=/staff/audit");
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL("/staff/audit");
});

test("an owner's session that was left open asks before it exports the account", async ({ page, context }) => {
  const { owner, slug } = await ownAccount(context, "Open Door Ltd");
  await givePassword(owner.userId);
  await database()
    .db.update(session)
    .set({ provenAt: new Date(0) })
    .where(eq(session.userId, owner.userId));
  await page.goto(`/a/${slug}/settings`);
  await page.getByRole("button", { name: "Create archive" }).click();
  const asked = page.getByRole("dialog", { name: "Confirm that it is you" });
  await asked.getByLabel("Your password").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Archives" }).getByRole("listitem")).not.toHaveCount(0);
});
