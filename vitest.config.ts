import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const ignored = ["node_modules/**", "e2e/**", ".next/**", ".data/**", "dist/**"];
const database = ["**/*.db.test.ts"];
/** Tests of minutes: they kill processes, send traffic for a while or start programs of others. */
const slow = ["**/*.slow.test.ts"];

/** One process runs many files; each file gets modules of its own all the same, so that no file sees what another one left. */
const sharedProcess = { isolate: false, setupFiles: ["./scripts/test/fresh-modules.ts"] };

export default defineConfig({
  test: {
    // What a test expects to fail would fill the report with its log lines.
    // Staff of the tests have no authenticator app; those of the second step set its default themselves.
    // Tests raise hundreds of flags within an hour; the one of the caps sets its own.
    env: {
      LOG_LEVEL: "silent",
      STAFF_SECOND_STEP: "offered",
      DETECTOR_FLAGS_PER_HOUR: "100000",
      DETECTOR_FLAGS_PER_DAY: "100000",
      AUTH_SECRET: "a secret of the tests, and of nothing else",
    },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // They wait for Postgres a third of their time, so one worker more than half the cores keeps a small machine busy.
    maxWorkers: Math.max(2, Math.ceil(availableParallelism() / 2)),
    projects: [
      {
        extends: true,
        test: {
          ...sharedProcess,
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...ignored, ...database, ...slow],
        },
      },
      {
        extends: true,
        // Those that use `testDatabase()`: they get a real Postgres.
        test: {
          ...sharedProcess,
          name: "db",
          include: database,
          exclude: ignored,
          globalSetup: ["./db/testing-setup.ts"],
        },
      },
      {
        extends: true,
        test: { name: "slow", include: slow, exclude: ignored, globalSetup: ["./db/testing-setup.ts"] },
      },
    ],
  },
});
