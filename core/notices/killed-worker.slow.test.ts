import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { buildWorker } from "../../bench/build-gate.mjs";
import { imposeAction } from "../enforcement/impose-action.ts";
import { transact } from "../frame/define.ts";
import { mailsAtOnce } from "../frame/queue.ts";
import { sendNotice } from "../frame/send-notice.ts";
import { accountWith, staffCtx } from "../testing.ts";

/**
 * SMTP has no transaction over both sides (RFC 5321, 4.2.5): between the server's OK and our note of it, a killed worker cannot know.
 * So a notice is sent at least once, never lost, and a copy has the same Message-ID, which is how receivers drop it.
 */

const notices = 1_000;
const kills = 10;

let test: TestDatabase;
let server: SMTPServer;
let smtpPort: number;
let dataDir: string;
let script: string;
let worker: ChildProcess | null = null;
/** How often each Message-ID was taken by the mail server. */
const taken = new Map<string, number>();
const count = () => [...taken.values()].reduce((sum, n) => sum + n, 0);

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(now(), now())`);
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-worker-"));
  script = join(await buildWorker("gatehouse-killed-worker"), "worker.mjs");
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, answer) => {
      let text = "";
      stream.on("data", (part: Buffer) => {
        text += part.toString("utf8");
      });
      stream.on("end", () => {
        const id = /^Message-ID: (\S+)/im.exec(text)?.[1] ?? "none";
        taken.set(id, (taken.get(id) ?? 0) + 1);
        // A mail server takes its time, so that a kill meets messages that are taken and not yet answered.
        setTimeout(() => answer(null), 5);
      });
    },
  });
  server.on("error", () => undefined);
  smtpPort = await new Promise((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
  await new Promise<void>((resolve) => server.close(resolve));
  await test.close();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: test.url,
      DATA_DIR: dataDir,
      WORKER_PORT: String(await freePort()),
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      AUTH_SECRET: "a".repeat(32),
      LOG_LEVEL: "fatal",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return child;
}

/** As if two hours had passed since the kill: what the worker held has expired, and the waits before another try are over. */
async function letTimePass(): Promise<void> {
  await test.sql`update pgboss.job set started_on = started_on - interval '2 hours' where state = 'active'`;
  await test.sql`update pgboss.version set maintained_on = maintained_on - interval '2 hours'`;
}

async function endWaits(): Promise<void> {
  await test.sql`update pgboss.job set start_after = start_after - interval '2 hours' where state = 'retry'`;
}

it("reaches everybody once or with the same Message-ID when the worker is killed again and again among 1,000 notices", async () => {
  const agent = await staffCtx(test.db, "lead", "Lea Lead", new Date());
  const { accountId, memberCtx } = await accountWith(test.db, "Many Notices");
  await memberCtx("owner");
  const { actionId } = await imposeAction(agent, {
    accountId,
    type: "suspension",
    durationHours: 24,
    reasonCode: "rate_excess",
    publicText: "Your client ignores its limit.",
    internalNote: "chart",
  });
  await transact(agent, async (inner) => {
    for (let n = 0; n < notices; n += 1) await sendNotice(inner, { accountId, actionId, kind: "action.changed" });
  });

  for (let kill = 0; kill < kills; kill += 1) {
    worker = await startWorker();
    const before = count();
    await until(() => count() >= before + 20 + Math.random() * 60);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    await letTimePass();
    await endWaits();
  }
  worker = await startWorker();
  const rows = () => test.db.select({ state: mail.state }).from(mail);
  await until(async () => {
    await endWaits();
    await sleep(500);
    // The first notice waits for the undo window, and may be on its way by now.
    const states = (await rows()).map((row) => row.state);
    return states.length >= notices && states.every((state) => state === "sent");
  });
  worker.kill("SIGTERM");
  await once(worker, "exit");

  const copies = [...taken.values()].filter((n) => n > 1).length;
  console.info(
    `${notices} notices, worker killed ${kills} times: ${taken.size} distinct messages, ${copies} came twice`,
  );
  const written = await test.db.select({ id: mail.id, state: mail.state, subjectId: mail.subjectId }).from(mail);
  expect(new Set(written.map((row) => row.subjectId)).size, "one message of each notice").toBe(written.length);
  expect(written.filter((row) => row.state !== "sent")).toEqual([]);
  expect(written.length).toBeGreaterThanOrEqual(notices);
  expect([...taken.keys()].sort()).toEqual(written.map((row) => `<${row.id}@localhost>`).sort());
  expect(Math.max(...taken.values()), "nobody gets one more than once a kill").toBeLessThanOrEqual(1 + kills);
  expect(copies, "only what was under way at a kill").toBeLessThanOrEqual(kills * mailsAtOnce);
}, 180_000);

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`It did not come to it: ${count()} taken, ${taken.size} distinct.`);
    await sleep(10);
  }
}
