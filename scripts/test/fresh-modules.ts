import { afterAll, vi } from "vitest";

/**
 * Runs before each test file of a process that has run others: their modules are loaded again, with their caches and counters
 * empty, and what they set in the environment is taken back. Packages stay loaded, which is what saves the time.
 */
vi.resetModules();
afterAll(() => {
  vi.unstubAllEnvs();
});
