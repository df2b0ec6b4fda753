import { expect, it } from "vitest";
import { runChaos } from "../../../bench/chaos.mjs";
import { freePort } from "../testing/testing-redis.ts";

/** The short version of `npm run bench:chaos`. */
it("loses no answered request and counts none twice when gate and Postgres are killed under load", async () => {
  const result = await runChaos({ gateKills: 3, postgresKills: 2, clients: 8, port: await freePort() });
  expect(result.answered).toBeGreaterThan(50);
  for (const counts of Object.values(result.tables)) expect(counts).toEqual(result.byCode);
  expect(result.seconds).toBe(result.answered);
  expect(result.spentOf100).toBeLessThanOrEqual(100);
}, 120_000);
