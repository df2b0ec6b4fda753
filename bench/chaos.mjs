/**
 * Kills gate and Postgres again and again under load and compares what clients were answered with what the database counted:
 * `npm run bench:chaos`.
 *
 *   --gate-kills 100  --postgres-kills 20  --clients 16  --port 4393
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { readPidFile } from "../scripts/postgres/server-process.mjs";
import { openCluster, runCluster } from "../scripts/postgres.mjs";
import { buildGate, loadSource } from "./build-gate.mjs";
import { seedTokens } from "./seed.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));

/**
 * @param {{ gateKills: number, postgresKills: number, clients: number, port: number, say?: (line: string) => void }} options
 * @returns what was asked, what was answered by code, and the same by table of the database
 */
export async function runChaos({ gateKills, postgresKills, clients, port, say = () => undefined }) {
  const script = join(await buildGate("gatehouse-chaos-postgres"), "gate.mjs");
  const { migrate } = await loadSource("db/migrate.ts");
  const { mintToken } = await loadSource("core/rules/tokens/token.ts");
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-chaos-"));
  chmodSync(folder, 0o711);
  // Not a temporary cluster: one that loses commits when it is killed would prove nothing.
  const cluster = await openCluster({ project, directory: join(folder, "postgres") });
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let server = await startPostgres(cluster);
  /** @type {{ child: import("node:child_process").ChildProcess } | undefined} */
  let gate;
  let isOver = false;
  try {
    await migrate(cluster.url);
    const sql = postgres(cluster.url, { max: 1, onnotice: () => undefined });
    const secrets = await seedTokens(sql, (random) => mintToken("client", random), 50);
    // One account can be over its limits, so that refusals are counted too.
    await sql`update plan set quota_per_day = 100000000`;
    await sql`with p as (insert into plan (name, quota_per_day) values ('Small', 100) returning id)
      update account set plan_id = p.id from p where account.id = (select account_id from token order by id limit 1)`;
    await sql.end();
    const tokens = [...secrets, "unknown-token-0123456789"];

    gate = await startGate(script, cluster.url, folder, port);
    const answered = new Map();
    let cutOff = 0;
    const load = Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; !isOver; n++) {
        const id = `${client}-${n}`;
        const call = {
          token: tokens[(client * 7 + n) % tokens.length],
          method: "POST",
          path: "/v1/email",
          request_id: id,
        };
        // A client repeats what was not answered until it is.
        for (;;) {
          const code = await ask(agent, port, call);
          if (code !== null) {
            answered.set(id, code);
            break;
          }
          cutOff++;
          await sleep(5);
        }
      }
    });

    const postgresTurns = new Set(
      Array.from({ length: postgresKills }, (_, i) => Math.floor(((i + 0.5) * gateKills) / postgresKills)),
    );
    for (let turn = 0; turn < Math.max(gateKills, postgresKills); turn++) {
      await sleep(50 + Math.random() * 400);
      const isPostgresToo = postgresTurns.has(turn) || turn >= gateKills;
      if (isPostgresToo) {
        const postmaster = readPidFile(cluster.data);
        if (postmaster === null) throw new Error("Postgres is not running.");
        process.kill(postmaster.pid, "SIGKILL");
        await server.ended;
        await sleep(Math.random() * 300);
      }
      // Half of the times both are down together.
      if (isPostgresToo && turn % 2 === 0) server = await startPostgres(cluster);
      if (turn < gateKills) {
        await endGate(gate, "SIGKILL");
        gate = await startGate(script, cluster.url, folder, port, false);
      }
      if (isPostgresToo && turn % 2 === 1) server = await startPostgres(cluster);
      await ready(gate.child, port);
      say(
        `${turn + 1} of ${gateKills} gates and ${[...postgresTurns].filter((one) => one <= turn).length} of ${postgresKills} Postgres killed, ${answered.size} answered`,
      );
    }
    await sleep(500);
    isOver = true;
    await Promise.all(load);
    await endGate(gate, "SIGTERM");
    const counted = await countedIn(cluster.url);
    const byCode = {};
    for (const code of answered.values()) byCode[code] = (byCode[code] ?? 0) + 1;
    return { answered: answered.size, cutOff, byCode, ...counted };
  } finally {
    isOver = true;
    agent.destroy();
    if (gate?.child.exitCode === null) gate.child.kill("SIGKILL");
    server.child.kill("SIGTERM");
    await server.ended;
    rmSync(folder, { recursive: true, force: true });
    if (!cluster.base.startsWith(folder)) rmSync(cluster.base, { recursive: true, force: true });
  }
}

async function startPostgres(cluster) {
  const child = runCluster(cluster);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await Promise.race([once(child, "message"), ended.then(() => Promise.reject(new Error("Postgres did not start.")))]);
  return { child, ended };
}

async function startGate(script, databaseUrl, folder, port, waits = true) {
  const child = spawn(process.execPath, ["--enable-source-maps", script], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      GATE_PORT: String(port),
      LOG_LEVEL: "fatal",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (waits) await ready(child, port);
  return { child };
}

/** Throws when it has ended by itself: what is killed is a gate that lives. */
async function endGate({ child }, signal) {
  if (child.exitCode !== null) throw new Error(`The gate ended with ${child.exitCode} by itself.`);
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

async function ready(child, port) {
  for (let i = 0; i < 1_200; i++) {
    if (child.exitCode !== null) throw new Error(`The gate ended with ${child.exitCode}.`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(25);
  }
  throw new Error("The gate did not become ready within 30 s.");
}

/** The code of the decision, or null: not answered, or answered with 503. */
function ask(agent, port, call) {
  return new Promise((resolve) => {
    const body = JSON.stringify(call);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const outgoing = request(
      { agent, port, host: "127.0.0.1", path: "/v1/verify", method: "POST", headers },
      (answer) => {
        let text = "";
        answer.on("data", (piece) => {
          text += piece;
        });
        answer.on("end", () => resolve(answer.statusCode === 200 ? JSON.parse(text).code : null));
        answer.on("error", () => resolve(null));
      },
    );
    outgoing.on("error", () => resolve(null));
    outgoing.setTimeout(10_000, () => outgoing.destroy());
    outgoing.end(body);
  });
}

async function countedIn(url) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const tables = {};
  for (const table of ["usage_minute", "usage_hour", "usage_day"]) {
    const rows = await sql`select outcome, sum(requests)::int as requests from ${sql(table)} group by outcome`;
    tables[table] = Object.fromEntries(rows.map((row) => [row.outcome, row.requests]));
  }
  const [second] =
    await sql`select sum(allowed + refused)::int as requests from (select account_id from usage_day group by 1) a, usage_seconds(a.account_id, '-infinity', 'infinity')`;
  const [over] = await sql`select max(spent)::int as spent from (
    select sum(u.spent) as spent from usage_day u join account a on a.id = u.account_id join plan p on p.id = a.plan_id
    where p.quota_per_day = 100 group by u.account_id) as s`;
  await sql.end();
  return { tables, seconds: second.requests, spentOf100: over.spent };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      "gate-kills": { type: "string", default: "100" },
      "postgres-kills": { type: "string", default: "20" },
      clients: { type: "string", default: "16" },
      port: { type: "string", default: "4393" },
    },
  });
  const result = await runChaos({
    gateKills: Number(values["gate-kills"]),
    postgresKills: Number(values["postgres-kills"]),
    clients: Number(values.clients),
    port: Number(values.port),
    say: (line) => process.stdout.write(process.stdout.isTTY ? `\r${line}   ` : `${line}\n`),
  });
  console.log(
    `\nAnswered to clients: ${JSON.stringify(result.byCode)} (${result.answered}; ${result.cutOff} attempts got no answer and were repeated)`,
  );
  for (const [table, counts] of Object.entries(result.tables)) console.log(`${table}: ${JSON.stringify(counts)}`);
  const same = (a, b) => Object.keys({ ...a, ...b }).every((key) => a[key] === b[key]);
  const isExact =
    Object.values(result.tables).every((counts) => same(counts, result.byCode)) && result.seconds === result.answered;
  console.log(`Spent of a quota of 100: ${result.spentOf100}.`);
  console.log(isExact ? "Exact: nothing answered is missing, nothing is counted twice." : "NOT EXACT.");
  process.exit(isExact && result.spentOf100 <= 100 ? 0 : 1);
}
