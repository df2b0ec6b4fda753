import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "e2e/**", ".next/**", ".data/**", "dist/**"],
    // What a test expects to fail would fill the report with its log lines.
    env: { LOG_LEVEL: "silent" },
    globalSetup: ["./db/testing-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
