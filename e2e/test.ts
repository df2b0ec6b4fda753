import { test as base, expect } from "@playwright/test";
import { running } from "./running.ts";

export { expect };

type Fixtures = {
  /** Messages of the browser's console that a test expects; every other error fails it. */
  expectedConsoleErrors: RegExp[];
};

/** Every browser test imports `test` from here: it knows the address, and an error in the browser's console fails it. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it must set up from this pattern
  baseURL: async ({}, use) => use(running().webUrl),
  expectedConsoleErrors: [[], { option: true }],
  page: async ({ page, expectedConsoleErrors }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    await use(page);
    const unexpected = errors.filter((text) => !expectedConsoleErrors.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors in the browser's console").toEqual([]);
  },
});
