import { invitationPath } from "#core/invitations/invitation-path.ts";
import { inviteMember } from "#core/invitations/invite.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { addMember, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("an owner invites by link, changes the role, removes, and cannot leave the account without an owner", async ({
  page,
  context,
  browser,
}) => {
  const account = await ownAccount(context, "Crew Ltd");
  const email = `new.${crypto.randomUUID().slice(0, 8)}@example.com`;
  await page.goto(`/a/${account.slug}/members`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Role").selectOption("viewer");
  await page.getByRole("button", { name: "Create invitation link" }).click();
  const link = (await page.getByText(/\/invite\/[\w-]+$/).textContent()) ?? "";
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("invited");

  const invited = await browser.newContext();
  const theirs = await invited.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Nia Newcomer");
  await theirs.getByLabel("Choose a password").fill("seven green bottles standing");
  await theirs.getByRole("button", { name: "Create and sign in" }).click();
  await expect(theirs).toHaveURL(new RegExp(`/a/${account.slug}$`));
  await expect(theirs.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Audit log" })).toBeHidden();

  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "Nia Newcomer" });
  await row.getByRole("button", { name: "Role" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Role").selectOption("developer");
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(row).toContainText("Developer");

  const own = page.getByRole("row").filter({ hasText: account.owner.name });
  await own.getByRole("button", { name: "Leave" }).click();
  await dialog.getByRole("button", { name: "Leave the account" }).click();
  await expect(dialog).toContainText("This is the last owner. Make someone else an owner first.");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await row.getByRole("button", { name: "Remove" }).click();
  await dialog.getByRole("button", { name: "Remove Nia Newcomer" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toBeHidden();
  expect((await invited.request.get(page.url())).status()).toBe(404);
  await invited.close();

  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("cell", { name: "member.invite" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "member.remove" })).toBeVisible();
});

test("a viewer leaves the account, sees it no more, and the audit tells", async ({ page, context, browser }) => {
  const account = await ownAccount(context, "Parting Ltd");
  const viewer = await makePerson("Vera Viewer");
  await addMember(account.accountId, viewer, "viewer");
  const away = await browser.newContext();
  await signIn(away, viewer);
  const theirs = await away.newPage();
  await theirs.goto(`${running().webUrl}/a/${account.slug}/members`);
  await expect(theirs.getByRole("button", { name: "Remove" })).toHaveCount(0);
  await theirs.getByRole("row").filter({ hasText: "Vera Viewer" }).getByRole("button", { name: "Leave" }).click();
  await theirs.getByRole("button", { name: "Leave the account" }).click();
  await expect(theirs.getByText("No accounts yet")).toBeVisible();
  expect((await away.request.get(`${running().webUrl}/a/${account.slug}`)).status()).toBe(404);
  await away.close();
  await page.goto(`/a/${account.slug}/audit`);
  await expect(page.getByRole("row").filter({ hasText: "member.leave" })).toContainText("Vera Viewer");
});

test("an invitation that is revoked leads nowhere", async ({ page, context, browser }) => {
  const account = await ownAccount(context, "Second Thoughts Ltd");
  await page.goto(`/a/${account.slug}/members`);
  await page.getByLabel("E-mail address").fill("wrong@example.com");
  await page.getByRole("button", { name: "Create invitation link" }).click();
  const link = (await page.getByText(/\/invite\/[\w-]+$/).textContent()) ?? "";
  const row = page.getByRole("row").filter({ hasText: "wrong@example.com" });
  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke invitation" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(row).toBeHidden();
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(link);
  await expect(theirs.getByText("This link no longer works")).toBeVisible();
  await stranger.close();
});

test("removing a member says what happens to the tokens they created", async ({ page, context }) => {
  const account = await ownAccount(context, "Leaving Ltd");
  const leaver = await makePerson("Lea Leaver");
  await addMember(account.accountId, leaver, "owner");
  const { db } = database();
  await createToken(
    {
      ...{ db, now: new Date(), requestId: "e2e", ip: null, userAgent: null },
      actor: { kind: "member", ...leaver, sessionId: "", accountId: account.accountId, role: "owner" },
    },
    { name: "nightly sync", scopes: ["email:send", "tokens:write"] },
  );
  await page.goto(`/a/${account.slug}/members`);
  await page.getByRole("row").filter({ hasText: "Lea Leaver" }).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("alertdialog")).toContainText(
    "“nightly sync” keeps calling the API but loses its rights in Gatehouse: tokens:write.",
  );
});

test("a link that was handed over asks the same, whether or not its address is known", async ({ context, browser }) => {
  const account = await ownAccount(context, "Curious Ltd");
  const known = await makePerson("Known Person");
  const stranger = await browser.newContext({ baseURL: running().webUrl });
  const page = await stranger.newPage();
  const asked = [];
  for (const email of [known.email, `unknown.${crypto.randomUUID().slice(0, 8)}@example.com`]) {
    const { secret } = await inviteMember(
      {
        ...{ db: database().db, now: new Date(), requestId: "e2e", ip: null, userAgent: null },
        actor: { kind: "member", ...account.owner, sessionId: "", accountId: account.accountId, role: "owner" },
      },
      { email, role: "viewer" },
    );
    await page.goto(invitationPath(secret ?? ""));
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Join Curious Ltd");
    asked.push(((await page.getByRole("main").textContent()) ?? "").replaceAll(email, "…"));
  }
  expect(asked[0]).toEqual(asked[1]);
  await stranger.close();
});
