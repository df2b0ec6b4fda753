import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeToken, ownAccount } from "./owner.ts";
import { running } from "./running.ts";
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
