import { eq } from "drizzle-orm";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { jobCtx } from "#core/frame/context.ts";
import { session } from "#db/schema/auth.ts";
import { accountExport } from "#db/schema/exports.ts";
import { token } from "#db/schema/tokens.ts";
import { password, personWithPassword, watchAddresses, withoutScript } from "./held-back.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addStaff, database, makePerson } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** What an owner needs first works before a page's scripts have come and without any; a new secret is in one answer and nowhere else. */

withoutScript(() => {
  test("creates a token and shows its secret in that one answer", async ({ page, context }) => {
    const { slug } = await ownAccount(context, "Early Token Ltd");
    const watched = watchAddresses(page);
    await page.goto(`/a/${slug}/tokens?create=1`);
    const form = page.getByRole("form", { name: "Create token" });
    expect((await page.getByRole("main").boundingBox())?.y, "the page stands in its place").toBeLessThan(100);
    await form.getByLabel("Name").fill("early");
    await form.getByLabel("Read the status of sent e-mail").check();
    await form.getByLabel("7 days").check();
    await form.getByLabel("Allowed addresses").fill("nonsense");
    await form.getByRole("button", { name: "Create token" }).click();
    await expect(form.getByLabel("Allowed addresses")).toHaveAccessibleDescription(/nonsense is not an address/);
    await expect(form.getByLabel("Name")).toHaveValue("early");
    await expect(form.getByLabel("Read the status of sent e-mail")).toBeChecked();
    await expect(form.getByLabel("7 days")).toBeChecked();
    await expect(form.getByLabel("Allowed addresses")).toHaveValue("nonsense");
    await form.getByLabel("Allowed addresses").fill("203.0.113.9");
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await form.getByLabel("Name").press("Enter");
    expect((await answer).headers()["cache-control"]).toContain("no-store");

    const shown = page.getByRole("region", { name: "Secret of “early”" });
    const secret = (await shown.getByText(/^gth_[0-9A-Za-z]{38}$/).textContent()) ?? "";
    expect((await callGate(secret)).allowed).toBe(true);
    const row = page.getByRole("row").filter({ hasText: "early" });
    await expect(row).toContainText("1 network");
    await expect(row).toContainText(/in\s[67]\sdays/);
    await watched.expectWithout([secret]);
    await page.goto(page.url());
    await expect(page.getByRole("form", { name: "Create token" })).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    await watched.expectWithout([secret]);
  });

  test("does not take a date that is missing for no end at all", async ({ page, context }) => {
    const { slug, accountId } = await ownAccount(context, "Dated Ltd");
    await page.goto(`/a/${slug}/tokens?create=1`);
    const form = page.getByRole("form", { name: "Create token" });
    await form.getByLabel("Name").fill("until-when");
    await form.getByLabel("On a date").check();
    await form.getByRole("button", { name: "Create token" }).click();
    await expect(page.getByText("Choose the last day.")).toBeVisible();
    expect(await database().db.$count(token, eq(token.accountId, accountId))).toBe(0);
  });

  test("lets an owner acknowledge a notice and appeal against an action", async ({ page, context }) => {
    const { slug, accountId } = await ownAccount(context, "Noticed Ltd");
    const actionId = await imposeSuspension(accountId);
    await page.goto(`/a/${slug}/standing?appeal=${actionId}`);
    const notices = page.getByRole("region", { name: "Notices" });
    await notices
      .getByRole("button", { name: /^Acknowledge/ })
      .first()
      .click();
    await expect(notices.getByText("acknowledged")).toBeVisible();

    await page.goto(`/a/${slug}/standing?appeal=${actionId}`);
    await page.getByLabel("What caused it?").fill("A loop in our import.");
    await page.getByLabel("What have you changed since?").fill("The loop is gone.");
    await page.getByRole("button", { name: "Send appeal" }).click();
    await expect(page.getByLabel("What caused it?")).toHaveValue("A loop in our import.");
    await expect(page.getByLabel("Why can it not happen again?")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Why can it not happen again?").fill("A test watches for it.");
    await page.getByRole("button", { name: "Send appeal" }).click();
    await expect(page.getByText("A test watches for it.")).toBeVisible();
    await page.getByLabel("Write to the provider").fill("Please look soon.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("list", { name: /^Messages/ })).toContainText("Please look soon.");
  });

  test("asks for the password where it is needed again, and leads back", async ({ page, context }) => {
    const { owner, slug, accountId } = await personWithPassword(context, "Proven Early Ltd");
    const exports = () => database().db.$count(accountExport, eq(accountExport.accountId, accountId));
    const hourAgo = new Date(Date.now() - 3_600_000);
    await database().db.update(session).set({ createdAt: hourAgo }).where(eq(session.userId, owner.userId));
    const watched = watchAddresses(page);
    await page.goto(`/a/${slug}/settings`);
    await page.getByRole("button", { name: "Create archive" }).click();
    await page.getByLabel("Your password").fill("not it");
    await page.keyboard.press("Enter");
    await expect(page.getByText("This password is not correct.")).toBeVisible();
    await page.getByLabel("Your password").fill(password);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/a/${slug}/settings`);
    expect(await exports()).toBe(0);
    await page.getByRole("button", { name: "Create archive" }).click();
    await expect.poll(exports).toBe(1);
    await watched.expectWithout([password]);
  });

  test("shows the link of an invitation to whoever invites, and once", async ({ page, context }) => {
    const { slug } = await ownAccount(context, "Early Invitation Ltd");
    const watched = watchAddresses(page);
    await page.goto(`/a/${slug}/members`);
    await page.getByLabel("E-mail address").fill("early@example.com");
    await page.keyboard.press("Enter");
    const link = (await page.getByText(/\/invite\/\S{20}/).textContent()) ?? "";
    await watched.expectWithout([link]);
    await page.goto(page.url());
    await expect(page.getByRole("row").filter({ hasText: "early@example.com" })).toBeVisible();
    expect(await page.content()).not.toContain(link);
  });
});

/** A suspension that a lead has imposed. */
async function imposeSuspension(accountId: string): Promise<string> {
  const lead = await makePerson("Lea Lead");
  await addStaff(lead, "lead");
  const ctx = {
    ...jobCtx(database().db, "e2e", new Date()),
    actor: { kind: "staff" as const, userId: lead.userId, sessionId: null, name: lead.name, role: "lead" as const },
  };
  const terms = { reasonCode: "spam" as const, publicText: "Mail was reported as spam.", internalNote: "see" };
  const { actionId } = await imposeAction(ctx, { accountId, type: "suspension", durationHours: 24, ...terms });
  return actionId;
}

test("sends every page whole and in order, also when many are asked for at the same time", async ({ context }) => {
  const { slug, owner, accountId } = await ownAccount(context, "Whole Pages Ltd");
  await addStaff(owner, "admin");
  const { tokenId } = await makeToken(accountId, "whole");
  const pages = [
    "",
    "/tokens",
    `/tokens/${tokenId}`,
    "/usage",
    "/limits",
    "/health",
    "/refusals",
    "/standing",
    "/alerts",
  ];
  const more = ["/integrations", "/members", "/webhooks", "/audit", "/settings"];
  const desk = [
    "",
    "/cases",
    "/accounts",
    `/accounts/${accountId}`,
    "/actions",
    "/detectors",
    "/mail",
    "/gates",
    "/limits",
  ];
  const paths = [...[...pages, ...more].map((path) => `/a/${slug}${path}`), ...desk.map((path) => `/staff${path}`)];
  for (const path of paths) {
    const answers = await Promise.all([1, 2, 3, 4].map(() => context.request.get(path)));
    for (const answer of answers) {
      expect(answer.status(), path).toBe(200);
      expect(await answer.text(), `${path} has a piece that only a script puts in its place`).not.toMatch(
        /<template id="[BPS]:|hidden="?"? id="S:/,
      );
    }
  }
  expect((await context.request.get(`/a/${slug}/tokens/${crypto.randomUUID()}`)).status()).toBe(404);
});
