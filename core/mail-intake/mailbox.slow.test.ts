import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inArray } from "drizzle-orm";
import { build } from "esbuild";
import { ImapFlow } from "imapflow";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { report } from "#db/schema/abuse.ts";
import { mailIntake } from "#db/schema/mail-intake.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { optionalParts } from "../../scripts/test/optional.mjs";
import { eventually } from "../gate/testing/testing-gate.ts";
import { freePort } from "../gate/testing/testing-redis.ts";
import { parseInThread } from "./parse-in-thread.ts";
import { parseMessage } from "./parse-message.ts";
import { readMailbox } from "./read-mailbox.ts";
import { nested, plainMail } from "./testing-mails.ts";

const { dovecotImap } = optionalParts();
const log = pino({ level: "silent" });
const settings = { trust: { senders: [], authservId: null }, ownAddresses: [], ownHost: "access.provider.example" };

/** The folder of a real IMAP server. It needs root, and is left out without it. */
describe.skipIf(dovecotImap === null)("a report mailbox on a real Dovecot", () => {
  let test: TestDatabase;
  let folder: string;
  let url: string;
  let dovecot: ChildProcess;
  const port = { imap: 0 };

  beforeAll(async () => {
    test = await testDatabase();
    port.imap = await freePort();
    folder = mkdtempSync(join(tmpdir(), "gatehouse-imap-"));
    chmodSync(folder, 0o755);
    const mails = join(folder, "mails");
    mkdirSync(mails);
    spawnSync("chown", ["mail:mail", mails]);
    writeFileSync(join(folder, "users"), "reports:{PLAIN}a word::::::\n");
    writeFileSync(
      join(folder, "dovecot.conf"),
      `base_dir = ${folder}/run\nstate_dir = ${folder}/state\nlog_path = ${folder}/dovecot.log\nssl = no\nprotocols = imap
listen = 127.0.0.1\nmail_location = maildir:${mails}/%u\nmail_uid = mail\nmail_gid = mail\nfirst_valid_uid = 1\ndisable_plaintext_auth = no
default_internal_user = dovecot\nservice imap-login {\n inet_listener imap {\n port = ${port.imap}\n }\n}
service anvil {\n unix_listener anvil-auth-penalty {\n mode = 0\n }\n}
passdb {\n driver = passwd-file\n args = ${folder}/users\n}\nuserdb {\n driver = static\n args = uid=mail gid=mail home=${mails}/%u\n}\n`,
    );
    dovecot = spawn(dovecotImap ?? "dovecot", ["-F", "-c", join(folder, "dovecot.conf")], { stdio: "ignore" });
    url = `imap://reports:${encodeURIComponent("a word")}@127.0.0.1:${port.imap}/INBOX`;
    await eventually("the mailbox answers", async () => {
      const client = connection();
      return client.connect().then(
        () => client.logout().then(() => true),
        () => false,
      );
    });
  }, 60_000);
  afterAll(async () => {
    if (dovecot && dovecot.exitCode === null) {
      const ended = once(dovecot, "exit");
      dovecot.kill("SIGTERM");
      await ended;
    }
    await test?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const connection = () =>
    new ImapFlow({
      ...{ host: "127.0.0.1", port: port.imap, secure: false, doSTARTTLS: false, logger: false },
      auth: { user: "reports", pass: "a word" },
    });

  async function inMailbox<Result>(run: (client: ImapFlow) => Promise<Result>): Promise<Result> {
    const client = connection();
    await client.connect();
    try {
      return await run(client);
    } finally {
      await client.logout();
    }
  }

  const deliver = (...raws: Buffer[]) =>
    inMailbox(async (client) => {
      for (const raw of raws) await client.append("INBOX", raw);
    });

  const count = (name: string) =>
    inMailbox(
      async (client) => (await client.status(name, { messages: true, unseen: true })) || { messages: -1, unseen: -1 },
    );

  const doveadm = (...args: string[]) =>
    spawnSync("doveadm", ["-c", join(folder, "dovecot.conf"), ...args], { encoding: "utf8" }).stdout;
  const kick = () => doveadm("kick", "reports");

  /** What is in the mailbox and not flagged. */
  const waiting = () =>
    inMailbox(async (client) => {
      const lock = await client.getMailboxLock("INBOX");
      const uids = (await client.search({ flagged: false }, { uid: true })) || [];
      lock.release();
      return uids;
    });

  const intake = (over: { parse?: typeof parseMessage; db?: typeof test.db } = {}) => ({
    db: test.db,
    parse: parseMessage,
    settings,
    ...over,
  });
  const mailbox = () => ({ url, doneFolder: "Gatehouse" });
  const read = () => readMailbox(intake(), mailbox(), log);

  it("is emptied into reports and the folder of what is done; what is refused stays, flagged, and is tried again without its flag", async () => {
    await deliver(plainMail({ subject: "one" }), nested(60), plainMail({ subject: "two" }));
    expect(await read()).toEqual({ taken: 2, repeated: 0, refused: 1, waiting: 0 });
    expect(await count("Gatehouse")).toMatchObject({ messages: 2 });
    expect(await count("INBOX")).toMatchObject({ messages: 1, unseen: 1 });
    expect(await test.db.$count(report, inArray(report.about, ["one", "two"]))).toBe(2);
    expect(await read()).toEqual({ taken: 0, repeated: 0, refused: 0, waiting: 0 });
    await inMailbox(async (client) => {
      const lock = await client.getMailboxLock("INBOX");
      await client.messageFlagsRemove("1:*", ["\\Flagged"]);
      lock.release();
    });
    expect(await read()).toEqual({ taken: 0, repeated: 0, refused: 1, waiting: 0 });
  });

  it("loses nothing and doubles nothing when the worker is killed between reading, storing and moving", async () => {
    const subjects = Array.from({ length: 12 }, (_, i) => `killed ${i}`);
    await deliver(...subjects.map((subject) => plainMail({ subject })));
    const before = await count("Gatehouse");
    let reads = 0;
    // Between reading and storing: every third try ends before anything is stored.
    const dying = (raw: Uint8Array) => {
      reads += 1;
      return reads % 3 === 0 ? Promise.reject(new Error("killed")) : parseMessage(raw);
    };
    // Between storing and moving: the connection is gone once the message is stored.
    const cut = new Proxy(test.db, {
      get: (db, name, self) =>
        name !== "transaction"
          ? Reflect.get(db, name, self)
          : async (run: Parameters<typeof db.transaction>[0]) => {
              const done = await db.transaction(run);
              kick();
              await eventually("the session is gone", async () => !doveadm("who").includes("reports"));
              return done;
            },
    });
    await readMailbox(intake({ parse: dying }), mailbox(), log);
    for (let i = 0; i < 3; i += 1) await expect(readMailbox(intake({ db: cut }), mailbox(), log)).rejects.toThrow();
    expect(await read()).toMatchObject({ taken: 3, repeated: 1 });
    expect(await waiting()).toEqual([]);
    const made = await test.db.select({ about: report.about }).from(report).where(inArray(report.about, subjects));
    expect(made.map(({ about }) => about).sort()).toEqual([...subjects].sort());
    expect((await count("Gatehouse")).messages).toBe((before.messages ?? 0) + subjects.length);
  });

  it("leaves what is too large where it is, without reading it", async () => {
    await deliver(Buffer.concat([plainMail({ subject: "huge" }), Buffer.alloc(11 * 1024 * 1024, "a line of it\r\n")]));
    expect(await read()).toMatchObject({ taken: 0, refused: 1 });
    expect(await test.db.$count(mailIntake, inArray(mailIntake.refusal, ["too_large"]))).toBe(1);
    expect(await read()).toMatchObject({ taken: 0, refused: 0 });
  });
});

describe("the thread that a message is read in", () => {
  let folder: string;
  let script: URL;
  beforeAll(async () => {
    folder = mkdtempSync(join(process.cwd(), "node_modules", ".cache", "gatehouse-parse-"));
    const outfile = join(folder, "parse-thread.mjs");
    await build({
      ...{ entryPoints: ["core/mail-intake/parse-thread.ts"], outfile, bundle: true, platform: "node", format: "esm" },
      ...{ packages: "external", target: "node20.9", logLevel: "silent" },
    });
    script = pathToFileURL(outfile);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("reads as it is read without one", async () => {
    const raw = plainMail({ subject: "in a thread" });
    expect(await parseInThread(script)(raw)).toEqual(await parseMessage(raw));
    expect(await parseInThread(script)(nested(60))).toEqual({ refused: "too_deep" });
  });

  it("ends when it takes too long or too much memory, and the next message is read", async () => {
    const endless = join(folder, "endless.mjs");
    writeFileSync(endless, "for (;;) {}");
    expect(await parseInThread(pathToFileURL(endless), 200)(plainMail())).toEqual({ refused: "too_slow" });
    const hungry = join(folder, "hungry.mjs");
    writeFileSync(hungry, "const all = []; for (;;) all.push(new Array(100_000).fill({}));");
    expect(await parseInThread(pathToFileURL(hungry), 30_000)(plainMail())).toEqual({ refused: "unreadable" });
    expect(await parseInThread(script)(plainMail({ subject: "next" }))).toMatchObject({ subject: "next" });
  });
});
