import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openCluster, runCluster, startTemporaryPostgres } from "./postgres.mjs";
import { isAlive } from "./start/process-info.mjs";

const waiting = { timeout: 25_000, interval: 50 };

describe("a cluster that is kept", () => {
  const project = fileURLToPath(new URL("..", import.meta.url));
  let directory: string;
  let guard: ChildProcess;
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  const serverPid = () => Number(readFileSync(join(cluster.data, "postmaster.pid"), "utf8").split("\n")[0]);

  async function start() {
    cluster = await openCluster({ project, directory });
    guard = runCluster(cluster);
    await once(guard, "message");
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "gatehouse-postgres-"));
    chmodSync(directory, 0o711);
    await start();
  });
  afterAll(async () => {
    guard.kill("SIGTERM");
    await once(guard, "exit");
    if (cluster.base !== directory) rmSync(cluster.base, { recursive: true });
    rmSync(directory, { recursive: true });
  });

  async function query(text: string, url = cluster.url) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    try {
      return await sql.unsafe(text);
    } finally {
      await sql.end();
    }
  }

  it("keeps what was committed when guard and server are killed, and starts on the same data again", async () => {
    await query("create table kept as select 42 as n");
    const server = serverPid();
    guard.kill("SIGKILL");
    await once(guard, "exit");
    process.kill(server, "SIGKILL");
    await start();
    expect(await query("select n from kept")).toEqual([{ n: 42 }]);
  });

  it("ends a server that a killed guard left running before it starts another", async () => {
    const left = serverPid();
    guard.kill("SIGKILL");
    await once(guard, "exit");
    expect(isAlive(left)).toBe(true);
    await start();
    expect(isAlive(left)).toBe(false);
    expect(await query("select 1 as n")).toEqual([{ n: 1 }]);
  });

  it("lets nobody in without the password", async () => {
    const url = new URL(cluster.url);
    url.password = "guessed";
    await expect(query("select 1", url.href)).rejects.toThrow(/password authentication failed/);
  });

  it("does not run as root", async () => {
    const [row] = await query("select pg_read_file('/proc/self/status') as status");
    expect(row?.status).not.toMatch(/^Uid:\t0\t/m);
  });
});

describe("a temporary server", () => {
  it("leaves neither process nor files behind when it is stopped", async () => {
    const server = await startTemporaryPostgres();
    const sql = postgres(server.url, { max: 1 });
    const [row] = await sql`select current_setting('data_directory') as data, pg_backend_pid() as pid`;
    await sql.end();
    await server.stop();
    expect(existsSync(dirname(row?.data))).toBe(false);
    await vi.waitUntil(() => !isAlive(row?.pid), waiting);
  });

  it("is ended and removed when its owner is killed", async () => {
    const code = `
      const { startTemporaryPostgres } = await import(${JSON.stringify(new URL("./postgres.mjs", import.meta.url).href)});
      process.stdout.write((await startTemporaryPostgres()).url);
      setInterval(() => undefined, 1000);`;
    const args = ["--input-type=module", "-e", code];
    const owner = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const [url] = await once(owner.stdout, "data");
    const sql = postgres(String(url), { max: 1 });
    const [row] = await sql`select current_setting('data_directory') as data`;
    await sql.end();
    owner.kill("SIGKILL");
    await vi.waitUntil(() => !existsSync(dirname(row?.data)), waiting);
  });
});
