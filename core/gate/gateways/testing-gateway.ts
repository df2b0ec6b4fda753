import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { createServer as createTcpServer, connect as dial, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { hashToken } from "../state/hash-token.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { type Answer, send, type TestGate, testGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";
import { blockOf } from "./testing-pages.ts";

/** What stands on the pages of docs/gateways in place of the real thing. */
export const pageKey = "gthg_the-gateway-credential";

/** A block of a language on a page of docs/gateways, the first unless told: what is published is what is run. */
export function pageBlock(page: string, language: string, position = 0): string {
  return blockOf(`docs/gateways/${page}.md`, language, position);
}

type Ports = { gateway: number; way: number; api: number };

export type Seen = { method: string; target: string; headers: IncomingHttpHeaders; body: string };

/** A gate that wants a credential, an API behind, a way to the gate that can lose answers, and a gateway in front of both. */
export class GatewayDesk {
  readonly seen: Seen[] = [];
  readonly folder: string;
  readonly database: TestDatabase;
  readonly gate: TestGate;
  /** Where the gateway listens. */
  readonly url: string;
  readonly port: number;
  /** Of the way to the gate. */
  readonly gatePort: number;
  readonly apiPort: number;
  /** So many answers of the gate do not arrive: the connection closes instead. */
  loseAnswers = 0;
  readonly #plan: number;
  readonly #servers: { close: () => unknown }[] = [];
  #gateway: ChildProcess | null = null;

  static async open(): Promise<GatewayDesk> {
    const database = await testDatabase();
    const { sql } = database;
    const plan = await seedPlan(sql, 1000);
    await seedEndpoint(sql, { name: "email", method: "POST", path: "/v1/email", scope: "email:send", rateLimit: 2 });
    await seedEndpoint(sql, { name: "too-dear", method: "POST", path: "/v1/too-dear", rateLimit: 2, cost: 3 });
    await seedEndpoint(sql, { name: "domain", method: "GET", path: "/v1/domains/{id}" });
    await sql`insert into gateway_credential (name, hash, preview) values ('edge', ${hashToken(pageKey)}, 'gthg_…')`;
    const gate = await testGate(database.url);
    const ports = { gateway: await freePort(), way: await freePort(), api: await freePort() };
    const desk = new GatewayDesk(database, gate, plan, ports);
    await desk.#listen();
    return desk;
  }

  constructor(database: TestDatabase, gate: TestGate, plan: number, ports: Ports) {
    this.database = database;
    this.gate = gate;
    this.#plan = plan;
    this.port = ports.gateway;
    this.gatePort = ports.way;
    this.apiPort = ports.api;
    this.url = `http://127.0.0.1:${ports.gateway}`;
    this.folder = mkdtempSync(join(tmpdir(), "gatehouse-gateway-"));
    // Some of them give up root before they read their files.
    chmodSync(this.folder, 0o755);
  }

  async #listen(): Promise<void> {
    const api = this.#api().listen(this.apiPort, "127.0.0.1");
    const way = createTcpServer((near) => this.#carry(near)).listen(this.gatePort, "127.0.0.1");
    await Promise.all([once(api, "listening"), once(way, "listening")]);
    this.#servers.push(api, way);
  }

  /** Starts the gateway and waits until it answers. */
  async start(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
    const gateway = spawn(program, [...args], { stdio: "ignore", env: { ...process.env, HOME: this.folder, ...env } });
    this.#gateway = gateway;
    for (let i = 0; i < 100; i++) {
      const answers = await send(this.url).catch(() => null);
      if (answers) return;
      if (gateway.exitCode !== null) throw new Error(`The gateway ended with ${gateway.exitCode}.`);
      await sleep(50);
    }
    throw new Error("The gateway does not answer.");
  }

  async client(change: Parameters<typeof seedToken>[2] = {}) {
    const account = await seedAccount(this.database.sql, this.#plan);
    return { account, ...(await seedToken(this.database.sql, account, { scopes: ["email:send"], ...change })) };
  }

  call(token: string | null, method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return send(`${this.url}${path}`, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(method === "POST" ? { body: "hello" } : {}),
    });
  }

  async close(): Promise<void> {
    const gateway = this.#gateway;
    if (gateway && gateway.exitCode === null) {
      const ended = once(gateway, "exit");
      gateway.kill("SIGTERM");
      const timer = setTimeout(() => gateway.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(timer);
    }
    for (const server of this.#servers) server.close();
    await this.gate.remove();
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #api(): Server {
    return createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const target = request.url ?? "";
        this.seen.push({ method: request.method ?? "", headers: request.headers, target, body });
        response.writeHead(target.endsWith("/hidden") ? 403 : 200).end("from the API");
      });
    });
  }

  #carry(near: Socket): void {
    const far = dial(this.gate.port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
    near.pipe(far);
    far.on("data", (chunk) => {
      if (this.loseAnswers > 0) {
        this.loseAnswers--;
        near.destroy();
      } else near.write(chunk);
    });
  }
}
