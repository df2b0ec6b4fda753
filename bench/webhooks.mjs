/**
 * Kills the worker again and again while it delivers webhooks to a good, a dead and a hanging receiver, and compares what the good
 * one received with what happened: `npm run bench:webhooks`.
 *
 *   --events 10000  --tokens 50  --kills 10  --port 4396
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { Webhook } from "standardwebhooks";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { buildWorker, loadSource } from "./build-gate.mjs";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000" },
    tokens: { type: "string", default: "50" },
    kills: { type: "string", default: "10" },
    port: { type: "string", default: "4396" },
  },
});
const [events, tokens, kills] = [values.events, values.tokens, values.kills].map(Number);
process.env.AUTH_SECRET ??= "a secret of this measurement, and of nothing else";
process.env.LOG_LEVEL ??= "error";
process.env.WEBHOOK_ALLOWED_NETWORKS = "127.0.0.0/8";

const server = await startTemporaryPostgres();
process.env.DATABASE_URL = server.url;
const sql = postgres(server.url, { max: 2, onnotice: () => undefined });
const receivers = [];
/** @type {import("node:child_process").ChildProcess | undefined} */
let worker;
let closeDatabase = async () => undefined;
try {
  const script = join(await buildWorker("gatehouse-webhooks"), "worker.mjs");
  const { migrate } = await loadSource("db/migrate.ts");
  await migrate(server.url);
  const { accountWith } = await loadSource("core/testing.ts");
  const { openDatabase } = await loadSource("db/client.ts");
  const { createEndpoint } = await loadSource("core/webhooks/create-endpoint.ts");
  const { db, close } = openDatabase(server.url, { max: 2, applicationName: "gatehouse-bench" });
  closeDatabase = close;
  const account = await accountWith(db, "Northwind");
  const owner = await account.memberCtx("owner", new Date());

  await sql`update account set reaches_private_networks = true`;

  const good = await receiver(0);
  const [dead, hanging] = [await receiver(0), await receiver(60_000)];
  dead.server.close();
  const endpoints = {};
  for (const [name, { url }] of Object.entries({ good, dead, hanging })) {
    endpoints[name] = await createEndpoint(owner, { url, events: ["token.changed"] });
  }
  const verifier = new Webhook(endpoints.good.secret);
  await sql`insert into outbox_event (type, account_id, payload)
    select 'token.changed', ${account.accountId}, jsonb_build_object('tokenId', 't' || n % ${tokens}, 'n', n)
    from generate_series(0, ${events - 1}) as n order by n`;

  const seen = new Map();
  let repeated = 0;
  let unmarked = 0;
  let marked = 0;
  const lastOf = new Map();
  good.onRequest = ({ headers, body }) => {
    const { data } = /** @type {any} */ (verifier.verify(body, /** @type {any} */ (headers)));
    const isMarked = headers["gatehouse-out-of-order"] === "true";
    if (seen.has(data.n)) {
      repeated++;
      return;
    }
    seen.set(data.n, headers["webhook-id"]);
    if (isMarked) marked++;
    // Events of a token are numbered in steps of `tokens`: a gap that is not marked is a lost order.
    else if (data.n >= tokens && data.n - tokens !== lastOf.get(data.tokenId)) unmarked++;
    lastOf.set(data.tokenId, data.n);
  };

  console.log(
    `${events} events of ${tokens} tokens to a good, a dead and a hanging receiver; the worker is killed ${kills} times.`,
  );
  const startedAt = performance.now();
  worker = startWorker(script);
  for (let kill = 1; kill <= kills; kill++) {
    await until(() => seen.size >= Math.min(events - 1, (events * kill) / (kills + 1)));
    worker.kill("SIGKILL");
    await once(worker, "exit");
    worker = startWorker(script);
  }
  await until(() => seen.size === events);
  const seconds = (performance.now() - startedAt) / 1000;
  await until(async () => (await states(endpoints.good.endpointId)).delivered === events);

  const log = await Promise.all(Object.values(endpoints).map((one) => states(one.endpointId)));
  const [attempts] = await sql`select count(*)::int as n from webhook_attempt where delivery_id in
    (select id from webhook_delivery where endpoint_id = ${endpoints.good.endpointId})`;
  console.log(`Received: ${seen.size} of ${events}, each signature verified, in ${seconds.toFixed(0)} s.`);
  console.log(
    `Repeated after a kill (same webhook-id): ${repeated}. Out of order and marked: ${marked}; not marked: ${unmarked}.`,
  );
  console.log(
    `The log: ${JSON.stringify(Object.fromEntries(Object.keys(endpoints).map((name, i) => [name, log[i]])))}; tries to the good one: ${attempts.n}.`,
  );
  if (seen.size !== events || unmarked > 0) process.exitCode = 1;
} finally {
  worker?.kill("SIGKILL");
  for (const one of receivers) {
    one.server.closeAllConnections();
    one.server.close();
  }
  await closeDatabase();
  await sql.end();
  await server.stop();
}

async function receiver(delayMs) {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      one.onRequest({ headers: request.headers, body });
      setTimeout(() => response.writeHead(200).end("ok"), delayMs).unref();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  /** @type {(request: { headers: import("node:http").IncomingHttpHeaders, body: string }) => void} */
  const onRequest = () => undefined;
  const one = { url: `http://127.0.0.1:${port}/hook`, server, onRequest };
  receivers.push(one);
  return one;
}

function startWorker(script) {
  const env = {
    ...process.env,
    NODE_ENV: /** @type {const} */ ("production"),
    WORKER_PORT: values.port,
    WEBHOOK_ALLOWED_NETWORKS: "127.0.0.0/8",
  };
  return spawn(process.execPath, [script], { env, stdio: ["ignore", "ignore", "inherit"] });
}

/** Deliveries to an endpoint by state, as the log shows them. */
async function states(endpointId) {
  const rows =
    await sql`select state, count(*)::int as n from webhook_delivery where endpoint_id = ${endpointId} group by state`;
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

async function until(isSo) {
  const endsAt = performance.now() + 600_000;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error("It did not happen within ten minutes.");
    await sleep(20);
  }
}
