import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { createAccount } from "#core/accounts/create-account.ts";
import { jobCtx } from "#core/frame/context.ts";
import { breakableWay } from "#core/gate/testing/testing-gate.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { openDatabase } from "#db/client.ts";
import { member } from "#db/schema/accounts.ts";
import { session, user } from "#db/schema/auth.ts";
import { token } from "#db/schema/tokens.ts";
import { freshDatabase } from "./fresh-database.ts";
import { makeCase } from "./make-case.ts";
import { makeToken, ownAccount } from "./owner.ts";
import { startGatehouse } from "./server.ts";
import { addStaff, database, makePerson, sessionCookie, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test.describe("when the session ends midway", () => {
  test.use({ expectedConsoleErrors: [/404/] });

  test("what was typed stays, is refused in words, and is saved after signing in again", async ({ page, context }) => {
    const account = await ownAccount(context, "Interrupted Ltd");
    const { tokenId } = await makeToken(account.accountId, "half-typed");
    await page.goto(`/a/${account.slug}/tokens/${tokenId}?edit=1`);
    const sheet = page.getByRole("dialog", { name: /^Edit/ });
    await sheet.getByLabel("Name").fill("typed before the end");
    await sheet.getByLabel("Calls per day").fill("42");
    await database().db.update(session).set({ revokedAt: new Date() }).where(eq(session.userId, account.owner.userId));
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(sheet.getByRole("alert")).toContainText("Your session has ended. Sign in again");
    await expect(sheet.getByLabel("Calls per day")).toHaveValue("42");
    // Signed in again in another tab: the cookie is the browser's.
    await signIn(context, account.owner);
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByRole("heading", { level: 1, name: "typed before the end" })).toBeVisible();
  });

  test("a page that renders itself anew stays while somebody types, and then asks to sign in", async ({
    page,
    context,
  }) => {
    const agent = await makePerson("Tess Typer");
    await addStaff(agent, "support");
    await signIn(context, agent);
    const account = await makeCase(`Typed ${crypto.randomUUID().slice(0, 8)}`);
    await page.goto(`/staff/cases?q=${encodeURIComponent(account.name)}`);
    await page.getByRole("link", { name: new RegExp(account.name) }).click();
    const note = page.getByLabel("Note for colleagues").first();
    await note.fill("half a sentence");
    const told = page.waitForResponse(
      async (answer) => answer.url().endsWith("/signed-in") && (await answer.text()) === "signed out\n",
    );
    await database().db.update(session).set({ revokedAt: new Date() }).where(eq(session.userId, agent.userId));
    await told;
    await expect(note).toHaveValue("half a sentence");
    await note.blur();
    await page.waitForURL(/\/sign-in/);
  });
});

test("a press that comes before the page's scripts is done when they have come", async ({ page, context }) => {
  const account = await ownAccount(context, "Impatient Ltd");
  let letPass = () => {};
  const gone = new Promise<void>((resolve) => {
    letPass = resolve;
  });
  await page.route(/\/_next\/static\/chunks\/.*\.js/, async (route) => {
    await gone;
    await route.continue();
  });
  await page.goto(`/a/${account.slug}/tokens`, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Create token" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Create token" });
  await expect(sheet).toBeHidden();
  letPass();
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.reload();
  await expect(page.getByRole("button", { name: "Create token" }).first()).toBeVisible();
  await expect(sheet, "a press is done once").toBeHidden();
});

test.describe("when the database goes away", () => {
  test.use({ expectedConsoleErrors: [/500|503|Failed to load resource|ERR_/] });
  test.setTimeout(240_000);

  test("pages keep what they show, forms say it in words and lose nothing, and all goes on by itself", async ({
    context,
  }) => {
    const fresh = await freshDatabase();
    const way = await breakableWay(fresh.url);
    const desk = await startGatehouse({ DATABASE_URL: way.url });
    const open = openDatabase(fresh.url, { max: 2, applicationName: "gatehouse-e2e" });
    try {
      const job = jobCtx(open.db, "e2e", new Date());
      const { id: accountId, slug } = await createAccount(job, { name: "Steady Ltd", plan: "Starter" });
      const { tokenId } = await createToken(job, { accountId, name: "steady", scopes: ["email:send"] });
      const [person] = await open.db
        .insert(user)
        .values({ email: "owner@steady.example", name: "Stella Steady" })
        .returning({ id: user.id });
      if (!person) throw new Error("no person");
      await open.db.insert(member).values({ accountId, userId: person.id, role: "owner" });
      const expiresAt = new Date(Date.now() + 3_600_000);
      const [opened] = await open.db
        .insert(session)
        .values({ userId: person.id, expiresAt })
        .returning({ id: session.id });
      if (!opened) throw new Error("no session");
      const secret = readFileSync(join(desk.dataDir, "auth-secret"), "utf8").trim();
      await context.addCookies([
        { ...(await sessionCookie({ sub: person.id, sid: opened.id }, secret)), url: desk.webUrl },
      ]);
      const page = await context.newPage();
      await page.goto(`${desk.webUrl}/a/${slug}/tokens/${tokenId}?edit=1`);
      const sheet = page.getByRole("dialog", { name: /^Edit/ });
      await sheet.getByLabel("Name").fill("named while it was away");

      way.cut();
      await sheet.getByRole("button", { name: "Save" }).click();
      await expect(sheet.getByRole("alert")).toContainText("The database is not answering.", {
        timeout: 30_000,
      });
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      await expect(sheet.getByLabel("Name")).toHaveValue("named while it was away");
      const [before] = await open.db.select({ version: token.version }).from(token).where(eq(token.id, tokenId));
      expect(before?.version).toBe(1);

      way.mend();
      await expect(async () => {
        await sheet.getByRole("button", { name: "Save" }).click();
        await expect(sheet).toBeHidden({ timeout: 5_000 });
      }).toPass({ timeout: 60_000 });
      await expect(page.getByRole("heading", { level: 1, name: "named while it was away" })).toBeVisible();
      await page.close();
    } finally {
      await open.close();
      await desk.stop();
      way.close();
      await fresh.drop();
    }
  });
});
