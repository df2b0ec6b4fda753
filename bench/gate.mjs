/**
 * The gate beside a bare node:http server, in one run, by turns, under the same load: `npm run bench:gate`.
 * The gate is the real one: real Postgres (DATABASE_URL, else an embedded one), journal written, importer counting.
 *
 * Its first figure is what is counted in the database, sustained, beside what is decided.
 *
 *   --tokens 100000  --sustain 60  --rounds 5  --seconds 5  --connections 64  --depth 1 (pipelined requests)  --profile (writes a CPU profile of the gate)
 */
import { fork, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { buildGate, loadSource } from "./build-gate.mjs";
import { seedTokens } from "./seed.mjs";
import { measureSustained, sustainedText } from "./sustained.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    tokens: { type: "string", default: "100000" },
    sustain: { type: "string", default: "60" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "5" },
    connections: { type: "string", default: "64" },
    depth: { type: "string", default: "1" },
    profile: { type: "boolean", default: false },
    port: { type: "string", default: "4390" },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const depth = Number(values.depth);
const gatePort = Number(values.port);
const barePort = gatePort + 1;
const children = [];

const dist = await buildGate("gatehouse-bench");
const { migrate } = await loadSource("db/migrate.ts");
const { mintToken } = await loadSource("core/rules/tokens/token.ts");

const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
const server = process.env.DATABASE_URL
  ? { url: process.env.DATABASE_URL, stop: async () => undefined }
  : await startTemporaryPostgres();
const database = `gatehouse_bench_${process.pid}`;
const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
await admin.unsafe(`create database ${database}`);
const url = new URL(server.url);
url.pathname = `/${database}`;
await migrate(url.href);
const sql = postgres(url.href, { max: 2, onnotice: () => undefined });

try {
  console.log(`Seeding ${values.tokens} tokens …`);
  const tokens = shuffled(await seedTokens(sql, (random) => mintToken("client", random), Number(values.tokens)));

  const gate = await startGate();
  const load = fork(fileURLToPath(new URL("./load.mjs", import.meta.url)));
  children.push(load);
  await ask(load, { tokens });
  const sample = await (
    await fetch(`http://127.0.0.1:${gatePort}/v1/verify`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: tokens[0], method: "POST", path: "/v1/email" }),
    })
  ).text();
  const bare = spawn(process.execPath, [join(project, "bench", "bare.mjs"), String(barePort), String(sample.length)]);
  children.push(bare);
  await until(() => fetch(`http://127.0.0.1:${barePort}/`));

  console.log(
    `Warming up: every token once, then ${rounds} rounds of ${seconds} s each, by turns, ${connections} connections.`,
  );
  for (let sent = 0; sent < tokens.length; )
    sent += (await ask(load, { port: gatePort, connections, seconds: 2 })).done;
  await ask(load, { port: barePort, connections, seconds: 2 });

  await caughtUp();
  const sustained = await measureSustained({
    load: () => ask(load, { port: gatePort, connections, seconds: Number(values.sustain) }),
    read: readCounts,
  });
  console.log(`\n${sustainedText(sustained)}`);
  console.log(`What waited was counted ${(await caughtUp()).toFixed(1)} s later.\n`);

  /** @type {Record<"bare" | "gate", Awaited<ReturnType<typeof measured>>[]>} */
  const results = { bare: [], gate: [] };
  let allowed = 0;
  let gateSeconds = 0;
  let catchUp = 0;
  await caughtUp();
  const busyBefore = await metric("import_busy_seconds_total");
  for (let i = 0; i < rounds; i++) {
    // What the gate left to be counted must not slow the other one down.
    catchUp += await caughtUp();
    results.bare.push(await measured(bare, barePort));
    const figures = await measured(gate, gatePort);
    results.gate.push(figures);
    allowed += figures.allowed;
    gateSeconds += seconds;
  }
  catchUp += await caughtUp();
  const wanted = await decided();
  const busy = (await metric("import_busy_seconds_total")) - busyBefore;
  const memory = await metric("resident_memory_bytes");
  const [counted] = await sql`select sum(requests)::int as requests from usage_minute`;

  print(results);
  const unavailable = results.gate.reduce((sum, one) => sum + one.unavailable, 0);
  const total = results.gate.reduce((sum, one) => sum + one.done, 0);
  console.log(
    `\nJournal on, ${values.tokens} tokens in turn. ${total} decisions, ${allowed} of them allowed; ${unavailable} answers were 503.`,
  );
  const perSecond = Math.round(total / (gateSeconds + catchUp));
  console.log(
    `Importer: ${((busy / (gateSeconds + catchUp)) * 100).toFixed(0)} % of a core in a thread of its own; it rests under load and took ` +
      `${catchUp.toFixed(1)} s after ${gateSeconds} s of load to count the rest (${perSecond} decisions/s all in all).`,
  );
  console.log(
    `Counted in the database: ${counted.requests} of ${wanted} decisions. Memory of the gate: ${Math.round(memory / 1e6)} MB.`,
  );
  gate.kill("SIGTERM");
  await new Promise((resolve) => gate.once("exit", resolve));
} finally {
  for (const child of children) child.kill("SIGKILL");
  await sql.end();
  await admin.unsafe(`drop database if exists ${database} with (force)`);
  await admin.end();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** One round, with the processor time of the thread that answers: that one does not depend on what else the machine does. */
async function measured(child, port) {
  const load = children.find(
    (one) => one.spawnfile === process.execPath && one.spawnargs.some((arg) => arg.endsWith("load.mjs")),
  );
  const before = threadSeconds(child.pid);
  const figures = await ask(load, { port, connections, seconds, depth });
  const after = threadSeconds(child.pid);
  const each = (name) => ((after[name] - before[name]) / figures.done) * 1e6;
  return { ...figures, cpuMicroseconds: each("user") + each("system"), systemMicroseconds: each("system") };
}

/** Processor seconds of a process's main thread, its own and the kernel's for it; NaN where there is no /proc. */
function threadSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { user: Number(fields[11]) / 100, system: Number(fields[12]) / 100 };
  } catch {
    return { user: Number.NaN, system: Number.NaN };
  }
}

/** Waits until every decision is in the database. Returns the seconds it took. */
async function caughtUp() {
  const startedAt = performance.now();
  while ((await metric("imported_records_total")) < (await decided())) await sleep(100);
  return (performance.now() - startedAt) / 1000;
}

async function startGate() {
  const flags = (process.env.GATE_NODE_FLAGS ?? "").split(" ").filter((flag) => flag !== "");
  const profile = values.profile ? ["--cpu-prof", `--cpu-prof-dir=${join(tmpdir(), "gatehouse-profile")}`] : [];
  const child = spawn(process.execPath, [...flags, ...profile, join(dist, "gate.mjs")], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: url.href,
      DATA_DIR: dataDir,
      GATE_PORT: String(gatePort),
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  children.push(child);
  await until(async () => {
    if (!(await fetch(`http://127.0.0.1:${gatePort}/readyz`)).ok) throw new Error("not ready");
  });
  return child;
}

/** Decisions of every code since the gate started: what the database must hold. */
async function decided() {
  return (await readCounts()).decided;
}

async function readCounts() {
  const text = await (await fetch(`http://127.0.0.1:${gatePort}/metrics`)).text();
  const of = (name) => Number(new RegExp(`^gatehouse_gate_${name} (.*)$`, "m").exec(text)?.[1]);
  const codes = [...text.matchAll(/^gatehouse_gate_decisions_total\{.*\} (.*)$/gm)];
  const decided = codes.reduce((sum, [, value]) => sum + Number(value), 0);
  return { decided, counted: of("imported_records_total"), memory: of("resident_memory_bytes") };
}

async function metric(name) {
  const text = await (await fetch(`http://127.0.0.1:${gatePort}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`gatehouse_gate_${name} `));
  return Number(line?.split(" ").at(-1));
}

function ask(child, message) {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("The load generator ended."));
    child.once("exit", ended);
    child.once("message", (answer) => {
      child.off("exit", ended);
      resolve(answer);
    });
    child.send(message);
  });
}

async function until(attempt) {
  for (let i = 0; ; i++) {
    try {
      return await attempt();
    } catch (error) {
      if (i > 200) throw error;
      await sleep(50);
    }
  }
}

function shuffled(list) {
  const random = randomBytes(list.length * 4);
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.readUInt32LE(i * 4) % (i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

function print({ bare, gate }) {
  const row = (name, list) => ({
    server: name,
    "requests/s": Math.round(median(list.map((one) => one.perSecond))),
    "p50 ms": median(list.map((one) => one.p50)),
    "p99 ms": median(list.map((one) => one.p99)),
    "µs of CPU each": Number(median(list.map((one) => one.cpuMicroseconds)).toFixed(1)),
    "of it the kernel's": Number(median(list.map((one) => one.systemMicroseconds)).toFixed(1)),
    "rounds (requests/s)": list.map((one) => Math.round(one.perSecond)).join(" "),
  });
  console.table([row("bare node:http", bare), row("gate", gate)]);
  const told = (name, ratios) =>
    console.log(
      `Ratio gate / bare ${name}: ${median(ratios).toFixed(2)} (rounds: ${ratios.map((one) => one.toFixed(2)).join(" ")})`,
    );
  const per = (of) => gate.map((one, i) => of(one, bare[i]));
  told(
    "by requests/s",
    per((one, other) => one.perSecond / other.perSecond),
  );
  told(
    "by processor time of the thread that answers",
    per((one, other) => other.cpuMicroseconds / one.cpuMicroseconds),
  );
}
