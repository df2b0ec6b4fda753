import { availableParallelism } from "node:os";
import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/browser.ts";

const { executablePath, env } = await findBrowser();
const launchEnv = { ...process.env, ...env };

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/server.ts",
  outputDir: "test-results",
  // Tests wait for the worker's clock about a third of their time.
  workers: Math.max(2, Math.ceil(availableParallelism() / 2)),
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    ...devices["Desktop Chrome"],
    // The pages of a failed test, step by step. Pictures besides would take a fifth of the whole run's processor time.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: true, sources: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      env: Object.fromEntries(
        Object.entries(launchEnv).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    },
  },
});
