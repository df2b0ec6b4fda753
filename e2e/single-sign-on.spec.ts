import { eq } from "drizzle-orm";
import { startOidcProvider, testClient } from "#core/single-sign-on/testing-oidc-provider.ts";
import { session } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Against a real OpenID provider. What it and others may not do is tested beside the code. */

test("an admin adds an issuer, and a colleague comes in through it, proves themselves there, and hears when it is away", async ({
  page,
  context,
  browser,
}) => {
  const issuer = await startOidcProvider();
  issuer.registerClient({ callbackUrl: "http://localhost/none", logoutUrl: "http://localhost/none" });
  const name = `Test ID ${crypto.randomUUID().slice(0, 8)}`;
  const admin = await makePerson("Sso Admin");
  await addStaff(admin, "admin");
  await signIn(context, admin);
  await page.goto("/staff/single-sign-on");
  await page.getByRole("button", { name: "Add issuer" }).click();
  const sheet = page.getByRole("dialog", { name: "Add issuer" });
  await sheet.getByLabel("Name").fill(name);
  await sheet.getByRole("textbox", { name: "Issuer" }).fill(issuer.issuer);
  await sheet.getByLabel("Client ID").fill(testClient.clientId);
  await sheet.getByLabel("Client secret").fill(testClient.clientSecret);
  await sheet.getByLabel("Roles by claim").fill("groups is desk-admins");
  await sheet.getByRole("button", { name: "Add issuer" }).click();
  await expect(sheet.getByText("A rule needs")).toBeVisible();
  await sheet.getByLabel("Roles by claim").fill("groups is desk-admins = admin");
  await sheet.getByRole("button", { name: "Add issuer" }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByText("answers", { exact: true }).first()).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  const panel = page.getByRole("region", { name });
  const callbackUrl = (await panel.getByText(/\/callback$/).textContent()) ?? "";
  issuer.registerClient({ callbackUrl, logoutUrl: callbackUrl.replace(/callback$/, "logout") });

  const away = await browser.newContext();
  const theirs = await away.newPage();
  const email = `nina.${crypto.randomUUID().slice(0, 8)}@example.com`;
  issuer.seat({ sub: email, email, email_verified: true, name: "Nina", groups: ["desk-admins"] });
  const signInPage = new URL("/sign-in?next=/staff/single-sign-on", callbackUrl).href;
  await theirs.goto(signInPage);
  expect(await accessibilityFaults(theirs)).toEqual([]);
  await theirs.getByRole("link", { name: `Continue with ${name}` }).click();
  await theirs.getByRole("button", { name: "Sign in as Nina" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Single sign-on" })).toBeVisible();

  // An hour later a dangerous act asks for a proof, which only the issuer can give.
  const [row] = await database().db.select().from(identityProvider).where(eq(identityProvider.name, name));
  const old = { provenAt: new Date(Date.now() - 3_600_000) };
  await database()
    .db.update(session)
    .set(old)
    .where(eq(session.providerId, row?.id ?? ""));
  await theirs.getByRole("button", { name: `Edit ${name}` }).click();
  const edit = theirs.getByRole("dialog", { name: `Edit ${name}` });
  await edit.getByLabel("It asks for a second step at every sign-in").check();
  await edit.getByRole("button", { name: "Save" }).click();
  const opened = away.waitForEvent("page");
  await theirs.getByRole("link", { name: `Confirm at ${name}` }).click();
  const issuersWindow = await opened;
  await issuersWindow.getByRole("button", { name: "Sign in as Nina" }).click();
  await expect(issuersWindow.getByText("Close this window")).toBeVisible();
  await expect(theirs.getByText("Saved").first()).toBeVisible();
  await expect(theirs.getByText("asked for at every sign-in")).toBeVisible();

  // They sign out there, and are out here.
  const [live] = await database()
    .db.select()
    .from(session)
    .where(eq(session.providerId, row?.id ?? ""));
  await issuer.signOut(email, live?.issuerSid ?? "");
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);

  // What was kept of its document is over with a change of its row.
  await database().db.update(identityProvider).set({ version: 100 }).where(eq(identityProvider.name, name));
  await issuer.close();
  await away.clearCookies();
  await theirs.goto(signInPage);
  await theirs.getByRole("link", { name: `Continue with ${name}` }).click();
  await expect(theirs.getByText(`${name} does not answer at the moment`)).toBeVisible();
  await database().db.delete(identityProvider).where(eq(identityProvider.name, name));
  await away.close();
});
