/**
 * Everything that is measured, in one table: `npm run bench`. Each row is asked the same question under the same load, by turns
 * with the others, so that a busy moment of the machine falls on all of them.
 *
 *   --sizes 1000,100000,1000000 (tokens in turn)  --rounds 5  --seconds 4  --connections 64  --suspensions 50  --port 4400
 *
 * Needs redis-server, nginx and haproxy for their rows; uses an embedded Postgres.
 */
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { optionalParts } from "../scripts/test/optional.mjs";
import { buildGate, loadSource } from "./build-gate.mjs";
import { startHaproxy, startNginx } from "./limiters.mjs";
import {
  cpuSeconds,
  endAll,
  median,
  memoryMb,
  startGate,
  startLoad,
  startRedis,
  startServer,
  until,
} from "./processes.mjs";
import { seedTokens } from "./seed.mjs";
import { measureSuspensions } from "./suspension.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,100000,1000000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    connections: { type: "string", default: "64" },
    suspensions: { type: "string", default: "50" },
    port: { type: "string", default: "4400" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const [rounds, seconds, connections, suspensions] = [
  values.rounds,
  values.seconds,
  values.connections,
  values.suspensions,
].map(Number);
let nextPort = Number(values.port);
const { redis: redisProgram, nginx, haproxy } = optionalParts();
const tokenFile = join(tmpdir(), `gatehouse-bench-tokens-${process.pid}.json`);

const server = await startTemporaryPostgres();
const sql = postgres(server.url, { max: 2, onnotice: () => undefined });
try {
  const dist = await buildGate("gatehouse-bench");
  const { migrate } = await loadSource("db/migrate.ts");
  const { mintToken } = await loadSource("core/rules/tokens/token.ts");
  await migrate(server.url);
  const most = Math.max(...sizes, 100_000);
  console.log(`Seeding ${most} tokens …`);
  const tokens = shuffled(await seedTokens(sql, (random) => mintToken("client", random), most));
  const rows = await startRows(dist, tokens);

  console.log("Warming up: every row sees each of its tokens once …");
  for (const row of rows) {
    await row.load.ask({ tokens: row.tokens, isInHeader: row.name.includes("no metering") });
    if (row.isGate) await warm(row);
    await row.load.ask({ port: row.port, connections, seconds: 2 });
  }
  console.log(
    `${rounds} rounds of ${seconds} s each, by turns, ${connections} connections, ${cpus().length} cores (load, Postgres and Redis on the same).`,
  );
  for (let i = 0; i < rounds; i++) {
    for (const row of rows) {
      await settled(rows);
      const before = cpuSeconds(row.child.pid);
      const figures = await row.load.ask({ port: row.port, connections, seconds });
      const after = cpuSeconds(row.child.pid);
      row.results.push({
        ...figures,
        cpu: ((after.all - before.all) / figures.done) * 1e5,
        main: ((after.main - before.main) / figures.done) * 1e6,
      });
    }
  }
  print(rows);
  await settled(rows);
  await printCounted(rows);
  console.log(`Bytes of heap per cached token, with its share of an account: ${tokenMemory()} (wanted: at most 400).`);
  if (redisProgram) await printSuspensions(dist, rows, tokens);
} finally {
  await endAll();
  await sql.end();
  await server.stop();
  rmSync(tokenFile, { force: true });
}

async function startRows(dist, tokens) {
  /** @type {any[] & { redisUrl?: string }} */
  const rows = [];
  const add = (name, child, port, some, isGate = false) =>
    rows.push({ name, child, port, isGate, tokens: some, load: startLoad(), results: [] });
  const gate = (id, redisUrl) => startGate({ dist, databaseUrl: server.url, redisUrl, id, port: nextPort });
  add("bare node:http", startServer("bare.mjs", [String(nextPort), "1000"]), nextPort++, tokens.slice(0, 1_000));
  for (const size of sizes) {
    const name = `gate, ${size.toLocaleString("en")} tokens`;
    add(name, await gate(`memory-${size}`), nextPort++, tokens.slice(0, size), true);
  }
  const some = tokens.slice(0, 100_000);
  if (redisProgram) {
    const redisPort = nextPort++;
    await startRedis(redisProgram, redisPort);
    const redisUrl = `redis://127.0.0.1:${redisPort}`;
    add("gate counting in Redis, 100,000 tokens", await gate("redis-1", redisUrl), nextPort++, some, true);
    rows.redisUrl = redisUrl;
    const known = some.map((token, i) => [
      createHash("sha256").update(token).digest("hex"),
      { account: `account-${i >> 1}` },
    ]);
    writeFileSync(tokenFile, JSON.stringify(known));
    add(
      "by hand: Express, rate-limiter-flexible on Redis",
      startServer("by-hand-express.mjs", [String(nextPort), redisUrl, tokenFile]),
      nextPort++,
      some,
    );
  }
  add(
    "by hand: node:http, one Postgres upsert",
    startServer("by-hand-postgres.mjs", [String(nextPort), server.url]),
    nextPort++,
    some,
  );
  if (nginx) add("nginx limit_req, no metering", startNginx(nginx, nextPort, 1_000), nextPort++, some);
  if (haproxy) add("HAProxy stick table, no metering", startHaproxy(haproxy, nextPort, 1_000), nextPort++, some);
  for (const row of rows)
    await until(async () => (await fetch(`http://127.0.0.1:${row.port}/`).catch(() => null)) !== null);
  return rows;
}

/** Every token once, a thousand in a call: they are read from the database together. */
async function warm({ port, tokens }) {
  for (let from = 0; from < tokens.length; from += 1_000) {
    const requests = tokens.slice(from, from + 1_000).map((token) => ({ token, method: "POST", path: "/v1/email" }));
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ requests });
    const answer = await fetch(`http://127.0.0.1:${port}/v1/verify/batch`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.arrayBuffer();
  }
}

/** Waits until the gates have counted what they decided, so that no row pays for another. */
async function settled(rows) {
  for (const { port, isGate } of rows) {
    while (isGate && (await metric(port, "imported_records_total")) < (await decided(port))) await sleep(100);
  }
}

async function metricsOf(port) {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

async function metric(port, name) {
  const line = (await metricsOf(port)).split("\n").find((one) => one.startsWith(`gatehouse_gate_${name} `));
  return Number(line?.split(" ").at(-1));
}

async function decided(port) {
  const lines = (await metricsOf(port)).split("\n").filter((one) => one.startsWith("gatehouse_gate_decisions_total{"));
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

function print(rows) {
  const bare = rows[0].results;
  console.table(
    rows.map(({ name, child, results }) => ({
      server: name,
      "requests/s": Math.round(median(results.map((one) => one.perSecond))),
      "of bare": median(results.map((one, i) => one.perSecond / bare[i].perSecond)).toFixed(2),
      "p50 ms": median(results.map((one) => one.p50)),
      "p99 ms": median(results.map((one) => one.p99)),
      "CPU s per 100k": median(results.map((one) => one.cpu)).toFixed(1),
      "µs of its main thread": median(results.map((one) => one.main)).toFixed(1),
      "by CPU of bare": median(results.map((one, i) => bare[i].main / one.main)).toFixed(2),
      MB: Math.round(memoryMb(child.pid)),
    })),
  );
}

async function printCounted(rows) {
  let wanted = 0;
  for (const row of rows) if (row.isGate) wanted += await decided(row.port);
  const [counted] = await sql`select sum(requests)::int as requests from usage_minute`;
  console.log(`Counted in the database: ${counted.requests} of ${wanted} decisions.`);
}

function tokenMemory() {
  const script = fileURLToPath(new URL("./token-memory.mjs", import.meta.url));
  return execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" }).trim();
}

async function printSuspensions(dist, rows, tokens) {
  const first = rows.find((row) => row.name.startsWith("gate counting in Redis"));
  const ports = [first.port];
  for (const id of ["redis-2", "redis-3", "redis-4"]) {
    await startGate({ dist, databaseUrl: server.url, redisUrl: rows.redisUrl, id, port: nextPort });
    ports.push(nextPort++);
  }
  const { p50, p99 } = await measureSuspensions(sql, { ports, secret: tokens[0], times: suspensions });
  console.log(
    `Suspension to the last answer that still let through, 4 gates under load, ${suspensions} times: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (wanted: p99 below 50).`,
  );
}

function shuffled(list) {
  const random = randomBytes(list.length * 4);
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.readUInt32LE(i * 4) % (i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
