/**
 * What a crowd at the sign-in page costs everybody else: `npm run bench:sign-ins`. Asks for a page and for `/readyz` in turn, first
 * with nobody else there and then for as long as so many sign-ins of unknown people are under way, which all come at the same moment,
 * each from an address of its own. A whole Gatehouse of its own on an embedded Postgres (or DATABASE_URL, an empty database); run
 * `npm run build` first.
 *
 *   --sign-ins 200  --rounds 5  --most 3 (times slower, median): exit code 1 above it
 */
import { randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { cookieOf, startGatehouse, stopGatehouse } from "./gatehouse.mjs";
import { median } from "./processes.mjs";

const { values } = parseArgs({
  options: {
    "sign-ins": { type: "string", default: "200" },
    rounds: { type: "string", default: "5" },
    most: { type: "string", default: "3" },
  },
});
const [size, rounds] = [Number(values["sign-ins"]), Number(values.rounds)];

const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-sign-ins-"));
chmodSync(dataDir, 0o711);
const child = await startGatehouse(dataDir, { WEB_TRUSTED_PROXIES: "127.0.0.0/8" });
try {
  const { databaseUrl, publicUrl } = JSON.parse(readFileSync(join(dataDir, "runtime.json"), "utf8"));
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const [person] = await sql`insert into "user" (email, name) values ('bench@example.com', 'Bench') returning id`;
  const [session] = await sql`
    insert into session (user_id, expires_at) values (${person.id}, now() + interval '1 hour') returning id`;
  const cookie = await cookieOf(dataDir, { userId: person.id, sessionId: session.id });
  const asked = [
    { name: "page /me", url: `${publicUrl}/me`, headers: { cookie } },
    { name: "/readyz", url: `${publicUrl}/readyz`, headers: {} },
  ];
  const times = { quiet: emptyTimes(asked), beside: emptyTimes(asked) };
  const answers = {};
  const busiest = watchPool(sql);
  await measureFor(asked, emptyTimes(asked), sleep(2_000));
  await crowd(publicUrl, 10, {});
  for (let round = 0; round < rounds; round++) {
    await measureFor(asked, times.quiet, sleep(3_000));
    await measureFor(asked, times.beside, crowd(publicUrl, size, answers));
  }
  const idle = await busiest.stop();
  await sql.end();
  for (const { name } of asked) {
    const [before, during] = [median(times.quiet[name]), median(times.beside[name])];
    const ratio = during / before;
    console.log(
      `${name.padEnd(10)} ${before.toFixed(0)} ms with nobody else, ${during.toFixed(0)} ms beside them: ${ratio.toFixed(1)}×, at most ${values.most}×`,
    );
    if (ratio > Number(values.most)) process.exitCode = 1;
  }
  console.log(
    `Sign-ins answered: ${JSON.stringify(answers)}. Connections seen idle in a transaction for over 50 ms: ${idle}.`,
  );
} finally {
  await stopGatehouse(child);
  rmSync(dataDir, { recursive: true, force: true });
}

function emptyTimes(all) {
  return Object.fromEntries(all.map(({ name }) => [name, []]));
}

/** Adds the milliseconds of every answer while something lasts; the two are asked in turn, so that a busy moment falls on both. */
async function measureFor(all, times, lasting) {
  let isOver = false;
  const end = lasting.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const { name, url, headers } of all) {
      const startedAt = performance.now();
      const answer = await fetch(url, { headers, redirect: "manual" });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
      times[name].push(performance.now() - startedAt);
    }
  }
  await end;
}

/** So many sign-ins at the same moment, each of somebody else; over when all are answered. */
async function crowd(publicUrl, count, answers) {
  const actionId = signInAction();
  const one = async () => {
    const word = await signIn(publicUrl, actionId, `nobody-${crypto.randomUUID()}@example.com`);
    answers[word] = (answers[word] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: count }, one));
}

async function signIn(publicUrl, actionId, email) {
  const body = new FormData();
  body.set("_1_email", email);
  body.set("_1_password", "correct horse battery");
  body.set("0", '["$K1"]');
  const from = `198.18.${randomInt(256)}.${randomInt(256)}`;
  const headers = { "next-action": actionId, origin: publicUrl, "x-forwarded-for": from, accept: "text/x-component" };
  const answer = await fetch(`${publicUrl}/sign-in`, { method: "POST", headers, body, redirect: "manual" });
  const text = await answer.text();
  return /"reason":"(\w+)"/.exec(text)?.[1] ?? /"code":"(\w+)"/.exec(text)?.[1] ?? `status ${answer.status}`;
}

/** The address of the form's action, which is another one in every build. */
function signInAction() {
  const manifest = JSON.parse(
    readFileSync(new URL("../.next/server/server-reference-manifest.json", import.meta.url), "utf8"),
  );
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === "signInAction");
  if (!found) throw new Error("The build has no action to sign in.");
  return found[0];
}

/** The most connections of the web app that were inside a transaction without a statement for over 50 ms. */
function watchPool(sql) {
  let isOver = false;
  let most = 0;
  const watching = (async () => {
    while (!isOver) {
      const [row] = await sql`
        select count(*)::int as idle from pg_stat_activity where application_name = 'gatehouse-web'
          and state like 'idle in transaction%' and clock_timestamp() - state_change > interval '50 ms'`;
      most = Math.max(most, row.idle);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      return most;
    },
  };
}
