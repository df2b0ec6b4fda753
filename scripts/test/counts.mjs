import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} file what Vitest's JSON reporter wrote
 * @returns {Counts} a file that could not be loaded counts as one failed test
 */
export function vitestCounts(file) {
  /** @type {import("vitest/reporters").JsonTestResults} */
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = readJson(file);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/**
 * @param {string} file what Playwright's JSON reporter wrote
 * @returns {Counts} a flaky test counts as failed; so do errors outside tests
 */
export function playwrightCounts(file) {
  const { stats, errors } = readJson(file);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
