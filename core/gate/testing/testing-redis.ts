import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@redis/client";
import { optionalParts } from "../../../scripts/test/optional.mjs";

const { redis } = optionalParts();
/** The program, or null: tests that stop the server need one of their own. */
export const redisProgram = redis !== null && !/^rediss?:/.test(redis) ? redis : null;

export type TestRedis = {
  url: string;
  start: () => Promise<void>;
  kill: (signal: NodeJS.Signals) => Promise<void>;
  close: () => Promise<void>;
};

/** A Redis of the test's own, on a free port. What it held is gone when it is killed, unless `isKept`. */
export async function testRedis(options: { isKept?: boolean; args?: string[] } = {}): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const kept = options.isKept
    ? ["--appendonly", "yes", "--appendfsync", "always"]
    : ["--save", "", "--appendonly", "no"];
  let child: ChildProcess | null = null;
  const start = async () => {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, ...kept, ...(options.args ?? [])];
    child = spawn(redisProgram ?? "redis-server", args, { stdio: "ignore" });
    const client = createClient({ url, socket: { reconnectStrategy: 50 } });
    client.on("error", () => undefined);
    await client.connect();
    for (let i = 0; i < 100 && (await client.ping().catch(() => "")) !== "PONG"; i++) await sleep(50);
    client.destroy();
  };
  const kill = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const ended = once(ending, "exit");
    ending.kill(signal);
    await ended;
  };
  const close = async () => {
    await kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  await start();
  return { url, start, kill, close };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
