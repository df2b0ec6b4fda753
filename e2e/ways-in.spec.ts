import { readFileSync } from "node:fs";
import type { Browser, FrameLocator, Page } from "@playwright/test";
import { jobCtx } from "#core/frame/context.ts";
import { createKey } from "#core/staff-keys/create-key.ts";
import { ctxOf } from "#core/testing.ts";
import { revokeToken } from "#core/tokens/revoke-token.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { mailbox } from "./mailbox.ts";
import { ownGatehouse } from "./own-gatehouse.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { providerProduct } from "./provider-product.ts";
import { logFile, running } from "./running.ts";
import { addMember, addStaff, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** The ways in besides the password, against real counterparts: the provider's product on an origin of its own, and a mail server. */

const post = mailbox();
const product = providerProduct();
const stranger = providerProduct();
let productOrigin = "";
let strangerOrigin = "";
ownGatehouse(async () => {
  productOrigin = await product.listen();
  strangerOrigin = await stranger.listen();
  const portal = { PORTAL_RETURN_ORIGINS: productOrigin, PORTAL_EMBED_ORIGINS: productOrigin };
  return { ...portal, EMAIL_LINK_SIGN_IN: "1", ...(await post.listen()) };
});
test.afterAll(post.close);
test.afterAll(product.close);
test.afterAll(stranger.close);

/** The key of the provider's product, as an admin made it on the desk. */
async function productKey(): Promise<string> {
  const admin = await makePerson("Ada Admin");
  await addStaff(admin, "admin");
  const actor = { kind: "staff", userId: admin.userId, sessionId: null, name: admin.name, role: "admin" } as const;
  const ctx = ctxOf(database().db, actor, new Date());
  return (await createKey(ctx, { name: "product", scopes: ["staff:portal:open"] })).secret;
}

/** What the product's server asks for when one of its people wants to see their tokens. */
async function portalLink(key: string, asked: Record<string, unknown>): Promise<string> {
  const answer = await fetch(`${running().webUrl}/api/v1/staff/portal-sessions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ name: "Mara Vance", role: "developer", returnUrl: `${productOrigin}/settings`, ...asked }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { url: string }).url;
}

async function elsewhere(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  return (await browser.newContext({ baseURL: running().webUrl, ...options })).newPage();
}

/** By the person's menu, which closes when its page is completed while it is open. */
async function signOut(on: Page | FrameLocator, name: string) {
  await expect(async () => {
    await on.getByRole("button", { name: `Signed in as ${name}` }).click();
    await on.getByRole("button", { name: "Sign out" }).click({ timeout: 1_000 });
  }).toPass();
}

/** The hidden field by which a page without script names the action that signs out. */
async function signOutField(browser: Browser): Promise<string> {
  const plain = await elsewhere(browser, { javaScriptEnabled: false });
  await ownAccount(plain.context(), "Fields Ltd");
  await plain.goto("/accounts");
  const field = plain.locator("form", { hasText: "Sign out" }).locator('input[name^="$ACTION_ID"]');
  return (await field.getAttribute("name")) ?? "";
}

async function framersOf(path: string): Promise<string> {
  const answer = await fetch(running().webUrl + path, { redirect: "manual" });
  return /frame-ancestors [^;]*/.exec(answer.headers.get("content-security-policy") ?? "")?.[0] ?? "";
}

test("the provider's product lets its person in by a link: into one account, without a password, once", async ({
  page,
  browser,
  request,
}) => {
  const account = await makeAccount("Portal Ltd");
  const key = await productKey();
  const email = "mara@portal.example";
  const url = await portalLink(key, { accountId: account.accountId, email, path: "/tokens?create=1" });
  // What previews of links do.
  expect(await (await request.get(url)).text()).toContain(`You will be signed in as ${email}.`);

  product.shows(`<a href="${url}">API tokens</a>`);
  await page.goto(`${productOrigin}/settings`);
  await page.getByRole("link", { name: "API tokens" }).click();
  await expect(page).toHaveURL(`${running().webUrl}/a/${account.slug}/tokens?create=1`);
  await expect(page.getByRole("dialog", { name: "Create token" })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const path of ["/me", "/accounts", "/staff/cases"]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }

  const late = await elsewhere(browser);
  await late.goto(url);
  await expect(late.getByText("This link no longer works")).toBeVisible();

  await page.goto(`/a/${account.slug}`);
  await page.getByRole("link", { name: `Back to ${new URL(productOrigin).host}` }).click();
  await expect(page).toHaveURL(`${productOrigin}/settings`);
  await page.goto(`/a/${account.slug}`);
  await signOut(page, "Mara Vance");
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
});

test("a portal link asks before it takes the place of somebody who is signed in, and works without script", async ({
  page,
  context,
  browser,
}) => {
  const account = await makeAccount("Careful Ltd");
  const key = await productKey();
  const asked = { accountId: account.accountId, email: "nia@portal.example", name: "Nia Noor", role: "viewer" };
  const other = await makePerson("Otto Other");
  await signIn(context, other);
  await page.goto(await portalLink(key, asked));
  await expect(page.getByText(`You are signed in as ${other.email} in this browser.`)).toBeVisible();
  await page.getByRole("button", { name: "Continue as Nia Noor" }).click();
  await expect(page).toHaveURL(new RegExp(`/a/${account.slug}$`));

  // A link of somebody's own account, on their page or in a message, puts nobody in it unseen.
  const lured = await elsewhere(browser);
  stranger.shows(`<a href="${await portalLink(key, asked)}">Look</a>`);
  await lured.goto(strangerOrigin);
  await lured.getByRole("link", { name: "Look" }).click();
  await expect(lured.getByText("If that is not you, or you did not ask for this, close the page.")).toBeVisible();
  await expect(lured.getByRole("button", { name: "Continue as Nia Noor" })).toBeEnabled();
  expect(await lured.context().cookies(running().webUrl)).toEqual([]);

  const plain = await elsewhere(browser, { javaScriptEnabled: false });
  await plain.goto(await portalLink(key, asked));
  await plain.getByRole("button", { name: "Continue as Nia Noor" }).click();
  await expect(plain).toHaveURL(new RegExp(`/a/${account.slug}$`));
});

test.describe("in a frame", () => {
  // What Next.js answers to an action from a foreign origin.
  test.use({ expectedConsoleErrors: [/status of 403/] });

  test("an account stands in a frame of the provider's product, and in nobody else's", async ({ page, browser }) => {
    const account = await makeAccount("Framed Ltd");
    const key = await productKey();
    const asked = { accountId: account.accountId, email: "finn@portal.example", name: "Finn Frame" };
    product.shows(
      `<iframe src="${await portalLink(key, { ...asked, path: "/tokens?create=1" })}" width="1200" height="500">`,
    );
    await page.goto(productOrigin);
    const frame = page.frameLocator("iframe");
    const dialog = frame.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("made in a frame");
    await dialog.getByRole("button", { name: "Create token" }).click();
    await expect(frame.getByText(/^gth_\w{38}$/)).toBeVisible();
    const cookies = await page.context().cookies();
    expect(cookies.find(({ name }) => name === "gatehouse.frame")).toMatchObject({
      ...{ secure: true, httpOnly: true, sameSite: "None" },
      partitionKey: "http://127.0.0.1",
    });
    expect(cookies.map(({ name }) => name)).not.toContain("next-auth.session-token");
    // The same browser, as a page of its own: the frame's session is not there.
    await page.goto(`/a/${account.slug}`);
    await expect(page).toHaveURL(/\/sign-in/);

    // The product's page posts a form of ours by itself, and the frame's cookie goes along: a foreign origin is refused.
    const action = await signOutField(browser);
    product.shows(`<form method="post" enctype="multipart/form-data" target="it" action="${running().webUrl}/a/${account.slug}">
    <input name="${action}"><button>Go</button></form><iframe name="it"></iframe>`);
    await page.goto(productOrigin);
    const refused = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: "Go" }).click();
    expect((await (await refused).request().allHeaders()).cookie).toContain("gatehouse.frame=");
    product.shows(`<iframe src="${running().webUrl}/a/${account.slug}" width="1200" height="500">`);
    await page.goto(productOrigin);
    await signOut(frame, "Finn Frame");
    await expect(frame.getByRole("heading", { name: "You are signed out" })).toBeVisible();

    stranger.shows(`<iframe src="${await portalLink(key, asked)}">`);
    const other = await elsewhere(browser);
    await other.goto(strangerOrigin);
    await expect(other.frameLocator("iframe").locator("body")).not.toContainText("Framed Ltd");
    for (const path of ["/sign-in", "/staff/cases", "/me", "/accounts", "/abc"])
      expect(await framersOf(path), path).toBe("frame-ancestors 'none'");
    expect(await framersOf("/a/x")).toBe(`frame-ancestors ${productOrigin}`);
  });
});

test("a member signs in by a mailed link, in the browser that asked for it, once", async ({ page, browser }) => {
  const account = await makeAccount("Linked Ltd");
  const member = await makePerson("Lia Link");
  await addMember(account.accountId, member, "owner");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "E-mail me a sign-in link" }).click();
  await expect(page.getByRole("heading", { name: "Sign in by e-mail" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(member.email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  await expect.poll(() => post.linkTo(member.email), { timeout: 30_000 }).not.toBeNull();
  const link = post.linkTo(member.email) ?? "";

  const other = await elsewhere(browser);
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Open this link where you asked for it" })).toBeVisible();
  expect(await other.content()).not.toContain(member.email);
  await page.goto(link);
  await expect(page).toHaveURL(new RegExp(`/a/${account.slug}$`));
  await page.goto(link);
  await expect(page.getByText("This link no longer works")).toBeVisible();

  await page.goto("/me/prove");
  await expect(page.getByRole("link", { name: "Set one by e-mail" })).toBeVisible();

  // The same answer for staff, and no message.
  const staff = await makePerson("Sam Staff");
  await addStaff(staff, "support");
  for (const { email } of [staff, member]) {
    await other.goto("/sign-in/link");
    await other.getByLabel("E-mail address").fill(email);
    await other.getByRole("button", { name: "Send link" }).click();
    await expect(other.getByText("a link is on its way")).toBeVisible();
  }
  await expect.poll(() => post.countTo(member.email), { timeout: 30_000 }).toBe(2);
  expect(post.countTo(staff.email)).toBe(0);
});

test("a token's holder sees that one token, with and without script, until it is revoked", async ({
  page,
  browser,
}) => {
  const account = await makeAccount("Tokens Ltd");
  const { tokenId, secret } = await makeToken(account.accountId, "nightly-job", ["email:send"]);
  await makeToken(account.accountId, "somebody else's");
  await callGate(secret, { method: "GET", path: "/v1/domains" });
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Sign in with a token" }).click();
  await page.getByLabel("Token").fill(`${secret.slice(0, -1)}${secret.endsWith("a") ? "b" : "a"}`);
  await page.getByRole("button", { name: "Show token" }).click();
  await expect(page.getByText(/not a well-formed token|There is no such token/)).toBeVisible();
  await page.getByLabel("Token").fill(secret);
  await page.getByRole("button", { name: "Show token" }).click();
  await expect(page.getByRole("heading", { name: "nightly-job" })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("1 (1 refused)")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await page.content()).not.toContain("somebody else's");
  await page.getByLabel("Method").selectOption("POST");
  await page.getByLabel("Path").fill("/v1/email");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText("The gate would allow it now.")).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const path of [`/a/${account.slug}`, "/me", "/staff/cases"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }

  const plain = await elsewhere(browser, { javaScriptEnabled: false });
  await plain.goto("/sign-in/token");
  await plain.getByLabel("Token").fill(secret);
  await plain.getByLabel("Token").press("Enter");
  await expect(plain.getByRole("heading", { name: "nightly-job" })).toBeVisible();
  const kept = [plain.url(), await plain.content(), JSON.stringify(await plain.context().cookies())];
  for (const text of [...kept, readFileSync(logFile(running().dataDir), "utf8")]) expect(text).not.toContain(secret);
  await plain.getByRole("button", { name: "Sign out" }).click();
  await plain.goto("/token");
  await expect(plain).toHaveURL(/\/sign-in\/token/);

  await revokeToken(jobCtx(database().db, "e2e", new Date()), { tokenId });
  await page.goto("/token");
  await expect(page.getByRole("heading", { name: "“nightly-job” does not work" })).toBeVisible();
  await expect(page.getByText("The token is revoked.")).toBeVisible();
});
