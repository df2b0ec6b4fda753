import { openDatabase } from "#db/client.ts";
import { mailReset } from "../auth/request-reset.ts";
import { mailSignInLink } from "../auth/request-sign-in-link.ts";
import { mailCases } from "../cases/mail-cases.ts";
import { settleCases } from "../cases/settle-cases.ts";
import { detect, detectInHistory } from "../detection/detect.ts";
import { hasUnknownAttempts } from "../detection/has-unknown-attempts.ts";
import { settleFlags } from "../detection/settle-flags.ts";
import { nextSettlement } from "../enforcement/next-settlement.ts";
import { settleActions } from "../enforcement/settle-actions.ts";
import { buildExport, failExport } from "../exports/build-export.ts";
import { jobCtx } from "../frame/context.ts";
import { type QueueHandlers, workQueues } from "../frame/queue.ts";
import { checkPolicies, nextPolicyDue } from "../integrations/check-policies.ts";
import { foldTraffic } from "../investigate/fold-traffic.ts";
import { tellEndings } from "../limit-requests/tell-ending.ts";
import { deliverMail } from "../mail/deliver-mail.ts";
import { requeueStranded } from "../mail/requeue-stranded.ts";
import { smtpTransport } from "../mail/transport.ts";
import { intakeSettings } from "../mail-intake/intake-settings.ts";
import { parseInThread } from "../mail-intake/parse-in-thread.ts";
import { readMailbox } from "../mail-intake/read-mailbox.ts";
import { smtpDoor } from "../mail-intake/smtp-door.ts";
import { mailNotice } from "../notices/mail-notice.ts";
import { hourMs } from "../rules/time.ts";
import { surviveDriverFaults } from "../runtime/driver-faults.ts";
import { env, publicUrl } from "../runtime/env.ts";
import { logger } from "../runtime/log.ts";
import { reportDoor } from "../runtime/report-mail-settings.ts";
import { version } from "../runtime/version.ts";
import { checkDomains, nextDomainCheck } from "../single-sign-on/check-domains.ts";
import { deliverWebhook } from "../webhooks/deliver-webhook.ts";
import { EndpointPace } from "../webhooks/endpoint-pace.ts";
import { fanOutAll } from "../webhooks/fan-out.ts";
import { alerts, watchTokens } from "./alerts.ts";
import { every, type Work } from "./every.ts";
import { healthServer } from "./health-server.ts";
import { type Hearers, listenForWork } from "./listen.ts";
import { longestRestMs, restUntil } from "./rest-until.ts";
import { thinSeconds, tidy } from "./tidy.ts";

/** The worker: everything that happens by the clock and not by a request. */
const log = logger("worker");
surviveDriverFaults(log, "The worker failed and ends; what it has not done is done by the next one");
const { db, close } = openDatabase(env().DATABASE_URL, {
  max: 8,
  applicationName: "gatehouse-worker",
  // Retention over a large table and the archive of a large account take minutes.
  statementTimeoutMs: 600_000,
  idleInTransactionTimeoutMs: 60_000,
});
/**
 * Each job holds its lock on a connection of its own while it works on another: in one pool, jobs would wait for each other. These
 * transactions are idle for as long as the job takes, so nothing ends them.
 */
const locks = openDatabase(env().DATABASE_URL, { max: 20, applicationName: "gatehouse-worker-locks" });

const job = <Result>(
  name: string,
  everyMs: number,
  run: (now: Date) => Promise<Result>,
  restMs?: Work<Result>["restMs"],
) => every(locks, log, name, everyMs, { run, ...(restMs ? { restMs } : {}) });

// These rest while there is nothing to do, until the database says that there is, or the time for it has come.
const settle = job(
  "settle",
  2_000,
  (now) => settleActions(jobCtx(db, "Gatehouse", now), {}),
  async (_, now) => restUntil(await nextSettlement(db), now),
);
const detecting = job(
  "detect",
  5_000,
  (now) => detect(db, now, log),
  async ({ looked }, now) => (looked > 0 || (await hasUnknownAttempts(db, now)) ? null : longestRestMs),
);
const webhooksOut = job(
  "webhooks",
  1_000,
  (now) => fanOutAll(db, now),
  (taken) => (taken > 0 ? null : longestRestMs),
);
const domains = job(
  "check_domains",
  2_000,
  (now) => checkDomains(db, now, log),
  async (_, now) => restUntil(await nextDomainCheck(db), now),
);
const policies = job(
  "check_policies",
  5_000,
  (now) => checkPolicies(db, now, version),
  async (_, now) => restUntil(await nextPolicyDue(db), now),
);
const loops = [
  ...[settle, detecting, webhooksOut, domains, policies],
  job("alerts", 10_000, (now) => alerts(db, now, log)),
  job("watch-tokens", 60_000, (now) => watchTokens(db, now, log)),
  job("tell_endings", 60_000, (now) =>
    tellEndings(db, now, (error) => log.error({ err: error }, "An end of an exception could not be told")),
  ),
  job("detect_in_history", 60_000, (now) => detectInHistory(db, now, log)),
  job("settle_cases", 15_000, (now) => settleCases(jobCtx(db, "Gatehouse", now), {})),
  job("mail_cases", 60_000, (now) => mailCases(jobCtx(db, "Gatehouse", now), { publicUrl: publicUrl() })),
  job("settle_flags", 60_000, (now) => settleFlags(jobCtx(db, "Detectors", now), {})),
  job("fold_traffic", 60_000, () => foldTraffic(db)),
  job("thin", 60_000, (now) => thinSeconds(db, now)),
  job("requeue_mail", 300_000, (now) => requeueStranded(db, now)),
  job("tidy", hourMs, (now) => tidy(db, now)),
];

const hearers: Hearers = {
  settle: settle.wake,
  detect: detecting.wake,
  webhooks: webhooksOut.wake,
  check_domains: domains.wake,
  check_policies: policies.wake,
};
// A confirmation is worth a look at once: staff are watching the screen.
const stopListening = listenForWork({ url: env().DATABASE_URL, log, hearers, confirmed: settle.nudge });

const { SMTP_URL, MAIL_FROM, PUBLIC_URL, DATABASE_URL } = env();
const transport = SMTP_URL ? smtpTransport(SMTP_URL, MAIL_FROM) : null;
if (!transport) log.info("No SMTP_URL: mail is kept and shown on screen");
const host = new URL(PUBLIC_URL).hostname;
const webhooks = { db, pace: new EndpointPace(), version };
const intake = { db, parse: parseInThread(new URL("parse-thread.mjs", import.meta.url)), settings: intakeSettings() };
const { REPORT_MAILBOX_URL, REPORT_MAILBOX_DONE } = env();
if (REPORT_MAILBOX_URL) {
  const mailbox = { url: REPORT_MAILBOX_URL, doneFolder: REPORT_MAILBOX_DONE };
  loops.push(job("read_mailbox", 60_000, () => readMailbox(intake, mailbox, log)));
}
const doorAt = reportDoor(env());
const door = doorAt ? await smtpDoor(intake, doorAt, log) : null;
if (doorAt) log.info({ host: doorAt.host, port: doorAt.port }, "Takes reports by SMTP");
const queueHandlers: QueueHandlers = {
  "deliver-webhook": ({ data }, now) => deliverWebhook(webhooks, data.deliveryId, now),
  "deliver-mail": ({ data, isLastTry }, now) => deliverMail(db, transport, host, { ...data, isLastTry }, now),
  "build-export": ({ data, isLastTry }, now) =>
    buildExport(db, data.exportId, now).catch(async (error: unknown) => {
      if (isLastTry) await failExport(db, data.exportId, now);
      throw error;
    }),
  "mail-reset": async ({ data }, now) => {
    await mailReset({ ...jobCtx(db, "Gatehouse", now), ip: data.ip }, { email: data.email });
  },
  "mail-sign-in-link": async ({ data: { ip, ...input } }, now) => {
    await mailSignInLink({ ...jobCtx(db, "Gatehouse", now), ip }, input);
  },
  "mail-notice": async ({ data }, now) => {
    await mailNotice(jobCtx(db, "Gatehouse", now), { ...data, publicUrl: PUBLIC_URL });
  },
};
const stopQueues = workQueues(DATABASE_URL, log, queueHandlers, {
  lookEveryMs: 5_000,
  onWake: (wake) => {
    hearers.queue = wake;
  },
});

const server = healthServer(
  db,
  loops.map((loop) => loop.job),
);
server.listen(env().WORKER_PORT, "127.0.0.1", () => log.info({ port: env().WORKER_PORT }, "Worker is running"));

/** A query that hangs must not keep the worker: what is not done now is done by the next one. */
const longestStopMs = 20_000;

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info("Worker is stopping");
  setTimeout(() => {
    log.error({ waitedMs: longestStopMs }, "Something did not end in time; the worker ends without it");
    process.exit(1);
  }, longestStopMs).unref();
  server.close();
  await stopListening();
  await Promise.all([...loops.map((loop) => loop.stop()), stopQueues(), door?.close()]);
  transport?.close();
  await Promise.all([close(), locks.close()]);
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
