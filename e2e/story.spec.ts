import { verifyAudit } from "#core/audit/verify-audit.ts";
import { running } from "./running.ts";
import { openAccount, signUp } from "./set-up.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/**
 * The main job, end to end: real browser, real gate, real worker, real Postgres. An owner creates a token, its client goes too
 * far, the gate limits it, a flag opens, staff suspend the account, the gate confirms and refuses, staff lift it, the token works.
 */
test("from token to suspension and back", async ({ page: staff, browser }) => {
  test.setTimeout(180_000);
  await signUp(staff, running().setupLink, { name: "Ada Admin", email: "ada@example.com" });
  await expect(staff).toHaveURL(/\/staff\/cases/);
  const invitation = await openAccount(staff, "Northwind Story", "mara@example.com");

  const ownerContext = await browser.newContext({ baseURL: running().webUrl });
  const owner = await ownerContext.newPage();
  await signUp(owner, invitation, { name: "Mara Lind" });
  await expect(owner).toHaveURL(/\/a\/northwind-story/);

  await owner.goto("/a/northwind-story/tokens");
  await owner.getByRole("button", { name: "Create token" }).click();
  const form = owner.getByRole("form", { name: "Create token" });
  await form.getByLabel("Name", { exact: true }).fill("billing-cron");
  await form.getByRole("button", { name: "Create token" }).click();
  const shown = owner.getByRole("alertdialog");
  const secret = (await shown.locator("code").first().textContent()) ?? "";
  expect(secret).toMatch(/^gth_[0-9A-Za-z]{38}$/);
  await shown.getByLabel("I have stored it").check();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(owner.getByRole("row").filter({ hasText: "billing-cron" })).toBeVisible();
  await owner.reload();
  expect(await owner.content(), "the secret is shown once").not.toContain(secret);

  await owner.goto("/a/northwind-story");
  for (let i = 0; i < 3; i += 1) expect((await ask(secret)).code).toBe("allowed");
  await expect(owner.getByTestId("quota-used")).toHaveText("3");

  const answers = await Promise.all(Array.from({ length: 400 }, () => ask(secret)));
  const refused = answers.filter((answer) => answer.code === "rate_limited");
  expect(answers.filter((answer) => answer.code === "allowed")).toHaveLength(117);
  expect(refused).toHaveLength(283);
  expect(refused[0]).toMatchObject({ allowed: false, status: 429 });
  expect(refused[0]?.headers["Retry-After"]).toMatch(/^[1-9]\d*$/);

  await owner.goto("/a/northwind-story/refusals");
  const refusal = owner.getByRole("listitem").filter({ hasText: "Rate limit reached" }).first();
  await expect(refusal).toContainText("POST /v1/email");
  await expect(refusal).toContainText("billing-cron");

  await staff.goto("/staff/cases");
  const row = staff.getByRole("link", { name: /Northwind Story/ });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await row.click();
  await expect(staff.getByRole("heading", { name: "Northwind Story", level: 1 })).toBeVisible();
  await expect(staff.getByText("Over the rate limit").filter({ visible: true }).first()).toBeVisible();
  await expect(staff.getByText("limit 120").first()).toBeVisible();
  await staff.getByRole("button", { name: "Claim case" }).click();
  await expect(staff.getByText("assigned to you", { exact: true })).toBeVisible();
  const act = staff.getByRole("complementary").last();
  await act.getByRole("radio", { name: "Suspend" }).check();
  await act.getByLabel("Note for colleagues").fill("Cron job without back-off.");
  await act.getByRole("button", { name: "Suspend Northwind Story" }).click();
  await expect(staff.getByText(/Confirmed by 1 of 1 gate, \d+ ms/)).toBeVisible();

  expect(await ask(secret)).toMatchObject({ allowed: false, code: "account_suspended", status: 403 });

  await owner.goto("/a/northwind-story/standing");
  await expect(owner.getByText(/Your client keeps calling far above its rate limit/).first()).toBeVisible();
  await expect(owner.getByText("Suspended").first()).toBeVisible();
  await expect(owner.getByText("No refund is owed", { exact: false }).first()).toBeVisible();

  await staff.getByRole("button", { name: "Lift" }).click();
  await staff.getByLabel("Reason for lifting").fill("The customer fixed the cron job.");
  await staff.getByRole("button", { name: "Lift suspension" }).click();
  await expect(staff.getByText("Nothing else is in force", { exact: false })).toBeVisible();
  expect(await ask(secret, { method: "GET", path: "/v1/api-quota" })).toMatchObject({
    allowed: true,
    code: "allowed",
  });

  await owner.goto("/a/northwind-story/standing");
  await expect(owner.getByText("Good standing").first()).toBeVisible();
  await owner.goto("/a/northwind-story/audit");
  for (const step of ["token.create", "action.apply", "action.lift"])
    await expect(owner.getByText(step).first()).toBeVisible();
  await expect(owner.getByText("case.claim")).toHaveCount(0);
  await staff.goto("/staff/audit");
  for (const step of ["token.create", "flag.open", "case.claim", "action.apply", "action.lift"])
    await expect(staff.getByText(step).first()).toBeVisible();
  expect(await verifyAudit(database().db)).toMatchObject({ brokenAt: null });
  await ownerContext.close();
});

type Answer = { allowed: boolean; code: string; status: number; headers: Record<string, string> };

/** Asks the gate as a client's gateway would. */
async function ask(token: string, request = { method: "POST", path: "/v1/email" }): Promise<Answer> {
  const response = await fetch(`${running().gateUrl}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, ip: "203.0.113.9", user_agent: "billing/1.0", ...request }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}
