import type { Browser, Page } from "@playwright/test";
import { createKey } from "#core/staff-keys/create-key.ts";
import { ctxOf } from "#core/testing.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { ownGatehouse } from "./own-gatehouse.ts";
import { providerProduct } from "./provider-product.ts";
import { running } from "./running.ts";
import { addStaff, database, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** The ways in besides the password, against real counterparts: the provider's product on an origin of its own. */

const product = providerProduct();
let productOrigin = "";
ownGatehouse(async () => {
  productOrigin = await product.listen();
  return { PORTAL_RETURN_ORIGINS: productOrigin };
});
test.afterAll(product.close);

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

  await page.goto(`${productOrigin}/settings`);
  await page.goto(url);
  await expect(page).toHaveURL(`${running().webUrl}/a/${account.slug}/tokens?create=1`);
  await expect(page.getByRole("button", { name: "Signed in as Mara Vance" })).toBeVisible();
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
  await page.getByRole("button", { name: "Signed in as Mara Vance" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
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

  const plain = await elsewhere(browser, { javaScriptEnabled: false });
  await plain.goto(await portalLink(key, asked));
  await plain.getByRole("button", { name: "Continue as Nia Noor" }).click();
  await expect(plain).toHaveURL(new RegExp(`/a/${account.slug}$`));
});
