import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logger } from "../../runtime/log.ts";
import type { GateConfig } from "../start/gate-config.ts";
import { type RunningGate, startGate } from "../start/start-gate.ts";

/** What `POST /v1/verify` answers, as far as tests look at it. */
export type VerifyAnswer = {
  allowed: boolean;
  code: string;
  status: number;
  account: string | null;
  account_external_id: string | null;
  token: string | null;
  scopes: string[];
  endpoint: string | null;
  limits: { name: string; kind: string; limit: number; remaining: number; reset_s: number }[];
  retry_after_s: number | null;
  headers: Record<string, string>;
  receipt: string | null;
  policy_version: number | null;
  problem?: Record<string, unknown>;
};

export type TestGate = RunningGate & {
  dataDir: string;
  url: string;
  verify: (body: Record<string, unknown>) => Promise<VerifyAnswer>;
  /** Stops it and removes its journal. */
  remove: () => Promise<void>;
};

/** A gate inside the test's own process, ready. Nothing is counted into the database before it stops, unless a test imports. */
export async function testGate(databaseUrl: string, change: Partial<GateConfig> = {}): Promise<TestGate> {
  const dataDir = change.dataDir ?? mkdtempSync(join(tmpdir(), "gatehouse-gate-"));
  const running = await startGate({
    databaseUrl,
    redisUrl: null,
    dataDir,
    gateId: "gate-1",
    host: "127.0.0.1",
    port: 0,
    policyPort: null,
    publicUrl: "https://access.example.com",
    maxStaleSeconds: 30,
    fail: "closed",
    isSynced: false,
    trustedProxies: "",
    importerScript: null,
    log: logger("gate"),
    ...change,
  });
  const remove = async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  await running.ready.catch(async (error: unknown) => {
    await (change.dataDir === undefined ? remove() : running.stop());
    throw error;
  });
  const url = `http://127.0.0.1:${running.port}`;
  return {
    ...running,
    dataDir,
    url,
    verify: async (body) => {
      const response = await post(`${url}/v1/verify`, JSON.stringify(body));
      if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
      return JSON.parse(response.text);
    },
    remove,
  };
}

/** The built gate as a process of its own, which says only what it dies of. Not ready yet when this returns. */
export function spawnGate(
  script: string,
  gate: { databaseUrl: string; dataDir: string; port: number; policyPort?: number; host?: string },
): ChildProcess {
  return spawn(process.execPath, ["--enable-source-maps", script], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: gate.databaseUrl,
      DATA_DIR: gate.dataDir,
      GATE_PORT: String(gate.port),
      ...(gate.host === undefined ? {} : { GATE_HOST: gate.host }),
      ...(gate.policyPort === undefined ? {} : { GATE_POLICY_PORT: String(gate.policyPort) }),
      LOG_LEVEL: "fatal",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
}

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/** One request over kept connections: `fetch` would cost many times what the gate does. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Answer> {
  const { method = "GET", headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(url, { agent, method, headers: { ...headers, ...length } }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export function post(url: string, body: string | Uint8Array, contentType = "application/json"): Promise<Answer> {
  return send(url, { method: "POST", headers: { "content-type": contentType }, body });
}

export type BreakableWay = {
  url: string;
  cut: () => void;
  mend: () => void;
  /** What is sent to the database and contains this text is lost from now on; null = nothing is. */
  lose: (text: string | null) => void;
  close: () => void;
};

/** A way to a Postgres that can be cut and mended, so that a test can take the database away or let a query hang. */
export async function breakableWay(databaseUrl: string): Promise<BreakableWay> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let lost: string | null = null;
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = dial(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.on("data", (bytes) => (lost !== null && bytes.includes(lost) ? undefined : far.write(bytes)));
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" && address !== null ? address.port : 0);
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: () => {
      isCut = false;
    },
    lose: (text) => {
      lost = text;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}

/** Waits until `check` gives something, asking often. Fails with `what` after ten seconds. */
export async function eventually<T>(what: string, check: () => Promise<T | null | undefined | false>): Promise<T> {
  const endsAt = Date.now() + 10_000;
  for (;;) {
    const found = await check();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > endsAt) throw new Error(`It did not happen within 10 s: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
