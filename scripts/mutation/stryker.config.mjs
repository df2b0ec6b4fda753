/** How Stryker changes the rules. Which of them is said by scripts/test-mutation.mjs. */
export default {
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutation/vitest.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  reporters: ["clear-text", "progress"],
  coverageAnalysis: "perTest",
  tempDirName: ".data/stryker",
  // TypeScript 7 has no API to rewrite this file with, and no test reads it.
  tsconfigFile: "none",
  ignorePatterns: [".next", ".data", "dist", "e2e", "public"],
};
