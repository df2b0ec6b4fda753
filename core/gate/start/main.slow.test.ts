import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildGate } from "../../../bench/build-gate.mjs";
import { spawnGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-main-"));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

it("ends with 1 where other machines reach it and it does not know where the web app is", async () => {
  const script = join(await buildGate("gatehouse-main"), "gate.mjs");
  const gate = spawnGate(script, {
    databaseUrl: "postgres://nobody@127.0.0.1:9/none",
    dataDir,
    port: await freePort(),
    host: "0.0.0.0",
  });
  const timer = setTimeout(() => gate.kill("SIGKILL"), 20_000);
  const code = await new Promise((resolve) => gate.once("exit", resolve));
  clearTimeout(timer);
  expect(code).toBe(1);
}, 60_000);
