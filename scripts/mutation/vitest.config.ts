import { defineConfig } from "vitest/config";

/** The tests of the rules and nothing else, so that no database starts. */
export default defineConfig({
  test: { root: process.cwd(), include: ["core/rules/**/*.test.ts"], exclude: ["**/*.db.test.ts"] },
});
