import { defineConfig } from "vitest/config";

const ignored = ["node_modules/**", "e2e/**", ".next/**", ".data/**", "dist/**"];

export default defineConfig({
  test: {
    // What a test expects to fail would fill the report with its log lines.
    env: { LOG_LEVEL: "silent", AUTH_SECRET: "a secret of the tests, and of nothing else" },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["**/*.test.ts"], exclude: [...ignored, "**/*.db.test.ts"] },
      },
      {
        extends: true,
        // Those that use `testDatabase()`: they get a real Postgres.
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: ignored,
          globalSetup: ["./db/testing-setup.ts"],
        },
      },
    ],
  },
});
