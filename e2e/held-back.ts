import { readFileSync } from "node:fs";
import type { BrowserContext, Page, Request } from "@playwright/test";
import { eq } from "drizzle-orm";
import { hashPassword } from "#core/auth/password.ts";
import { user } from "#db/schema/auth.ts";
import { type Owned, ownAccount } from "./owner.ts";
import { logFile, running } from "./running.ts";
import { database } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** Pages whose scripts have not come yet, and what must not be found in them. */

/** Lets no script file reach a browser; what stands in the page itself still runs. */
async function refuseScripts(context: BrowserContext): Promise<void> {
  await context.route("**/_next/static/**", (route) =>
    route.request().resourceType() === "script" ? route.abort() : route.continue(),
  );
}

/** Keeps every script file from a browser until `release` is called; what stands in the page itself still runs. */
export async function holdScripts(context: BrowserContext): Promise<{ release: () => void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route("**/_next/static/**", async (route) => {
    if (route.request().resourceType() === "script") await released;
    await route.continue().catch(() => undefined);
  });
  return { release };
}

/** Keeps the addresses that a page asks for from now on, to look through them later. */
export function watchAddresses(page: Page): { expectWithout: (secrets: readonly string[]) => Promise<void> } {
  const addresses: string[] = [];
  const add = (request: Request) => addresses.push(request.url());
  page.on("request", add);
  return {
    /** In no address, no entry of the browser's history, no line that Gatehouse printed and no hidden field of the page as it is now. */
    expectWithout: async (secrets) => {
      const session = await page.context().newCDPSession(page);
      const { entries } = await session.send("Page.getNavigationHistory");
      const hidden = await page
        .locator("input[type=hidden], input[hidden]")
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
      const log = readFileSync(logFile(running().dataDir), "utf8");
      const places = { addresses, history: entries.map(({ url }) => url), hidden, log: [log] };
      expect(addresses.length).toBeGreaterThan(0);
      expect(log.length).toBeGreaterThan(0);
      for (const secret of secrets) {
        for (const [place, texts] of Object.entries(places)) {
          const encoded = [secret, encodeURIComponent(secret), new URLSearchParams({ secret }).toString().slice(7)];
          const found = texts.filter((text) => encoded.some((one) => text.includes(one)));
          expect(found, place).toEqual([]);
        }
      }
    },
  };
}

/** Holds the tests for a page whose scripts have not come, and once more for a browser that runs none. */
export function withoutScript(tests: () => void): void {
  for (const way of ["before its scripts have come", "with script switched off"] as const) {
    test.describe(`a page ${way}`, () => {
      test.use({ javaScriptEnabled: way !== "with script switched off", expectedConsoleErrors: [/ERR_FAILED/] });
      test.beforeEach(async ({ context }) => {
        if (way === "before its scripts have come") await refuseScripts(context);
      });
      tests();
    });
  }
}

export const password = "correct horse battery";

export async function personWithPassword(context: BrowserContext, name: string): Promise<Owned> {
  const owned = await ownAccount(context, name);
  const passwordHash = await hashPassword(password);
  await database().db.update(user).set({ passwordHash }).where(eq(user.id, owned.owner.userId));
  return owned;
}
