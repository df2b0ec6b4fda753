import { createHash } from "node:crypto";
import { ImapFlow } from "imapflow";
import { jobCtx } from "../frame/context.ts";
import { intakeBounds } from "../rules/mail-intake/bounds.ts";
import { isLoopback } from "../rules/networks.ts";
import type { Logger } from "../runtime/log.ts";
import { refuseMail } from "./refuse-mail.ts";
import { type Intake, takeMessage } from "./take-message.ts";

export type Mailbox = {
  /** `imaps://user:password@host/INBOX`, or `imap://` with STARTTLS; without any TLS on this machine only. */
  url: string;
  /** Where messages go that were taken. */
  doneFolder: string;
};

/** Messages of one round; the next one comes in a minute. */
const mostPerRound = 100;
/** Failures after which a round ends. */
const mostFailures = 10;

/**
 * Reads what is new in the report mailbox. A message is moved to the folder of what is done only after it is stored, so a worker that is
 * killed in between finds it again and, by its digest, makes no second report of it. What was refused stays in the mailbox with a flag, and
 * is read again when somebody takes the flag off. Nothing is deleted. Returns what came of the round.
 */
export async function readMailbox(intake: Intake, mailbox: Mailbox, log: Logger, now = () => new Date()) {
  const client = connectionTo(mailbox.url);
  // It says what went wrong to whoever waits for it; without a listener it would end the process.
  client.on("error", (error: Error) => log.warn({ reason: error.message }, "The report mailbox's connection failed"));
  const done = { taken: 0, repeated: 0, refused: 0, waiting: 0 };
  await client.connect();
  try {
    await client.mailboxCreate(mailbox.doneFolder);
    const lock = await client.getMailboxLock(folderOf(mailbox.url));
    try {
      const found = (await client.search({ flagged: false, deleted: false }, { uid: true })) || [];
      const uids = found.slice(0, mostPerRound);
      done.waiting = found.length - uids.length;
      let failures = 0;
      for (const uid of uids) {
        const state = await takeOne(client, intake, String(uid), now()).catch((error: unknown) => {
          // One that cannot be stored must not keep the others from being; where nothing can be, the round ends.
          if (!client.usable) throw error;
          failures += 1;
          log.error({ err: error, uid }, "A report by mail could not be stored; it is read again");
          return null;
        });
        if (failures >= mostFailures) break;
        if (state === null) continue;
        done[state] += 1;
        if (state === "refused") await client.messageFlagsAdd(String(uid), ["\\Flagged"], { uid: true });
        else await client.messageMove(String(uid), mailbox.doneFolder, { uid: true });
        if (!client.usable) throw new Error("The mailbox closed the connection.");
      }
    } finally {
      lock.release();
    }
  } finally {
    await client.logout().catch(() => client.close());
  }
  return done;
}

/** Null = somebody else has taken it away meanwhile. */
async function takeOne(client: ImapFlow, intake: Intake, uid: string, now: Date) {
  const head = await client.fetchOne(uid, { size: true }, { uid: true });
  if (!head) return null;
  const sizeBytes = head.size ?? 0;
  if (sizeBytes > intakeBounds.messageBytes) {
    const mailbox = client.mailbox;
    const name = `${mailbox ? `${mailbox.path} ${mailbox.uidValidity}` : ""} ${uid}`;
    const digest = createHash("sha256").update(name).digest("hex");
    await refuseMail(jobCtx(intake.db, "Report mail", now), { door: "imap", sizeBytes, digest, refusal: "too_large" });
    return "refused" as const;
  }
  // Peeked at, so that it stays unread until it is stored.
  const message = await client.fetchOne(uid, { source: { maxLength: intakeBounds.messageBytes + 1 } }, { uid: true });
  if (!message) return null;
  if (message.source === undefined) return null;
  return (await takeMessage(intake, { raw: message.source, door: "imap" }, now)).state;
}

function connectionTo(text: string): ImapFlow {
  const url = new URL(text);
  const secure = url.protocol === "imaps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new ImapFlow({
    host,
    port: url.port === "" ? (secure ? 993 : 143) : Number(url.port),
    secure,
    // A password crosses a network under TLS only.
    ...(secure ? {} : { doSTARTTLS: !isHere(host) }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    disableAutoIdle: true,
    logger: false,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    maxLiteralSize: intakeBounds.messageBytes * 2,
  });
}

const isHere = (host: string) => host === "localhost" || isLoopback(host);

function folderOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.replace(/^\//, "")) || "INBOX";
}
