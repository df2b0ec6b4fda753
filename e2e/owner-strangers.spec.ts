import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { token } from "#db/schema/tokens.ts";
import { makeToken, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

const root = fileURLToPath(new URL("../app/(owner)/a/[account]", import.meta.url));

/** Every address below an account that is on disk: a new page or route is in this suite by being there. */
function addresses(file: "page.tsx" | "route.ts"): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) =>
      path
        .split("/")
        .slice(0, -1)
        .filter((part) => !part.startsWith("("))
        .map((part) => `/${part}`)
        .join(""),
    );
}

/** The names of every server action of the account's pages. */
function actionNames(): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("actions.ts"))
    .flatMap((path) => [...readFileSync(join(root, path), "utf8").matchAll(/export const (\w+Action) = /g)])
    .map(([, name = ""]) => name);
}

test("a member of another account reaches no page, no file and no stream of this one", async ({ context }) => {
  const theirs = await ownAccount(context, "Walled Ltd");
  const { tokenId } = await makeToken(theirs.accountId, "walled-off-token");
  const filled = (path: string) => path.replace("[token]", tokenId).replaceAll(/\[[^\]]*\]/g, crypto.randomUUID());
  const all = [...new Set([...addresses("page.tsx"), ...addresses("route.ts")])];
  expect(all.length).toBeGreaterThan(15);
  // First as the owner: what exists answers, so that a 404 below is not one of a wrong address.
  for (const path of addresses("page.tsx").filter((one) => !one.includes("[...") && !one.includes("[endpoint]"))) {
    if (/\[(?!token\])/.test(path)) continue;
    const answer = await context.request.get(`${running().webUrl}/a/${theirs.slug}${filled(path)}`);
    expect(answer.status(), path).toBe(200);
  }
  await context.clearCookies();
  const own = await ownAccount(context, "Curious Ltd");
  for (const path of all) {
    const foreign = await context.request.get(`${running().webUrl}/a/${theirs.slug}${filled(path)}`);
    expect(foreign.status(), path).toBe(404);
    expect(await foreign.text(), path).not.toContain("walled-off-token");
    // Their id below one's own account.
    if (!path.includes("[")) continue;
    const mixed = await context.request.get(`${running().webUrl}/a/${own.slug}${filled(path)}`);
    expect(mixed.status(), path).toBe(404);
  }
  await context.clearCookies();
  for (const path of all) {
    const answer = await context.request.get(`${running().webUrl}/a/${theirs.slug}${filled(path)}`, {
      maxRedirects: 0,
    });
    expect([307, 404], path).toContain(answer.status());
  }
});

test("no action of a page does anything for a member of another account, whichever id is sent", async ({
  page,
  context,
}) => {
  const theirs = await ownAccount(context, "Untouched Ltd");
  const { tokenId } = await makeToken(theirs.accountId, "untouched");
  const before = await database()
    .db.select({ version: token.version, name: token.name, revokedAt: token.revokedAt })
    .from(token)
    .where(eq(token.id, tokenId));
  await context.clearCookies();
  const own = await ownAccount(context, "Meddling Ltd");
  await makeToken(own.accountId, "mine");
  expect(actionNames().length).toBeGreaterThan(20);
  const manifest = JSON.parse(
    readFileSync(fileURLToPath(new URL("../.next/server/server-reference-manifest.json", import.meta.url)), "utf8"),
  ) as { node: Record<string, { exportedName?: string }> };
  const ids = Object.entries(manifest.node).filter(([, { exportedName = "" }]) => actionNames().includes(exportedName));
  expect(ids.length).toBeGreaterThan(20);
  await page.goto(`/a/${own.slug}/tokens`);
  for (const slug of [theirs.slug, own.slug]) {
    for (const [id, { exportedName = "" }] of ids) {
      const answer = await context.request.post(`${running().webUrl}/a/${own.slug}/tokens`, {
        headers: { "next-action": id, origin: running().webUrl, accept: "text/x-component" },
        multipart: {
          "1_account": slug,
          "1_tokenId": tokenId,
          "1_name": "stolen",
          "1_overlapHours": "0",
          "1_capPerDay": "1",
          "1_scopes[]": "email:send",
          "1_reason": "none",
          "0": '["$K1"]',
        },
      });
      const text = await answer.text();
      expect(text, exportedName).not.toMatch(/gth_[0-9A-Za-z]{38}/);
      if (slug === theirs.slug) expect(text, exportedName).toMatch(/not_found|not yours|NEXT_REDIRECT|404|"error"/);
    }
  }
  const after = await database()
    .db.select({ version: token.version, name: token.name, revokedAt: token.revokedAt })
    .from(token)
    .where(eq(token.id, tokenId));
  expect(after).toEqual(before);
});
