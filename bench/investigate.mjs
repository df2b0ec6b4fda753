/**
 * How long the views of Investigate take over a month of all accounts: `npm run bench:investigate`. On an embedded Postgres, or
 * DATABASE_URL, an empty database. Beside each figure stands, from the same run, a plain read of one account's day by its key.
 *
 *   --accounts 1000  --days 30  --rounds 20  --most 300 (ms): exit code 1 when the p95 of a view is above
 */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { loadSource } from "./build-gate.mjs";
import { seedTraffic, sizesOf } from "./investigate/seed.mjs";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "1000" },
    days: { type: "string", default: "30" },
    rounds: { type: "string", default: "20" },
    most: { type: "string", default: "300" },
  },
});
const [accounts, days, rounds, most] = [values.accounts, values.days, values.rounds, values.most].map(Number);

const server = process.env.DATABASE_URL
  ? { url: process.env.DATABASE_URL, stop: async () => undefined }
  : await startTemporaryPostgres();
const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
try {
  const { migrate } = await loadSource("db/migrate.ts");
  const { openDatabase } = await loadSource("db/client.ts");
  const { investigate } = await loadSource("core/investigate/investigate.ts");
  await migrate(server.url);
  console.log(`Writing ${days} days of ${accounts} accounts …`);
  const facts = await seedTraffic(sql, { accounts, days });
  const database = openDatabase(server.url, { max: 4, applicationName: "bench" });
  await report(investigate, database.db, facts);
  await database.close();
  for (const line of await sizesOf(sql, facts)) console.log(line);
  await checkPlans();
} finally {
  await sql.end();
  await server.stop();
}

/** @typedef {typeof import("../core/investigate/investigate.ts").investigate} Investigate */
/** @typedef {[name: string, input: Parameters<Investigate>[1]]} View */

/**
 * @param {Investigate} investigate
 * @param {import("../db/client.ts").Database} db
 * @param {Awaited<ReturnType<typeof seedTraffic>>} facts
 */
async function report(investigate, db, facts) {
  /** @type {import("../core/frame/context.ts").Actor} */
  const actor = { kind: "staff", userId: facts.userId, sessionId: randomUUID(), name: "Bench", role: "lead" };
  const ctx = { db, actor, requestId: "bench", ip: null, userAgent: null };
  const plain = await timed(
    () =>
      sql`select outcome, sum(requests) from usage_day where account_id = ${facts.accountId} and at = ${facts.day} group by 1`,
  );
  console.log("\nview                                                         p50 ms  p95 ms   rows counted");
  print("to compare with: one account's day, by its key", plain);
  let slowest = 0;
  for (const [name, input] of viewsOf(facts)) {
    const view = () => investigate({ ...ctx, now: new Date() }, input);
    const { requests } = await view();
    const figures = await timed(view);
    slowest = Math.max(slowest, figures.p95);
    print(name, figures, requests);
  }
  /** @type {View[]} */
  const unbounded = [
    ["not bounded: 30 days, every table", { hours: 30 * 24, isWhole: true }],
    ["not bounded: 30 days, one client of all accounts", { hours: 30 * 24, client: "curl" }],
  ];
  for (const [name, input] of unbounded)
    print(name, await timed(() => investigate({ ...ctx, now: new Date() }, input)));
  console.log(`slowest p95: ${slowest.toFixed(0)} ms, at most ${most} ms`);
  if (slowest > most) process.exitCode = 1;
}

/** A view over all accounts reads the blocks of its time, and never a large partition from end to end. */
async function checkPlans() {
  const large = await sql`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('usage_minute'::regclass, 'usage_hour'::regclass) and c.reltuples > 100000`;
  for (const [table, span] of [
    ["usage_minute", "3 hours"],
    ["usage_hour", "24 hours"],
  ]) {
    const rows = await sql`explain select account_id, sum(requests) from ${sql(table)}
      where at >= now() - ${span}::interval and at < now() group by 1`;
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    const scanned = large.filter(({ name }) => new RegExp(`Seq Scan on ${name}\\b`).test(plan));
    console.log(
      `${table}, ${span}: ${scanned.length === 0 ? "by its index on time" : `reads all of ${scanned[0]?.name}`}`,
    );
    if (scanned.length > 0) process.exitCode = 1;
  }
}

/**
 * The default, each filter by itself, and the longest time.
 * @param {Awaited<ReturnType<typeof seedTraffic>>} facts
 * @returns {View[]}
 */
function viewsOf({ accountId, tokenId, accountIds, network }) {
  const month = { hours: 30 * 24 };
  return [
    ["the last 24 hours, everything", {}],
    ["the last hour, everything", { hours: 1 }],
    ["30 days, everything", month],
    ["30 days, one account", { ...month, accountIds: [accountId] }],
    ["30 days, fifty accounts", { ...month, accountIds }],
    ["30 days, one token", { ...month, tokenId }],
    ["30 days, one endpoint", { ...month, endpointId: 2 }],
    ["30 days, one surface", { ...month, surface: "http" }],
    ["30 days, refused", { ...month, outcome: "refused" }],
    ["30 days, one code", { ...month, outcome: "rate_limited" }],
    ["30 days, one network", { ...month, network }],
    ["24 hours, one network", { network }],
    ["24 hours, one client", { client: "curl" }],
    ["24 hours, one endpoint", { endpointId: 2 }],
    ["24 hours, one surface", { surface: "http" }],
    ["24 hours, refused", { outcome: "refused" }],
    ["24 hours, by accounts", { order: "accounts" }],
    ["24 hours, one network, refused, one endpoint", { network, outcome: "refused", endpointId: 1 }],
  ];
}

async function timed(run) {
  const times = [];
  for (let i = 0; i < rounds + 2; i++) {
    const startedAt = performance.now();
    await run();
    // The first ones read from disk.
    if (i >= 2) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

function print(name, { p50, p95 }, requests) {
  const counted = requests === undefined ? "" : `   ${Math.round(requests).toLocaleString("en-US")} requests`;
  console.log(`${name.padEnd(60)}${p50.toFixed(1).padStart(8)}${p95.toFixed(1).padStart(8)}${counted}`);
}
