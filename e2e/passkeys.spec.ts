import { eq } from "drizzle-orm";
import { session } from "#db/schema/auth.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { givePassword, password } from "./password.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** With the browser's own virtual authenticator. What others try with passkeys is tested beside the code. */

test("a passkey is added, signs in by itself, stands in for the code, proves its owner, and is removed", async ({
  page,
  context,
}) => {
  const person = await makePerson("Key Holder");
  await givePassword(person.userId);
  await addStaff(person, "reviewer");
  await signIn(context, person);
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", automaticPresenceSimulation: true } as const;
  const verifies = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, ...verifies } });

  await page.goto("/me");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const add = page.getByRole("dialog", { name: "Add a passkey" });
  await add.getByLabel("Name").fill("Work laptop");
  await add.getByRole("button", { name: "Continue" }).click();
  const codes = page.getByRole("alertdialog", { name: "Recovery codes" });
  await codes.getByLabel("I have stored it").check();
  await codes.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("cell", { name: "Work laptop", exact: true })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);

  await context.clearCookies();
  await page.goto("/sign-in?next=/staff/cases");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL("/staff/cases");

  // The password alone is too little now, and the passkey is offered with it.
  await context.clearCookies();
  await page.goto("/sign-in?next=/me");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Code")).toBeVisible();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You" })).toBeVisible();

  const old = { provenAt: new Date(Date.now() - 3_600_000) };
  await database().db.update(session).set(old).where(eq(session.userId, person.userId));
  await page.getByRole("button", { name: "Remove Work laptop" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove passkey" }).click();
  await page
    .getByRole("dialog", { name: "Confirm that it is you" })
    .getByRole("button", { name: "Use a passkey" })
    .click();
  await expect(page.getByText("“Work laptop” is removed")).toBeVisible();
  await expect(page.getByRole("cell", { name: "Work laptop", exact: true })).toHaveCount(0);

  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("does not sign anybody in here")).toBeVisible();
});
