import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { invitationPath } from "#core/invitations/invitation-path.ts";
import { inviteMember } from "#core/invitations/invite.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { mailbox } from "./mailbox.ts";
import { ownGatehouse } from "./own-gatehouse.ts";
import { type Owned, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Who comes in by an invitation has the address it went to: with a real mail server. */

const run = promisify(execFile);
const post = mailbox();
let settings: Record<string, string> = {};
ownGatehouse(async () => {
  settings = await post.listen();
  return settings;
});
test.afterAll(post.close);

const theirs = "the words of a squatter";
const own = "seven green bottles standing";

async function mailedLink(address: string): Promise<string> {
  await expect.poll(() => post.linkTo(address), { timeout: 30_000 }).not.toBeNull();
  return post.linkTo(address) ?? "";
}

async function elsewhere(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: running().webUrl })).newPage();
}

async function invite(page: Page, { slug }: Owned, email: string) {
  await page.goto(`/a/${slug}/members`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText(`Sent to ${email}`)).toBeVisible();
}

async function accept(page: Page, link: string, { name, password }: { name: string; password: string }) {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Choose a password").fill(password);
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await expect(page).not.toHaveURL(/\/invite\//);
}

/** A stranger's person under somebody's address, from when this installation had no mail server: with an app of their own. */
async function squat(page: Page, account: Owned, email: string) {
  const { db } = database();
  const { secret } = await inviteMember(
    {
      ...{ db, now: new Date(), requestId: "e2e", ip: null, userAgent: null },
      actor: { kind: "member", ...account.owner, sessionId: "", accountId: account.accountId, role: "owner" },
    },
    { email, role: "viewer" },
  );
  await accept(page, invitationPath(secret ?? ""), { name: "CTO of Victim", password: theirs });
  await page.goto("/me");
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByLabel("Your password").fill(theirs);
  await page.keyboard.press("Enter");
  const scan = page.getByRole("dialog", { name: "Scan this with your app" });
  const key = (await scan.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? "";
  await scan.getByLabel("Code").fill(new TOTP({ secret: Secret.fromBase32(key) }).generate());
  await scan.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("alertdialog", { name: "Recovery codes" })).toBeVisible();
}

test("an invitation goes to the address, the inviter never sees its link, and whoever accepts it is in", async ({
  page,
  context,
  browser,
}) => {
  const account = await ownAccount(context, "Mailed Ltd");
  const email = "nia@example.com";
  await invite(page, account, email);
  const link = await mailedLink(email);
  expect(await page.content()).not.toContain("/invite/");
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: email });
  await expect(row).toContainText("sent");
  expect(await page.content()).not.toContain("/invite/");
  expect(await accessibilityFaults(page)).toEqual([]);

  await row.getByRole("button", { name: `Resend the invitation of ${email}` }).click();
  await expect(page.getByText(`Sent again to ${email}`)).toBeVisible();
  await expect.poll(() => post.countTo(email), { timeout: 30_000 }).toBe(2);
  const invited = await elsewhere(browser);
  await invited.goto(link);
  await expect(invited.getByText("This link no longer works")).toBeVisible();
  await accept(invited, await mailedLink(email), { name: "Nia Newcomer", password: own });
  await expect(invited).toHaveURL(new RegExp(`/a/${account.slug}$`));
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Nia Newcomer" })).toContainText(email);
});

test("the operator's command mails the link of an admin, or prints it when asked to", async ({ browser }) => {
  const command = async (...given: string[]) => {
    const env = { ...process.env, ...settings, DATABASE_URL: running().databaseUrl, PUBLIC_URL: running().webUrl };
    const { stdout } = await run(process.execPath, ["dist/cli.mjs", "create-admin", "--json", ...given], { env });
    return JSON.parse(stdout) as { link: string | null; sentTo: string | null };
  };
  const email = "ann@example.com";
  expect(await command("--email", email)).toEqual({ link: null, sentTo: email });
  await accept(await elsewhere(browser), await mailedLink(email), { name: "Ann Admin", password: own });
  const { link, sentTo } = await command("--email", "bea@example.com", "--print-link");
  expect(sentTo).toBeNull();
  const page = await elsewhere(browser);
  await accept(page, link ?? "", { name: "Bea Admin", password: own });
  await expect(page).toHaveURL(/\/staff\/cases/);
  expect(post.countTo("bea@example.com")).toBe(0);
});

test("an invitation whose mail is refused says so to its inviter and to staff", async ({ page, context }) => {
  const account = await ownAccount(context, "Refused Ltd");
  await invite(page, account, "full@example.com");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("row").filter({ hasText: "full@example.com" })).toContainText("not delivered", {
      timeout: 1_000,
    });
  }).toPass({ timeout: 30_000 });
  const agent = await makePerson("Sam Support");
  await addStaff(agent, "support");
  await signIn(context, agent);
  await page.goto("/staff/mail");
  await expect(page.getByRole("row").filter({ hasText: "Join Refused Ltd" })).toContainText("Mailbox is full");
});

for (const way of ["an invitation", "a reset of the password"] as const) {
  test(`who was locked out by a stranger comes in by ${way} that went to their mailbox, and the stranger is out`, async ({
    page,
    context,
    browser,
  }) => {
    test.setTimeout(180_000);
    const email = `cfo.${crypto.randomUUID().slice(0, 8)}@victim.example`;
    const squatter = await elsewhere(browser);
    await squat(squatter, await ownAccount(context, `Lumen Post ${way}`), email);

    const victim = await elsewhere(browser);
    if (way === "an invitation") {
      await invite(page, await ownAccount(context, "Real Customer"), email);
      await accept(victim, await mailedLink(email), { name: "Vera Victim", password: own });
    } else {
      await victim.goto("/forgot");
      await victim.getByLabel("E-mail address").fill(email);
      await victim.getByRole("button", { name: "Send link" }).click();
      await victim.goto(await mailedLink(email));
      await victim.getByLabel("Your name").fill("Vera Victim");
      await victim.getByLabel("New password").fill(own);
      await victim.getByRole("button", { name: "Set password" }).click();
      await expect(victim).toHaveURL(/\/sign-in/);
      await victim.getByLabel("E-mail address").fill(email);
      await victim.getByLabel("Password").fill(own);
      await victim.getByRole("button", { name: "Sign in", exact: true }).click();
    }
    await expect(victim.getByRole("button", { name: "Signed in as Vera Victim" })).toBeVisible();
    await squatter.goto("/me");
    await expect(squatter).toHaveURL(/\/sign-in/);
    await squatter.getByLabel("E-mail address").fill(email);
    await squatter.getByLabel("Password").fill(theirs);
    await squatter.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(squatter.getByText("Wrong e-mail address or password.")).toBeVisible();
  });
}
