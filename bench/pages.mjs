/**
 * The server's time for every page of an account, with a history of 90 days behind it: `npm run bench:pages`. A whole Gatehouse of
 * its own on an embedded Postgres (or DATABASE_URL, an empty database); run `npm run build` first.
 *
 *   --accounts 1000  --days 90  --rounds 30
 *   --data <folder>: keeps the database there, and takes what is there already instead of writing it again
 *   --only <text>: only pages with it in their address
 *   --most 100 (ms) and --most-script 180 (kB, gzipped): exit code 1 when a page is above them
 */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { encode } from "next-auth/jwt";
import postgres from "postgres";
import { freePort } from "../scripts/start/ports.mjs";
import { addOwner, seedHistory } from "./pages/history.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "1000" },
    days: { type: "string", default: "90" },
    rounds: { type: "string", default: "30" },
    data: { type: "string" },
    only: { type: "string", default: "" },
    most: { type: "string", default: "100" },
    "most-script": { type: "string", default: "180" },
  },
});
const rounds = Number(values.rounds);
/** Of each script once: most pages share theirs. */
const sizes = new Map();
const pages = [
  "",
  "?range=24h",
  "/tokens",
  "/tokens/[token]",
  "/usage?range=24h",
  "/usage?range=90d&groupBy=token&compare=1",
  "/usage?range=13m",
  "/limits",
  "/refusals",
  "/standing",
  "/alerts",
  "/integrations",
  "/members",
  "/audit",
  "/settings",
];

const dataDir = values.data ? resolvePath(values.data) : mkdtempSync(join(tmpdir(), "gatehouse-pages-"));
mkdirSync(dataDir, { recursive: true });
chmodSync(dataDir, 0o711);
const factsFile = join(dataDir, "bench-facts.json");
const child = await start();
try {
  const running = JSON.parse(readFileSync(join(dataDir, "runtime.json"), "utf8"));
  const sql = postgres(running.databaseUrl, { max: 1, onnotice: () => undefined });
  const facts = await readyFacts(sql);
  const cookie = await signIn(sql, facts.accountId);
  await sql.end();
  await report(running.publicUrl, facts, cookie);
} finally {
  child.kill("SIGINT");
  await new Promise((resolve) => child.once("exit", resolve));
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}

async function readyFacts(sql) {
  if (existsSync(factsFile)) {
    const kept = JSON.parse(readFileSync(factsFile, "utf8"));
    console.log(`A history written at ${kept.writtenAt}: ${words(kept)}`);
    return kept;
  }
  console.log(`Writing ${values.days} days of ${values.accounts} accounts …`);
  const facts = await seedHistory(sql, { accounts: Number(values.accounts), days: Number(values.days) });
  console.log(words(facts));
  if (values.data) writeFileSync(factsFile, JSON.stringify({ ...facts, writtenAt: new Date().toISOString() }));
  return facts;
}

function words({ rows, requests }) {
  return `${rows.toLocaleString("en-US")} rows that stand for ${requests.toLocaleString("en-US")} requests.`;
}

async function start() {
  const ports = { WEB_PORT: await freePort(), GATE_PORT: await freePort(), WORKER_PORT: await freePort() };
  const env = { ...process.env, PUBLIC_URL: "", GATE_URL: "", AUTH_SECRET: "", DATA_DIR: dataDir };
  for (const [name, port] of Object.entries(ports)) env[name] = String(port);
  const started = spawn(process.execPath, [join(project, "scripts", "start.mjs")], { cwd: project, env });
  await new Promise((resolve, reject) => {
    let printed = "";
    started.once("exit", () => reject(new Error(`Gatehouse did not start.\n${printed}`)));
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        printed += text;
        if (printed.includes("Ctrl-C stops everything")) resolve();
      });
    }
  });
  return started;
}

async function signIn(sql, accountId) {
  const { userId, sessionId } = await addOwner(sql, accountId);
  const secret = readFileSync(join(dataDir, "auth-secret"), "utf8").trim();
  return `next-auth.session-token=${await encode({ token: { sub: userId, sid: sessionId }, secret })}`;
}

/** Milliseconds until the whole page has come: a page streams its skeleton first, and that is not what people wait for. */
async function timeOf(url, cookie) {
  const startedAt = performance.now();
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  const text = await answer.text();
  if (answer.status !== 200 || text.length < 1_000) throw new Error(`${url} answered ${answer.status}.`);
  return performance.now() - startedAt;
}

/** Size of the scripts that the page itself asks for, gzipped, in kB; what is loaded when it is seen is not among them. */
async function scriptSize(baseUrl, url, cookie) {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  // Browsers that know modules leave out the scripts for those that do not.
  const tags = [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  const sources = new Set(tags.map(([, source]) => source));
  let bytes = 0;
  for (const source of sources) {
    if (!sizes.has(source)) {
      const script = Buffer.from(await (await fetch(new URL(source, baseUrl))).arrayBuffer());
      sizes.set(source, gzipSync(script).length);
    }
    bytes += sizes.get(source);
  }
  return bytes / 1_000;
}

/** Processor time that the web process has used so far, in milliseconds; null where the system does not tell. */
function webProcessor() {
  if (!existsSync("/proc/self/stat")) return null;
  const stats = readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      // After the name in brackets: state, parent, …; the 12th and 13th are user and system time in ticks of 10 ms.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
      return [{ command, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return [];
    }
  });
  const web = stats.find(({ command, parent }) => parent === child.pid && command.includes("next"));
  return web ? web.ticks * 10 : null;
}

async function report(baseUrl, { slug, tokenId }, cookie) {
  let slowest = 0;
  let heaviest = 0;
  console.log("\npage                                          p50 ms  p95 ms  CPU ms  script kB");
  for (const page of pages.filter((one) => one.includes(values.only))) {
    const url = `${baseUrl}/a/${slug}${page.replace("[token]", tokenId)}`;
    const script = await scriptSize(baseUrl, url, cookie);
    for (let i = 0; i < 3; i++) await timeOf(url, cookie);
    const times = [];
    const before = webProcessor();
    for (let i = 0; i < rounds; i++) times.push(await timeOf(url, cookie));
    const used = before === null ? null : (webProcessor() - before) / rounds;
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    slowest = Math.max(slowest, at(0.95));
    heaviest = Math.max(heaviest, script);
    const figures = [at(0.5), at(0.95)].map((ms) => ms.toFixed(0).padStart(8)).join("");
    console.log(
      `${(page === "" ? "(overview)" : page).padEnd(44)}${figures}${(used?.toFixed(0) ?? "–").padStart(8)}${script.toFixed(0).padStart(11)}`,
    );
  }
  console.log(`\nslowest p95: ${slowest.toFixed(0)} ms, at most ${values.most} ms`);
  console.log(`most script: ${heaviest.toFixed(0)} kB, at most ${values["most-script"]} kB`);
  if (slowest > Number(values.most) || heaviest > Number(values["most-script"])) process.exitCode = 1;
}
