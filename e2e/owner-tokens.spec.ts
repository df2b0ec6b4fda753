import { imposeAction } from "#core/enforcement/impose-action.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addMember, addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("an owner creates a token, sees its secret once, and pauses, renames and revokes it", async ({
  page,
  context,
}) => {
  const account = await ownAccount(context, "Northwind Tokens");
  await page.goto(`/a/${account.slug}/tokens`);
  await expect(page.getByText("No tokens yet")).toBeVisible();
  await expect(page.getByText(/curl -s .*\/v1\/verify/)).toBeVisible();

  await page.getByRole("button", { name: "Create token" }).click();
  const sheet = page.getByRole("dialog", { name: "Create token" });
  await sheet.getByLabel("Name").fill("night-job");
  await sheet.getByLabel("Calls per day").fill("1000");
  await expect(sheet.getByRole("status", { name: "What it can do" })).toContainText("at most 1,000 calls per day");
  await sheet.getByRole("button", { name: "Create token" }).click();

  const shown = page.getByRole("alertdialog", { name: /night-job/ });
  const secret = await shown.getByText(/^gth_[0-9A-Za-z]{38}$/).textContent();
  if (!secret) throw new Error("There is no secret in the dialog.");
  await expect(shown.getByText(/curl -s .*\/v1\/verify/)).toContainText(secret);
  await page.keyboard.press("Escape");
  await expect(shown).toBeVisible();
  await expect(shown.getByRole("button", { name: "Done" })).toBeDisabled();
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "night-job" });
  await expect(row).toContainText("Active");
  expect(await page.content()).not.toContain(secret);

  expect(await callGate(secret)).toMatchObject({ code: "allowed" });
  await expect(row).toContainText("203.0.113.9");

  await act("Change night-job", "Pause");
  await expect(row).toContainText("Paused");
  await expect.poll(async () => (await callGate(secret)).code).toBe("token_paused");
  await act("Change night-job", "Unpause");
  await expect(row).toContainText("Active");
  await expect.poll(async () => (await callGate(secret)).code).toBe("allowed");

  await act("Change night-job", "Rename");
  await page.getByLabel("New name").fill("day-job");
  await page.getByRole("button", { name: "Rename" }).click();
  const renamed = page.getByRole("row").filter({ hasText: "day-job" });
  await expect(renamed).toBeVisible();

  await act("Change day-job", "Revoke");
  const revoke = page.getByRole("alertdialog", { name: "Revoke “day-job”?" });
  await expect(revoke).toContainText(/made \d+ requests today/);
  await expect(revoke.getByRole("button", { name: "Revoke token" })).toBeDisabled();
  await revoke.getByLabel(/Type day-job/).fill("day-job");
  await revoke.getByRole("button", { name: "Revoke token" }).click();
  await expect(renamed).toContainText("Revoked");
  await expect.poll(async () => (await callGate(secret)).code).toBe("token_revoked");

  async function act(menu: string, item: string) {
    await page.getByRole("button", { name: menu }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  }
});

test("what the server refuses is said at its field, and nothing typed is lost", async ({ page, context }) => {
  const account = await ownAccount(context, "Careful Ltd");
  await page.goto(`/a/${account.slug}/tokens?create=1&name=from-a-link&scopes=email:read`);
  const sheet = page.getByRole("dialog", { name: "Create token" });
  await expect(sheet.getByLabel("Name")).toHaveValue("from-a-link");
  await expect(sheet.getByLabel("Read the status of sent e-mail")).toBeChecked();
  const networks = sheet.getByLabel("Allowed addresses");
  await networks.fill("203.0.113.0/24\nnonsense");
  await sheet.getByRole("button", { name: "Create token" }).click();
  await expect(networks).toHaveAccessibleDescription(/nonsense is not an address/);
  await expect(sheet.getByLabel("Name")).toHaveValue("from-a-link");
  await expect(networks).toHaveValue("203.0.113.0/24\nnonsense");
});

test("several tokens are paused and revoked at once", async ({ page, context }) => {
  const account = await ownAccount(context, "Bulk Ltd");
  for (const name of ["one", "two", "three"]) await makeToken(account.accountId, name);
  await page.goto(`/a/${account.slug}/tokens`);
  await page.getByLabel("Select one").check();
  await page.getByLabel("Select two").check();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Pause 2 tokens" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Paused" })).toHaveCount(2);
  await page.getByRole("link", { name: "Paused 2" }).click();
  await expect(page.getByRole("row").filter({ hasText: "three" })).toBeHidden();
  await page.getByLabel("Select all").check();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.getByLabel(/Type revoke 2/).fill("revoke 2");
  await page.getByRole("button", { name: "Revoke 2 tokens" }).click();
  await expect(page.getByText("No token is paused.")).toBeVisible();
});

test("a viewer sees the tokens and nothing to change them with", async ({ page, context }) => {
  const { accountId, slug } = await ownAccount(context, "Viewed Ltd");
  await makeToken(accountId, "seen");
  const viewer = await makePerson("Vic Viewer");
  await addMember(accountId, viewer, "viewer");
  await context.clearCookies();
  await signIn(context, viewer);
  await page.goto(`/a/${slug}/tokens`);
  await expect(page.getByRole("row").filter({ hasText: "seen" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create token" })).toBeHidden();
  await page.getByRole("button", { name: "Change seen" }).click();
  await expect(page.getByRole("menuitem", { name: "Usage" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Revoke" })).toBeHidden();
});

test("an open page shows a suspension by itself, and no token can be created", async ({ page, context }) => {
  const account = await ownAccount(context, "Suspended Ltd");
  await page.goto(`/a/${account.slug}/tokens`);
  await expect(page.getByRole("button", { name: "Create token" })).toBeEnabled();
  const staff = await makePerson("Lee Lead");
  await addStaff(staff, "lead");
  const actor = {
    kind: "staff" as const,
    userId: staff.userId,
    sessionId: crypto.randomUUID(),
    name: staff.name,
    role: "lead" as const,
  };
  const now = new Date();
  await imposeAction(
    { actor, db: database().db, now, requestId: crypto.randomUUID(), ip: null, userAgent: null },
    {
      type: "suspension",
      accountId: account.accountId,
      endsAt: new Date(now.getTime() + 3_600_000),
      reasonCode: "rate_excess",
      publicText: "Your client ignores its limit.",
      internalNote: "clear",
    },
  );
  await expect(page.getByText("Your account is suspended.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create token" })).toBeDisabled();
  await page.getByRole("link", { name: "Read why", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Standing" })).toBeVisible();
  await expect(page.getByText("Your client ignores its limit.").first()).toBeVisible();
  await expect(page.getByText(/ends in 59.min/)).toBeVisible();
  await page.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page.getByText("acknowledged")).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("region", { name: "Quota today" })).toContainText("Every call is refused now");
});
