import type { BrowserContext, Page, Request } from "@playwright/test";
import { expect } from "./test.ts";

/** Pages whose scripts have not come yet, and what must not be found in them. */

/** Lets no script file reach a browser; what stands in the page itself still runs. */
export async function refuseScripts(context: BrowserContext): Promise<void> {
  await context.route("**/_next/static/**", (route) =>
    route.request().resourceType() === "script" ? route.abort() : route.continue(),
  );
}

/** Keeps the addresses that a page asks for from now on, to look through them later. */
export function watchAddresses(page: Page): { expectWithout: (secrets: readonly string[]) => Promise<void> } {
  const addresses: string[] = [];
  const add = (request: Request) => addresses.push(request.url());
  page.on("request", add);
  return {
    /** In no address, no entry of the browser's history and no hidden field of the page as it is now. */
    expectWithout: async (secrets) => {
      const session = await page.context().newCDPSession(page);
      const { entries } = await session.send("Page.getNavigationHistory");
      const hidden = await page
        .locator("input[type=hidden], input[hidden]")
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
      const places = { addresses, history: entries.map(({ url }) => url), hidden };
      expect(addresses.length).toBeGreaterThan(0);
      for (const secret of secrets) {
        for (const [place, texts] of Object.entries(places)) {
          const found = texts.filter((text) => text.includes(secret) || decodeURIComponent(text).includes(secret));
          expect(found, place).toEqual([]);
        }
      }
    },
  };
}
