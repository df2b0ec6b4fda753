/**
 * The server's time for every page of an account and of the desk, with a long history behind them: `npm run bench:pages`. A whole
 * Gatehouse of its own on an embedded Postgres (or DATABASE_URL, an empty database); run `npm run build` first.
 *
 *   --accounts 1000  --days 90  --cases 10000  --rounds 30
 *   --data <folder>: keeps the database there, and takes what is there already instead of writing it again
 *   --only <text>: only pages with it in their address, e.g. /staff
 *   --most 100 and --most-staff 150 (ms), --most-script 180 and --most-script-staff 190 (kB, gzipped): exit code 1 when a page is above
 */
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve as resolvePath } from "node:path";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { cookieOf, startGatehouse, stopGatehouse } from "./gatehouse.mjs";
import { addStaff, seedDesk } from "./pages/desk.mjs";
import { addOwner, seedHistory } from "./pages/history.mjs";
import { measure, webProcessorOf } from "./pages/measure.mjs";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "1000" },
    days: { type: "string", default: "90" },
    cases: { type: "string", default: "10000" },
    rounds: { type: "string", default: "30" },
    data: { type: "string" },
    only: { type: "string", default: "" },
    most: { type: "string", default: "100" },
    "most-staff": { type: "string", default: "150" },
    "most-script": { type: "string", default: "180" },
    "most-script-staff": { type: "string", default: "190" },
  },
});

const dataDir = values.data ? resolvePath(values.data) : mkdtempSync(join(tmpdir(), "gatehouse-pages-"));
mkdirSync(dataDir, { recursive: true });
chmodSync(dataDir, 0o711);
const factsFile = join(dataDir, "bench-facts.json");
const child = await startGatehouse(dataDir);
try {
  const running = JSON.parse(readFileSync(join(dataDir, "runtime.json"), "utf8"));
  const sql = postgres(running.databaseUrl, { max: 1, onnotice: () => undefined });
  const facts = await readyFacts(sql);
  const owner = await cookieOf(dataDir, await addOwner(sql, facts.accountId));
  const staff = await cookieOf(dataDir, await addStaff(sql));
  await sql.end();
  const bound = (name) => Number(values[name]);
  await compareWith(running.publicUrl);
  await report(running.publicUrl, ownerPages(facts), owner, { ms: bound("most"), kB: bound("most-script") });
  await report(running.publicUrl, staffPages(facts), staff, {
    ms: bound("most-staff"),
    kB: bound("most-script-staff"),
  });
} finally {
  await stopGatehouse(child);
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}

function ownerPages({ slug, tokenId }) {
  const own = [
    "",
    "?range=24h",
    "/tokens",
    `/tokens/${tokenId}`,
    "/usage?range=24h",
    "/usage?range=90d&groupBy=token&compare=1",
    "/usage?range=13m",
    "/limits",
    "/health",
    "/refusals",
    "/standing",
    "/alerts",
    "/integrations",
    "/webhooks",
    "/members",
    "/audit",
    "/settings",
  ];
  return own.map((path) => `/a/${slug}${path}`);
}

function staffPages({ caseId, staffAccountId, batchId }) {
  const account = `/accounts/${staffAccountId}`;
  const own = [
    "",
    "/cases",
    "/cases?view=closed",
    `/cases/${caseId}`,
    `/cases/${caseId}?range=24h`,
    "/accounts",
    "/accounts?q=bench-77&sort=newest",
    "/investigate",
    "/investigate?code=refused",
    `/investigate?account=${staffAccountId}&hours=720`,
    account,
    `${account}/as-of?at=2026-01-01T00:00`,
    "/actions",
    `/actions/batch/${batchId}`,
    "/appeals",
    "/reports",
    "/detectors",
    "/limits",
    "/gates",
    "/mail",
    "/audit",
    "/people",
    "/keys",
    "/webhooks",
  ];
  return own.map((path) => `/staff${path}`);
}

/** What stands in the database, written where it is missing. */
async function readyFacts(sql) {
  const facts = existsSync(factsFile) ? JSON.parse(readFileSync(factsFile, "utf8")) : {};
  const { accounts, days, cases } = values;
  if (facts.accountId === undefined) {
    console.log(`Writing ${days} days of ${accounts} accounts …`);
    Object.assign(facts, await seedHistory(sql, { accounts: Number(accounts), days: Number(days) }));
    keep(facts);
  }
  if (facts.caseId === undefined) {
    console.log(`Writing ${cases} cases …`);
    Object.assign(facts, await seedDesk(sql, { cases: Number(cases) }));
  }
  keep(facts);
  const { rows, requests } = facts;
  console.log(`${rows.toLocaleString("en-US")} rows that stand for ${requests.toLocaleString("en-US")} requests.`);
  return facts;
}

function keep(facts) {
  if (values.data) writeFileSync(factsFile, JSON.stringify(facts));
}

/**
 * What the same machine needs at this moment for a bare server's 140 kB, and for the nearly empty page to sign in on: all other
 * figures are to be read beside these.
 */
async function compareWith(baseUrl) {
  const text = Buffer.alloc(140_000, "x");
  const bare = createServer((_, response) => response.end(text)).listen(0, "127.0.0.1");
  await once(bare, "listening");
  const options = { rounds: Number(values.rounds), webProcessor: () => null };
  const ofBare = await measure(
    `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (bare.address()).port}/`,
    "",
    options,
  );
  bare.close();
  const ofSignIn = await measure(`${baseUrl}/sign-in`, "", options);
  const words = ({ p50, p95 }) => `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`;
  console.log(`\nTo compare with: a bare server ${words(ofBare)}; the sign-in page ${words(ofSignIn)}.`);
}

/** One line per page, and whether all are within their bounds. */
async function report(baseUrl, paths, cookie, most) {
  const chosen = paths.filter((path) => path.includes(values.only));
  if (chosen.length === 0) return;
  console.log("\npage                                                p50 ms  p95 ms  CPU ms  script kB  page kB");
  const all = [];
  for (const path of chosen) {
    const options = { rounds: Number(values.rounds), webProcessor: () => webProcessorOf(child.pid) };
    const one = await measure(baseUrl + path, cookie, options);
    all.push(one);
    const figures = [one.p50, one.p95, one.processor].map((ms) => (ms?.toFixed(0) ?? "–").padStart(8)).join("");
    const shown = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "[id]").padEnd(50);
    console.log(`${shown}${figures}${one.script.toFixed(0).padStart(11)}${one.html.toFixed(0).padStart(9)}`);
  }
  const slowest = Math.max(...all.map(({ p95 }) => p95));
  const heaviest = Math.max(...all.map(({ script }) => script));
  console.log(
    `slowest p95: ${slowest.toFixed(0)} ms, at most ${most.ms} ms; most script: ${heaviest.toFixed(0)} kB, at most ${most.kB} kB`,
  );
  if (slowest > most.ms || heaviest > most.kB) process.exitCode = 1;
}
