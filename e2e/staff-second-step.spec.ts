import { Secret, TOTP } from "otpauth";
import { accessibilityFaults } from "./accessibility.ts";
import { ownGatehouse } from "./own-gatehouse.ts";
import { givePassword, password } from "./password.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** With the setting as it is by default. */
ownGatehouse(async () => ({ STAFF_SECOND_STEP: "" }));

test("staff without a second step reach only the page that sets it up, and then the desk", async ({
  page,
  context,
}) => {
  const person = await makePerson("New Reviewer");
  await givePassword(person.userId);
  await addStaff(person, "reviewer");
  await signIn(context, person);
  for (const path of ["/staff", "/staff/cases", "/staff/people", "/staff/keys"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/me\/second-step$/);
  }
  expect((await context.request.get("/staff/audit/csv")).status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Two-step sign-in" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Continue to the desk" })).toHaveCount(0);
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.keyboard.press("Enter");
  const scan = page.getByRole("dialog", { name: "Scan this with your app" });
  const secret = (await scan.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? "";
  await scan.getByLabel("Code").fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await scan.getByRole("button", { name: "Turn on" }).click();
  const codes = page.getByRole("alertdialog", { name: "Recovery codes" });
  await codes.getByLabel("I have stored it").check();
  await codes.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Continue to the desk" }).click();
  await expect(page).toHaveURL(/\/staff$/);
  await expect(page.getByRole("link", { name: "Cases", exact: false }).first()).toBeVisible();
});
