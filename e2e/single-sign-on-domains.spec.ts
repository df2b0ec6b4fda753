import { eq } from "drizzle-orm";
import { hashPassword } from "#core/auth/password.ts";
import { startDnsServer } from "#core/single-sign-on/testing-dns-server.ts";
import { startOidcProvider, testClient } from "#core/single-sign-on/testing-oidc-provider.ts";
import { user } from "#db/schema/auth.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { ownGatehouse } from "./own-gatehouse.ts";
import { ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { addMember, addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** A company proves its e-mail domain, against a DNS server and an OpenID provider on this machine. */

let dns: Awaited<ReturnType<typeof startDnsServer>>;
ownGatehouse(async () => {
  dns = await startDnsServer();
  return { DOMAIN_DNS_SERVERS: dns.address };
});
test.afterAll(() => dns.close());

test("an owner proves their domain and requires single sign-on, and a colleague with a password is led to the issuer", async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(180_000);
  const issuer = await startOidcProvider();
  issuer.registerClient({ callbackUrl: "http://localhost/none", logoutUrl: "http://localhost/none" });
  const { accountId, slug } = await ownAccount(context, "Acme");

  const staff = await browser.newContext({ baseURL: running().webUrl });
  const desk = await staff.newPage();
  const admin = await makePerson("Domain Admin");
  await addStaff(admin, "admin");
  await signIn(staff, admin);
  await desk.goto("/staff/single-sign-on");
  await desk.getByRole("button", { name: "Add issuer" }).click();
  const sheet = desk.getByRole("dialog", { name: "Add issuer" });
  await sheet.getByLabel("Name").fill("Acme ID");
  await sheet.getByRole("textbox", { name: "Issuer" }).fill(issuer.issuer);
  await sheet.getByLabel("Client ID").fill(testClient.clientId);
  await sheet.getByLabel("Client secret").fill(testClient.clientSecret);
  await sheet.getByLabel("Who signs in through it").selectOption("account");
  await sheet.getByLabel("Account ID").fill(accountId);
  await sheet.getByLabel("Role of everyone else it lets in").selectOption("viewer");
  await sheet.getByRole("button", { name: "Add issuer" }).click();
  await expect(sheet).toBeHidden();
  const callbackUrl = (await desk.getByText(/\/callback$/).textContent()) ?? "";
  issuer.registerClient({ callbackUrl, logoutUrl: callbackUrl.replace(/callback$/, "logout") });

  await page.goto(`/a/${slug}/settings`);
  const panel = page.getByRole("region", { name: "Single sign-on" });
  await expect(panel.getByText(callbackUrl.replace("/callback", ""))).toBeVisible();
  await panel.getByLabel("Your e-mail domain").fill("gmail.com");
  await panel.getByRole("button", { name: "Add domain" }).click();
  await expect(panel.getByText("belongs to a mail provider")).toBeVisible();
  await panel.getByLabel("Your e-mail domain").fill("Acme.Example");
  await panel.getByRole("button", { name: "Add domain" }).click();
  const domain = panel.getByRole("region", { name: "acme.example" });
  await expect(domain.getByText("not proven")).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  const value = (await domain.getByText(/^gatehouse-domain=/).textContent()) ?? "";
  dns.tell("_gatehouse-challenge.acme.example", ["v=spf1 -all", value]);
  await domain.getByRole("button", { name: "Verify acme.example" }).click();
  await expect(domain.getByText("proven", { exact: true })).toBeVisible({ timeout: 20_000 });
  await domain.getByRole("button", { name: "Require single sign-on" }).click();
  const asked = page.getByRole("alertdialog");
  await asked.getByRole("button", { name: "Require it" }).click();
  await expect(asked.getByText("Nobody of the account has signed in")).toBeVisible();
  await asked.getByRole("button", { name: "Cancel" }).click();

  // A colleague finds the issuer by their address, which nobody knows here yet, also without script.
  const first = await browser.newContext({ baseURL: running().webUrl, javaScriptEnabled: false });
  const theirs = await first.newPage();
  issuer.seat({ sub: "nina", email: "nina@acme.example", email_verified: true, name: "Nina" });
  await theirs.goto("/sign-in");
  await theirs.getByRole("link", { name: "Sign in with your company" }).click();
  await theirs.getByLabel("E-mail address").fill("nina@acme.example");
  await theirs.getByRole("button", { name: "Continue" }).click();
  await theirs.getByRole("link", { name: "Continue with Acme ID" }).click();
  await theirs.getByRole("button", { name: "Sign in as Nina" }).click();
  await expect(theirs).toHaveURL(new RegExp(`/a/${slug}`));

  await domain.getByRole("button", { name: "Require single sign-on" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Require it" }).click();
  await expect(domain.getByText("single sign-on required")).toBeVisible();

  // One who has a password is told where to sign in, and gets in there.
  const password = "four unrelated words of mine";
  const olga = await makePerson("Olga");
  await addMember(accountId, olga, "developer");
  const mine = { email: "olga@acme.example", passwordHash: await hashPassword(password) };
  await database().db.update(user).set(mine).where(eq(user.id, olga.userId));
  const second = await browser.newContext({ baseURL: running().webUrl });
  const hers = await second.newPage();
  issuer.seat({ sub: "olga", email: mine.email, email_verified: true, name: "Olga" });
  await hers.goto("/sign-in/company");
  expect(await accessibilityFaults(hers)).toEqual([]);
  await hers.getByLabel("E-mail address").fill("somebody@other.example");
  await hers.getByRole("button", { name: "Continue" }).click();
  await expect(hers.getByText("There is no single sign-on for addresses at other.example")).toBeVisible();
  await hers.goto("/sign-in");
  await hers.getByLabel("E-mail address").fill(mine.email);
  await hers.getByLabel("Password").fill(password);
  await hers.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(hers.getByText("your password does not open anything here")).toBeVisible();
  await hers.getByRole("link", { name: "Continue with Acme ID" }).click();
  await hers.getByRole("button", { name: "Sign in as Olga" }).click();
  await expect(hers).toHaveURL(new RegExp(`/a/${slug}`));

  // Staff can undo it where it locks people out.
  await desk.goto("/staff/single-sign-on");
  const domains = desk.getByRole("region", { name: "Domains that accounts have proven" });
  await expect(domains.getByText("single sign-on required")).toBeVisible();
  expect(await accessibilityFaults(desk)).toEqual([]);
  await domains.getByRole("button", { name: "Remove acme.example" }).click();
  await desk.getByRole("alertdialog").getByLabel("Reason").fill("The issuer is gone.");
  await desk.getByRole("alertdialog").getByRole("button", { name: "Take off" }).click();
  await expect(domains).toBeHidden();
  await issuer.close();
  for (const one of [staff, first, second]) await one.close();
});
