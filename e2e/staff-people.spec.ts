import { eq } from "drizzle-orm";
import { recoveryCode, user } from "#db/schema/auth.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { ownAccount } from "./owner.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Admins keep people out and help them in. */

test("an admin finds a person, signs them out, blocks them, and lets them in again", async ({
  page,
  context,
  browser,
}) => {
  const away = await browser.newContext();
  const { owner, slug, name } = await ownAccount(away, "Taken Over Ltd");
  const theirs = await away.newPage();
  const admin = await makePerson("Ann Admin");
  await addStaff(admin, "admin");
  await signIn(context, admin);
  const origin = new URL((await page.goto("/staff/people"))?.url() ?? "").origin;
  const overview = `${origin}/a/${slug}`;
  await page.getByLabel("E-mail address of any person").fill("nobody@example.com");
  await page.getByRole("button", { name: "Find person" }).click();
  await expect(page.getByText("There is no such person")).toBeVisible();
  await page.getByLabel("E-mail address of any person").fill(owner.email);
  await page.getByRole("button", { name: "Find person" }).click();
  await expect(page.getByRole("heading", { level: 1, name: owner.name })).toBeVisible();
  expect(page.url()).not.toContain("@");
  expect(await page.content()).not.toContain(owner.email);
  await expect(page.getByRole("link", { name })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);

  const dialog = page.getByRole("alertdialog");
  await theirs.goto(overview);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await dialog.getByLabel("Reason").fill("no");
  await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(dialog).toContainText("Give a reason");
  await dialog.getByLabel("Reason").fill("Reported as taken over.");
  await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(dialog).toBeHidden();
  await theirs.goto(overview);
  await expect(theirs).toHaveURL(/\/sign-in/);

  await signIn(away, owner);
  await theirs.goto(overview);
  await expect(theirs.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Block" }).click();
  await dialog.getByLabel("Reason").fill("Reported as taken over.");
  await dialog.getByRole("button", { name: "Block" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("blocked", { exact: true })).toBeVisible();
  await theirs.goto(overview);
  await expect(theirs).toHaveURL(/\/sign-in/);

  await page.getByRole("button", { name: "Unblock" }).click();
  await dialog.getByLabel("Reason").fill("They called, it is them.");
  await dialog.getByRole("button", { name: "Unblock" }).click();
  await expect(dialog, "its own text says that they can sign in").toBeHidden();
  await expect(page.getByText("can sign in", { exact: true })).toBeVisible();
  await signIn(away, owner);
  await theirs.goto(overview);
  await expect(theirs.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await away.close();
});

test("a second step is removed by two admins, and by neither alone", async ({ page, context, browser }) => {
  const person = await makePerson("Lost Phone");
  await database()
    .db.update(user)
    .set({ totpSealed: "sealed", totpSince: new Date() })
    .where(eq(user.id, person.userId));
  await database().db.insert(recoveryCode).values({ userId: person.userId, codeHash: "hash" });
  const [one, other] = [await makePerson("First Admin"), await makePerson("Other Admin")];
  await addStaff(one, "admin");
  await addStaff(other, "admin");
  await signIn(context, one);
  await page.goto(`/staff/people/${person.userId}`);
  const dialog = page.getByRole("alertdialog");
  await page.getByRole("button", { name: "Propose removal" }).click();
  await dialog.getByLabel("Reason").fill("Called, and named the last invoice.");
  await dialog.getByRole("button", { name: "Propose removal" }).click();
  await expect(page.getByText("First Admin proposed its removal")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve removal" })).toBeHidden();

  const away = await browser.newContext();
  await signIn(away, other);
  const theirs = await away.newPage();
  await theirs.goto(page.url());
  await theirs.getByRole("button", { name: "Approve removal" }).click();
  await theirs.getByRole("alertdialog").getByRole("button", { name: "Approve removal" }).click();
  await expect(theirs.getByText("none", { exact: true })).toBeVisible();
  const left = database().db.select().from(recoveryCode).where(eq(recoveryCode.userId, person.userId));
  expect(await left).toEqual([]);
  await away.close();
});
