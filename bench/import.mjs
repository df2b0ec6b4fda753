/**
 * Imports many tokens by the command line, kills it midway and runs it again, then compares how fast a gate looks up tokens it has
 * not seen with one whose database has only a few, by turns: `npm run bench:import`.
 *
 *   --rows 1000000  --accounts 1000  --lookups 2000  --port 4398
 */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { buildGate, buildParts, loadSource } from "./build-gate.mjs";
import { end, endAll, startGate } from "./processes.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    accounts: { type: "string", default: "1000" },
    lookups: { type: "string", default: "2000" },
    port: { type: "string", default: "4398" },
  },
});
const [rows, accounts, lookups, port] = [values.rows, values.accounts, values.lookups, values.port].map(Number);

const server = await startTemporaryPostgres();
const sql = postgres(server.url, { max: 2, onnotice: () => undefined });
const folder = mkdtempSync(join(tmpdir(), "gatehouse-import-"));
try {
  const dist = await buildGate("gatehouse-bench");
  const cli = join(await buildParts("gatehouse-import", { cli: "scripts/cli/main.ts" }), "cli.mjs");
  const { migrate } = await loadSource("db/migrate.ts");
  const { mintToken } = await loadSource("core/rules/tokens/token.ts");
  await migrate(server.url);
  const [plan] = await sql`insert into plan (name, quota_per_day) values ('Bench', 10000000) returning id`;
  await sql`insert into account (name, slug, plan_id) select 'Account ' || n, 'account-' || n, ${plan.id}
    from generate_series(0, ${accounts - 1}) as n`;
  await sql`insert into endpoint (name, surface, method, path) values ('everything', 'http', '*', '/**')`;

  console.log(`Writing ${rows} rows …`);
  const few = await writeRows(join(folder, "few.csv"), lookups, mintToken);
  const many = await writeRows(join(folder, "many.csv"), rows, mintToken);
  await importAll(cli, join(folder, "few.csv"));
  const small = new URL(server.url);
  small.pathname = "/few";
  await sql.unsafe(`create database few template ${new URL(server.url).pathname.slice(1)}`);

  const startedAt = performance.now();
  const first = startImport(cli, join(folder, "many.csv"));
  while ((await countTokens()) < rows / 2) await sleep(200);
  first.kill("SIGKILL");
  await once(first, "exit");
  const atKill = await countTokens();
  const seconds = (performance.now() - startedAt) / 1000;
  await importAll(cli, join(folder, "many.csv"));
  const all = (performance.now() - startedAt) / 1000;
  const [counted] = await sql`select count(*)::int as tokens, count(distinct s.hash)::int as hashes
    from token t join token_secret s on s.token_id = t.id`;
  await sql`analyze`;
  const gates = [
    { url: small.href, secrets: few, took: [] },
    { url: server.url, secrets: many, took: [] },
  ];
  await lookUp(dist, gates);

  console.log(
    `Killed after ${seconds.toFixed(0)} s with ${atKill} tokens; run again, done after ${all.toFixed(0)} s (${Math.round(rows / all)} rows/s).`,
  );
  console.log(`In the database: ${counted.tokens} tokens, ${counted.hashes} hashes; wanted ${rows + lookups}.`);
  console.table([
    { lookups: `of ${lookups} tokens`, ...figures(gates[0].took) },
    { lookups: `of ${lookups} among ${counted.tokens} tokens`, ...figures(gates[1].took) },
  ]);
  if (counted.tokens !== rows + lookups || counted.hashes !== rows + lookups) process.exitCode = 1;
} finally {
  await endAll();
  await sql.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Returns the first secrets of the file. */
async function writeRows(path, count, mintToken) {
  const out = createWriteStream(path);
  const kept = [];
  out.write("account,name,sha256\n");
  for (let n = 0; n < count; n++) {
    const secret = mintToken("client", randomBytes);
    if (kept.length < lookups) kept.push(secret);
    const line = `account-${n % accounts},token-${n},${createHash("sha256").update(secret).digest("hex")}\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  return kept;
}

function startImport(cli, file) {
  const env = { ...process.env, DATABASE_URL: server.url, NODE_ENV: /** @type {const} */ ("production") };
  return spawn(process.execPath, [cli, "import-tokens", file, "--json"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function importAll(cli, file) {
  const child = startImport(cli, file);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`The import ended with code ${code}.`);
}

async function countTokens() {
  const [row] = await sql`select count(*)::int as n from token`;
  return row.n;
}

/** Gates that know nothing yet look up each token once, by turns, one after the other: milliseconds each. */
async function lookUp(dist, gates) {
  const children = [];
  for (const [i, { url }] of gates.entries()) {
    children.push(await startGate({ dist, databaseUrl: url, id: `gate-${i}`, port: port + i }));
  }
  for (let n = 0; n < lookups; n++) {
    for (const [i, { secrets, took }] of gates.entries()) {
      const startedAt = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port + i}/v1/verify`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token: secrets[n], method: "GET", path: "/v1/things" }),
      });
      const { code } = await answer.json();
      took.push(performance.now() - startedAt);
      if (code !== "allowed") throw new Error(`A token that was imported was answered ${code}.`);
    }
  }
  for (const child of children) await end(child);
}

function figures(took) {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share) => Number(sorted[Math.floor(sorted.length * share)].toFixed(2));
  return { "p50 ms": at(0.5), "p99 ms": at(0.99) };
}
