import { jobCtx } from "#core/frame/context.ts";
import { submitReport } from "#core/reports/submit-report.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { makeCase } from "./make-case.ts";
import { makeToken } from "./owner.ts";
import { recordTraffic } from "./recorded-traffic.ts";
import { addStaff, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** A report that leads to accounts, with an address to answer. */
async function reportPage(): Promise<string> {
  const ctx = { ...jobCtx(database().db, "e2e", new Date()), actor: { kind: "visitor" } as const };
  const { reportId } = await submitReport(ctx, {
    ...{ kind: "abuse", about: "somebody", body: "They send spam to our whole office." },
    reporterEmail: `axe@${crypto.randomUUID()}.example`,
  });
  return `/staff/reports/${reportId}`;
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every staff page is free of axe findings in ${colorScheme}`, async ({ page, context }) => {
    test.setTimeout(300_000);
    const admin = await makePerson("Abe Axe");
    await addStaff(admin, "admin");
    await signIn(context, admin);
    await page.emulateMedia({ colorScheme });
    const account = await makeCase(`Axe ${colorScheme} Ltd`);
    await recordTraffic({ accountId: account.accountId, tokenId: crypto.randomUUID(), requests: 12 });
    const pages = [
      "/staff",
      "/staff/reports",
      "/staff/reports?view=refused",
      await reportPage(),
      "/staff/audit?view=views",
      "/report/abuse",
      "/report/vulnerability",
      "/staff/cases",
      `/staff/accounts/${account.accountId}`,
      "/staff/accounts",
      "/staff/actions",
      `/staff/investigate?account=${account.accountId}`,
      "/staff/investigate?network=192.0.2.0/24&tables=all",
      "/staff/appeals",
      "/staff/limits",
      "/staff/limit-requests",
      "/staff/detectors",
      "/staff/limits?view=endpoints",
      "/staff/limits/import",
      `/staff/actions/batch?account=${account.accountId}`,
      `/staff/accounts/${account.accountId}/as-of`,
      "/staff/mail",
      "/staff/gates",
      "/staff/people",
      `/staff/people/${admin.userId}`,
      "/staff/audit",
    ];
    // The size of targets is part of WCAG 2.2 and off in axe by default.
    const findings = () => accessibilityFaults(page, { "target-size": { enabled: true } });
    for (const path of pages) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
      expect(await findings(), path).toEqual([]);
    }
    await page.goto("/staff/cases");
    await page.getByRole("link", { name: new RegExp(account.name) }).click();
    await expect(page.getByRole("heading", { name: account.name, level: 1 })).toBeVisible();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await findings(), `case at ${width}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `nothing runs off the side at ${width}`).toBeLessThanOrEqual(0);
    }
  });
}

test("a full case by mouse, with what only a mouse finds: dismiss, hand over, put off, links, mute, undo", async ({
  page,
  context,
}) => {
  const agent = await makePerson("Moe Mouse");
  const colleague = await makePerson("Cole League");
  await addStaff(agent, "reviewer");
  await addStaff(colleague, "lead");
  await signIn(context, agent);
  const account = await makeCase(`Mouse ${crypto.randomUUID().slice(0, 8)}`);
  await page.goto(`/staff/cases?q=${encodeURIComponent(account.name)}`);
  await page.getByRole("link", { name: new RegExp(account.name) }).click();
  const dialog = page.getByRole("alertdialog");
  await page.getByRole("button", { name: "Claim case" }).click();
  await expect(page.getByText("assigned to you", { exact: true })).toBeVisible();
  await page.getByLabel("Ticket").fill("HELP-812");
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await expect(page.getByText("linked HELP-812")).toBeVisible();
  await page.getByRole("radio", { name: "Suspend" }).check();
  await page.getByLabel("Note for colleagues").last().fill("A mistake to be undone.");
  await page.getByRole("button", { name: `Suspend ${account.name}` }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("undid the suspension")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).first().click();
  await dialog.getByLabel("Reason").selectOption("broken_client");
  await dialog.getByRole("button", { name: "Dismiss flag" }).click();
  await expect(page.getByText("Dismissed: broken client")).toBeVisible();
  await page.getByRole("button", { name: "Snooze" }).click();
  await dialog.getByRole("button", { name: "Snooze" }).click();
  await expect(page.getByText("snoozed the case")).toBeVisible();
  await page.getByRole("button", { name: "Hand over" }).click();
  await dialog.getByLabel("To").selectOption({ label: "Cole League, Lead" });
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText("handed the case to Cole League")).toBeVisible();
});

test("search finds an account by name, and a token that was pasted whole, without sending it", async ({
  page,
  context,
}) => {
  const agent = await makePerson("Sam Search");
  await addStaff(agent, "support");
  await signIn(context, agent);
  const account = await makeAccount(`Findable ${crypto.randomUUID().slice(0, 8)}`);
  const { secret } = await makeToken(account.accountId, "billing-cron");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? "", request.url()));
  await page.goto("/staff/cases");
  const search = page.getByRole("button", { name: "Account, token, receipt, network" });
  await search.click();
  await page.getByRole("combobox").fill(account.name);
  await expect(page.getByRole("option", { name: new RegExp(account.name) })).toBeVisible();
  await page.getByRole("combobox").fill(secret);
  await expect(page.getByRole("option", { name: /billing-cron/ })).toBeVisible();
  expect(sent.join("\n")).not.toContain(secret);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: account.name, level: 1 })).toBeVisible();
});

test("two agents on one case: the slower one is told who holds it, and takes it over only on purpose", async ({
  page,
  context,
  browser,
}) => {
  const account = await makeCase(`Two Agents ${crypto.randomUUID().slice(0, 8)}`);
  const first = await makePerson("Finn First");
  const second = await makePerson("Sue Second");
  await addStaff(first, "reviewer");
  await addStaff(second, "reviewer");
  await signIn(context, first);
  // A page in a background tab does not renew itself: it stays as it was read.
  await page.addInitScript(() => Object.defineProperty(document, "visibilityState", { get: () => "hidden" }));
  const other = await browser.newContext();
  await signIn(other, second);
  const open = async (on: typeof page) => {
    await on.goto(`/staff/cases?q=${encodeURIComponent(account.name)}`);
    await on.getByRole("link", { name: new RegExp(account.name) }).click();
    await expect(on.getByRole("button", { name: "Claim case" })).toBeVisible();
  };
  await open(page);
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await theirs.getByRole("button", { name: "Claim case" }).click();
  await expect(theirs.getByText("assigned to you", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Claim case" }).click();
  await expect(page.getByText(/Sue Second is working on this case until \d\d:\d\d UTC/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Take over" })).toBeVisible();
  await other.close();
});

test("a suspension for good waits for a second person, who is not its author", async ({ page, context, browser }) => {
  const account = await makeCase(`For Good ${crypto.randomUUID().slice(0, 8)}`);
  const author = await makePerson("Lea Lead");
  const approver = await makePerson("Ann Admin");
  await addStaff(author, "lead");
  await addStaff(approver, "admin");
  await signIn(context, author);
  await page.goto(`/staff/accounts/${account.accountId}`);
  await page.getByRole("radio", { name: "Suspend" }).check();
  await page.getByLabel("Until").selectOption("good");
  await page.getByLabel("Note for colleagues").fill("No answer for weeks.");
  await page.getByRole("button", { name: `Suspend ${account.name}` }).click();
  await expect(page.getByText("Waiting for approval").first()).toBeVisible();
  await expect(page.getByText("You proposed this. Someone else must approve it.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const other = await browser.newContext();
  await signIn(other, approver);
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await theirs.getByRole("button", { name: "Approve" }).click();
  await theirs.getByRole("button", { name: "Approve suspension" }).click();
  await expect(theirs.getByText(/Confirmed by 1 of 1 gate, \d+ ms/)).toBeVisible();
  await expect(theirs.getByText("approved by Ann Admin", { exact: false })).toBeVisible();
  await other.close();
});

test("an OpenAPI document is compared first and imported as it was shown", async ({ page, context }) => {
  const lead = await makePerson("Ida Importer");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  const path = `/v1/imported-${crypto.randomUUID().slice(0, 8)}`;
  await page.goto("/staff/limits?view=endpoints");
  await page.getByRole("link", { name: "Import from OpenAPI" }).click();
  await expect(page.getByRole("heading", { name: "Import from OpenAPI", level: 1 })).toBeVisible();
  const text = page.getByLabel("Or paste its text");
  await expect(async () => {
    await text.fill("not one");
    await page.getByRole("button", { name: "Compare" }).click();
    await expect(page.getByText("This is not an OpenAPI 3 document.")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByLabel("File").setInputFiles({
    name: "api.yaml",
    mimeType: "application/yaml",
    buffer: Buffer.from(`openapi: 3.1.0\npaths:\n  ${path}:\n    get: { operationId: read.it }\n`),
  });
  await expect(text).toHaveValue(new RegExp(path));
  await page.getByRole("button", { name: "Compare" }).click();
  const row = page.getByRole("row").filter({ hasText: path });
  await expect(row.getByText("new", { exact: true })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel("Requests per minute per account for each new endpoint").fill("25");
  await page.getByRole("button", { name: "Import 1 new and 0 changed" }).click();
  await expect(page.getByRole("heading", { name: "Limits", level: 1 })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: path })).toContainText("25 per 60 s");
});
