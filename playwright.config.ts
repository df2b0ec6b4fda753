import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/browser.ts";

const { executablePath, env } = await findBrowser();
const launchEnv = { ...process.env, ...env };

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/server.ts",
  outputDir: "test-results",
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    ...devices["Desktop Chrome"],
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      env: Object.fromEntries(
        Object.entries(launchEnv).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    },
  },
});
