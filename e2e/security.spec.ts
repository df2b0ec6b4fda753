import { eq } from "drizzle-orm";
import { ctxOf } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { account } from "#db/schema/accounts.ts";
import { session } from "#db/schema/auth.ts";
import { running } from "./running.ts";
import { addMember, addStaff, database, makeAccount, makePerson, sessionCookie, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Bad input and bad intent at the web app: each a clear refusal, nothing done, nothing told. */

test.describe("a session", () => {
  // The open page's live stream is refused too, which the browser notes.
  test.use({ expectedConsoleErrors: [/404/] });

  test("that is forged, altered or over opens nothing", async ({ browser }) => {
    const person = await makePerson("Fay Forged");
    const account = await makeAccount("Forged Ltd");
    await addMember(account.accountId, person, "owner");
    const real = await makeRealSession(person.userId);
    const cookies = [
      (await sessionCookie({ sub: person.userId, sid: real }, "another secret, of the length that is needed")).value,
      `${(await sessionCookie({ sub: person.userId, sid: real })).value.slice(0, -4)}AAAA`,
      (await sessionCookie({ sub: person.userId, sid: crypto.randomUUID() })).value,
      "nonsense",
    ];
    for (const value of cookies) {
      const context = await browser.newContext();
      await context.addCookies([{ name: "next-auth.session-token", value, url: running().webUrl }]);
      const response = await context.request.get(`${running().webUrl}/a/${account.slug}`, { maxRedirects: 0 });
      expect(response.status()).toBe(307);
      expect(response.headers().location).toContain("/sign-in?next=");
      expect(await response.text()).not.toContain(account.name);
      await context.close();
    }
  });

  test("that is ended is refused from its next request on, in every tab", async ({ page, context }) => {
    const person = await makePerson("Rae Revoked");
    const account = await makeAccount("Revoked Ltd");
    await addMember(account.accountId, person, "owner");
    const sessionId = await signIn(context, person);
    await page.goto(`/a/${account.slug}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await database().db.update(session).set({ revokedAt: new Date() }).where(eq(session.id, sessionId));
    await page.goto(`/a/${account.slug}/tokens`);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });
});

test("no page or call of the session library is served", async ({ request }) => {
  for (const page of [
    "session",
    "csrf",
    "providers",
    "signin",
    "signout",
    "error",
    "verify-request",
    "callback/credentials",
  ]) {
    const response = await request.get(`${running().webUrl}/api/auth/${page}`, { maxRedirects: 0 });
    expect([page, response.status()]).toEqual([page, 404]);
    expect(response.headers()["set-cookie"]).toBeUndefined();
  }
});

test("icons, manifest and robots.txt are served to visitors", async ({ request, page }) => {
  for (const file of [
    "favicon.ico",
    "apple-touch-icon.png",
    "icon-192.png",
    "icon-512.png",
    "site.webmanifest",
    "robots.txt",
    "share.png",
  ]) {
    const response = await request.get(`${running().webUrl}/${file}`, { maxRedirects: 0 });
    expect([file, response.status()]).toEqual([file, 200]);
  }
  await page.goto("/sign-in");
  await expect(page.locator('link[rel="manifest"]')).toHaveAttribute("href", "/site.webmanifest");
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute("content", /^https?:.*\/share\.png/);
});

test.describe("somebody else's", () => {
  test.use({ expectedConsoleErrors: [/404/] });

  test("account and the staff desk are a plain 404 for a member", async ({ page, context }) => {
    const person = await makePerson("Sam Stranger");
    const own = await makeAccount("Own Ltd");
    const other = await makeAccount("Quite Secret Ltd");
    await addMember(own.accountId, person, "owner");
    await signIn(context, person);
    for (const path of [
      `/a/${other.slug}`,
      `/a/${other.slug}/tokens`,
      "/a/no-such-account",
      "/staff/cases",
      "/staff/accounts",
    ]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
      expect(await page.content(), path).not.toContain("Quite Secret");
    }
    const live = await context.request.get(`${running().webUrl}/a/${other.slug}/live`);
    expect(live.status()).toBe(404);
  });

  test("staff without the role do not see the audit, and ids that are none are a 404", async ({ page, context }) => {
    const person = await makePerson("Uma Support");
    await addStaff(person, "support");
    await signIn(context, person);
    for (const path of [
      "/staff/audit",
      "/staff/people",
      "/staff/cases/not-an-id",
      `/staff/cases/${crypto.randomUUID()}`,
      "/staff/accounts/1' or 1=1",
    ]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
    }
  });
});

test.describe("a server action", () => {
  test.use({ expectedConsoleErrors: [/ERR_FAILED/] });

  test("posted from another origin, or from none, is refused and does nothing", async ({ page, context }) => {
    const person = await makePerson("Ana Admin");
    await addStaff(person, "admin");
    await signIn(context, person);
    const name = `Cross Origin ${crypto.randomUUID()}`;
    await page.goto("/staff/accounts");
    await page.getByRole("button", { name: "New account" }).click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Owner's e-mail address").fill("owner@example.com");
    const posted = page.waitForRequest((request) => request.method() === "POST" && "next-action" in request.headers());
    await page.route("**/staff/accounts", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await page.getByRole("button", { name: "Create account and invitation" }).click();
    const request = await posted;
    await expect(page.getByText("Gatehouse did not answer")).toBeVisible();
    await page.unrouteAll();

    // Only this test's own account: others write to the audit at the same time.
    const made = async () =>
      (await database().db.select({ id: account.id }).from(account).where(eq(account.name, name))).length;
    expect(await made()).toBe(0);
    const headers = await request.allHeaders();
    const post = async (change: Record<string, string | undefined>) => {
      const sent = Object.fromEntries(
        Object.entries({ ...headers, ...change }).filter(
          (pair): pair is [string, string] =>
            pair[1] !== undefined && !/^(:|host$|connection$|content-length$)/.test(pair[0]),
        ),
      );
      const response = await fetch(request.url(), {
        method: "POST",
        headers: sent,
        body: new Uint8Array(request.postDataBuffer() ?? []),
      });
      return { status: response.status, text: await response.text() };
    };
    for (const change of [{ origin: "https://evil.example" }, { origin: undefined }, { origin: "null" }]) {
      const answer = await post(change);
      expect(answer.text).not.toContain("/invite/");
      expect(await made()).toBe(0);
    }
    // The same post from our own origin works: it was the origin that was refused.
    expect((await post({})).text).toContain("/invite/");
    expect(await made()).toBe(1);
  });
});

test.describe("signing in", () => {
  test("does not lead outside, and tells nobody which half was wrong", async ({ page }) => {
    await page.goto("/sign-in?next=https://evil.example/");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await page.getByLabel("E-mail address").fill("nobody@example.com");
    await page.getByLabel("Password").fill("certainly wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("Wrong e-mail address or password.")).toBeVisible();
    await expect(page.getByLabel("E-mail address")).toHaveValue("nobody@example.com");
  });

  test("makes one wait after a few failures", async ({ page }) => {
    const email = `${crypto.randomUUID()}@example.com`;
    await page.goto("/sign-in");
    await page.getByLabel("E-mail address").fill(email);
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await page.getByLabel("Password").fill(`wrong ${attempt}`);
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await answered;
    }
    await expect(page.getByText(/Too many attempts\. Wait/)).toBeVisible();
    await expect(page.getByLabel("Code")).toHaveAccessibleDescription(/without waiting/);
  });
});

test("every page carries a strict policy with a fresh nonce", async ({ request }) => {
  const nonces = new Set<string>();
  for (let i = 0; i < 2; i += 1) {
    const response = await request.get(`${running().webUrl}/sign-in`);
    const csp = response.headers()["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(csp)?.[1] ?? "";
    nonces.add(nonce);
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toMatch(/script-src[^;]*unsafe/);
    const scripts = [...(await response.text()).matchAll(/<script\b[^>]*>/g)].map((match) => match[0]);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(response.headers()["x-content-type-options"]).toBe("nosniff");
    expect(response.headers()["x-powered-by"]).toBeUndefined();
  }
  expect(nonces.size).toBe(2);
});

async function makeRealSession(userId: string): Promise<string> {
  const [opened] = await database()
    .db.insert(session)
    .values({ userId, expiresAt: new Date(Date.now() + 3_600_000) })
    .returning({ id: session.id });
  return opened?.id ?? "";
}

test("a token with an allow-list is refused from elsewhere, whatever address its caller claims", async ({
  request,
}) => {
  const account = await makeAccount("Allow List Ltd");
  const person = await makePerson("Pia Pinned");
  await addMember(account.accountId, person, "owner");
  const ids = { userId: person.userId, sessionId: crypto.randomUUID(), accountId: account.accountId };
  const owner = ctxOf(database().db, { kind: "member", ...ids, name: person.name, role: "owner" }, new Date());
  const { secret } = await createToken(owner, {
    name: "pinned",
    scopes: ["tokens:read"],
    allowedNetworks: ["203.0.113.0/24"],
  });
  for (const name of ["x-forwarded-for", "x-client-address", "x-real-ip", "forwarded"]) {
    const response = await request.get(`${running().webUrl}/api/v1/tokens`, {
      headers: { authorization: `Bearer ${secret}`, [name]: name === "forwarded" ? "for=203.0.113.9" : "203.0.113.9" },
    });
    expect(response.status(), name).toBe(403);
  }
});

test("metrics are for the machine itself and for gateways", async ({ request }) => {
  const metrics = `${running().webUrl}/metrics`;
  expect((await request.get(metrics)).status(), "direct, from the machine itself").toBe(200);
  const asProxied = { "x-forwarded-for": "198.51.100.7" };
  expect((await request.get(metrics, { headers: asProxied })).status(), "through a proxy").toBe(401);
  const wrong = { ...asProxied, authorization: `Bearer gthg_${"a".repeat(40)}` };
  expect((await request.get(metrics, { headers: wrong })).status(), "with a wrong credential").toBe(401);
});

test("a method or an address that cannot be is refused, and no fault of ours", async ({ request }) => {
  expect((await request.fetch(`${running().webUrl}/sign-in`, { method: "TRACE" })).status()).toBe(405);
  expect((await request.get(`${running().webUrl}/%E0`)).status()).toBe(400);
});
