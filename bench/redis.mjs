/**
 * One gate counting in its memory and one counting in Redis, by turns, under the same load: decisions for each second of the gate's own
 * processor time: `npm run bench:redis`. Needs redis-server.
 *
 *   --tokens 20000  --rounds 5  --seconds 4  --connections 64  --port 4480
 */
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { buildGate, loadSource } from "./build-gate.mjs";
import { cpuSeconds, endAll, median, startGate, startLoad, startRedis } from "./processes.mjs";
import { seedTokens } from "./seed.mjs";

const { values } = parseArgs({
  options: {
    tokens: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    connections: { type: "string", default: "64" },
    port: { type: "string", default: "4480" },
  },
});
const [count, rounds, seconds, connections, port] = [
  values.tokens,
  values.rounds,
  values.seconds,
  values.connections,
  values.port,
].map(Number);

const server = await startTemporaryPostgres();
const sql = postgres(server.url, { max: 2, onnotice: () => undefined });
try {
  const { migrate } = await loadSource("db/migrate.ts");
  const { mintToken } = await loadSource("core/rules/tokens/token.ts");
  await migrate(server.url);
  const dist = await buildGate("gatehouse-bench");
  const tokens = await seedTokens(sql, (random) => mintToken("client", random), count);
  await startRedis("redis-server", port + 9);
  const gate = { dist, databaseUrl: server.url };
  const memory = await startGate({ ...gate, id: "memory", port });
  const redis = await startGate({ ...gate, redisUrl: `redis://127.0.0.1:${port + 9}`, id: "redis", port: port + 1 });
  const load = startLoad();
  await load.ask({ tokens });
  /** @typedef {{ perSecond: number, p99: number, cpu: number, unavailable: number }} Round */
  /** @type {{ name: string, child: Awaited<ReturnType<typeof startGate>>, port: number, results: Round[] }[]} */
  const rows = [
    { name: "memory", child: memory, port, results: [] },
    { name: "Redis", child: redis, port: port + 1, results: [] },
  ];
  for (const row of rows)
    for (let sent = 0; sent < 2 * count; ) sent += (await load.ask({ port: row.port, connections, seconds: 2 })).done;
  for (let i = 0; i < rounds; i++) {
    for (const row of rows) {
      const before = cpuSeconds(row.child.pid).main;
      const figures = await load.ask({ port: row.port, connections, seconds });
      const cpu = ((cpuSeconds(row.child.pid).main - before) / figures.done) * 1e6;
      row.results.push({ ...figures, cpu });
    }
  }
  console.table(
    rows.map(({ name, results }) => ({
      "counting in": name,
      "requests/s": Math.round(median(results.map((one) => one.perSecond))),
      "p99 ms": median(results.map((one) => one.p99)),
      "µs of its main thread": median(results.map((one) => one.cpu)).toFixed(1),
      "answers of 503": results.reduce((sum, one) => sum + one.unavailable, 0),
    })),
  );
  const [inMemory, inRedis] = rows.map((row) => row.results.map((one) => one.cpu));
  const ratios = inMemory.map((one, i) => one / inRedis[i]);
  console.log(
    `Decisions for each second of the gate's main thread, Redis / memory: ${median(ratios).toFixed(2)} ` +
      `(rounds: ${ratios.map((one) => one.toFixed(2)).join(" ")})`,
  );
} finally {
  await endAll();
  await sql.end();
  await server.stop();
}
