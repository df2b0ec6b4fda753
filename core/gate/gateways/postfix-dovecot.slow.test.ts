import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { optionalParts } from "../../../scripts/test/optional.mjs";
import { hashToken } from "../state/hash-token.ts";
import { seedAccount, seedAction, seedEndpoint, seedPlan, seedToken, tellGates } from "../testing/testing.ts";
import { eventually, type TestGate, testGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";
import { pageBlock, pageKey } from "./testing-gateway.ts";
import { MailSession, mailSink } from "./testing-mail.ts";

const { postfix, dovecot } = optionalParts();

/** The fragments of docs/gateways/postfix-dovecot.md with a real SMTP client. They need root, and are left out without it. */
describe.skipIf(postfix === null || dovecot === null)("a real Postfix with a real Dovecot", () => {
  let database: TestDatabase;
  let gate: TestGate;
  let plan: number;
  let sink: Awaited<ReturnType<typeof mailSink>>;
  let folder: string;
  let port: number;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    plan = await seedPlan(database.sql, 4);
    await seedEndpoint(database.sql, { name: "smtp.send", surface: "smtp", path: "/", scope: "email:send" });
    await database.sql`insert into gateway_credential (name, hash, preview) values ('postfix', ${hashToken(pageKey)}, 'gthg_…')`;
    gate = await testGate(database.url, { policyPort: await freePort() });
    sink = await mailSink();
    port = await freePort();
    folder = mkdtempSync(join(tmpdir(), "gatehouse-postfix-"));
    chmodSync(folder, 0o755);
    startDovecot();
    startPostfix();
    await eventually("Postfix answers", () => MailSession.answers(port));
  }, 60_000);
  afterAll(async () => {
    // Its master stays when the program that started it is ended.
    if (folder) spawnSync(postfix ?? "postfix", ["-c", join(folder, "postfix"), "stop"]);
    for (const child of running) {
      if (child.exitCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    sink?.close();
    await gate?.remove();
    await database?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  function start(program: string, args: string[]): void {
    running.push(spawn(program, args, { stdio: "ignore" }));
  }

  function startDovecot(): void {
    mkdirSync(join(folder, "spool", "private"), { recursive: true });
    const secrets = join(folder, "gatehouse.conf.ext");
    writeFileSync(secrets, pageBlock("postfix-dovecot", "ini").replace("127.0.0.1:3001", `127.0.0.1:${gate.port}`));
    const page = pageBlock("postfix-dovecot", "dovecot")
      .replace("/etc/dovecot/gatehouse.conf.ext", secrets)
      .replace("/var/spool/postfix", join(folder, "spool"));
    // Without the penalty after failures, which would make tests wait.
    const around = `base_dir = ${folder}/dovecot\nstate_dir = ${folder}/dovecot-state\nlog_path = ${folder}/dovecot.log\nssl = no
protocols =\nservice anvil {\n unix_listener anvil-auth-penalty {\n mode = 0\n }\n}\n`;
    writeFileSync(join(folder, "dovecot.conf"), around + page);
    start(dovecot ?? "dovecot", ["-F", "-c", join(folder, "dovecot.conf")]);
  }

  function startPostfix(): void {
    const config = join(folder, "postfix");
    mkdirSync(config);
    const page = pageBlock("postfix-dovecot", "postfix")
      .replaceAll("127.0.0.1:10040", `127.0.0.1:${gate.policyPort}`)
      .replace("smtpd_tls_auth_only = yes", "smtpd_tls_auth_only = no");
    const around = `compatibility_level = 3.6\nqueue_directory = ${folder}/spool\ndata_directory = ${folder}/data\nmail_owner = postfix
maillog_file = ${folder}/mail.log\nmaillog_file_prefixes = ${folder}\nmyhostname = mail.example.com\nmydestination =
mynetworks =\ninet_interfaces = 127.0.0.1\nrelayhost = [127.0.0.1]:${sink.port}\nalias_maps =\nsmtpd_peername_lookup = no\n`;
    writeFileSync(join(config, "main.cf"), around + page);
    const services = ["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr"];
    const others = [
      "proxymap unix - - n - - proxymap",
      "rewrite unix - - n - - trivial-rewrite",
      "bounce unix - - n - 0 bounce",
      "defer unix - - n - 0 bounce",
    ];
    const more = [
      "trace unix - - n - 0 bounce",
      "smtp unix - - n - - smtp",
      "anvil unix - - n - 1 anvil",
      "postlog unix-dgram n - n - 1 postlogd",
    ];
    writeFileSync(
      join(config, "master.cf"),
      `127.0.0.1:${port} inet n - n - - smtpd\n${[...services, ...others, ...more].join("\n")}\n`,
    );
    mkdirSync(join(folder, "data"));
    spawnSync("chown", ["postfix", join(folder, "data"), join(folder, "spool", "private")]);
    start(postfix ?? "postfix", ["-c", config, "start-fg"]);
  }

  const client = async () => {
    const account = await seedAccount(database.sql, plan);
    return { account, ...(await seedToken(database.sql, account, { scopes: ["email:send"] })) };
  };

  it("takes mail from a token, and delivers it", async () => {
    const { id, secret } = await client();
    const session = await MailSession.open(port);
    await session.login(id, secret);
    await session.send(["you@example.com"], "first message");
    session.close();
    await eventually("delivery", async () => sink.messages.some((text) => text.includes("first message")));
  });

  it("refuses a wrong secret, another token's id, and a suspended account", async () => {
    const one = await client();
    const other = await client();
    const suspended = await client();
    await seedAction(database.sql, suspended.account, { type: "suspension", surface: "smtp" });
    const attempts = [
      [one.id, "gth_nonsense"],
      [other.id, one.secret],
      [suspended.id, suspended.secret],
    ] as const;
    for (const [user, pass] of attempts) {
      const session = await MailSession.open(port);
      await expect(session.login(user, pass)).rejects.toMatchObject({ responseCode: 535 });
      session.close();
    }
  });

  it("cuts off a session that is already open when its account is suspended", async () => {
    const { id, secret, account } = await client();
    const session = await MailSession.open(port);
    await session.login(id, secret);
    await session.send(["you@example.com"], "before the suspension");
    const standingVersion = await seedAction(database.sql, account, { type: "suspension" });
    await tellGates(database.sql, "gate_account", { accountId: account, standingVersion });
    await eventually("the gate has it", async () => {
      const [row] = await database.sql`select 1 from standing_confirmation where account_id = ${account}`;
      return row !== undefined;
    });
    await expect(session.send(["you@example.com"], "after the suspension")).rejects.toMatchObject({
      response: expect.stringMatching(/^554 5\.7\.1 .*The account is suspended/),
    });
    session.close();
    expect(sink.messages.join()).not.toContain("after the suspension");
  });

  it("counts each recipient, and defers what is over the quota", async () => {
    const { id, secret } = await client();
    const session = await MailSession.open(port);
    await session.login(id, secret);
    await session.send(["a@example.com", "b@example.com", "c@example.com"]);
    await session.send(["d@example.com"]);
    await expect(session.send(["e@example.com"])).rejects.toMatchObject({
      response: expect.stringMatching(/^451 4\.7\.1 .*quota of 4 requests per day is used up/),
    });
    session.close();
  });

  it("takes nothing when the gate is gone", async () => {
    const { id, secret } = await client();
    const session = await MailSession.open(port);
    await session.login(id, secret);
    await gate.stop();
    await expect(session.send(["you@example.com"])).rejects.toMatchObject({
      response: expect.stringMatching(/^451 4\.3\.5/),
    });
    session.close();
  });
});
