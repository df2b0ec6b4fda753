import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { optionalParts } from "../../../scripts/test/optional.mjs";
import { hashToken } from "../state/hash-token.ts";
import { seedAccount, seedAction, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, send, type TestGate, testGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";
import { pageBlock, pageKey } from "./testing-gateway.ts";
import { MailSession, mailSink } from "./testing-mail.ts";

const { nginx, nginxMail } = optionalParts();

let database: TestDatabase;
let gate: TestGate;
let plan: number;

beforeAll(async () => {
  database = await testDatabase();
  plan = await seedPlan(database.sql, 3);
  await seedEndpoint(database.sql, { name: "smtp.send", surface: "smtp", path: "/", scope: "email:send" });
  await database.sql`insert into gateway_credential (name, hash, preview) values ('nginx', ${hashToken(pageKey)}, 'gthg_…')`;
  gate = await testGate(database.url);
});
afterAll(async () => {
  await gate.remove();
  await database.close();
});

const client = async (change = {}) => {
  const account = await seedAccount(database.sql, plan);
  return { account, ...(await seedToken(database.sql, account, { scopes: ["email:send"], ...change })) };
};

describe("GET /mail-auth", () => {
  const ask = (headers: Record<string, string>) =>
    send(`${gate.url}/mail-auth`, {
      headers: {
        "x-gate-key": pageKey,
        "auth-method": "plain",
        "auth-protocol": "smtp",
        "auth-user": "anybody",
        "client-ip": "192.0.2.1",
        "x-mail-server": "127.0.0.1",
        "x-mail-port": "2525",
        ...headers,
      },
    });

  it("answers in headers alone, with the token's id as the user", async () => {
    const { secret, id } = await client({ allowedNetworks: ["192.0.2.0/24"] });
    expect(await ask({ "auth-pass": secret })).toMatchObject({
      status: 200,
      headers: { "auth-status": "OK", "auth-server": "127.0.0.1", "auth-port": "2525", "auth-user": id },
    });
    expect((await ask({ "auth-pass": secret, "client-ip": "198.51.100.1" })).headers["auth-error-code"]).toBe(
      "535 5.7.8",
    );
  });

  it.each<[string, Record<string, string>, string]>([
    ["a method that does not carry the token", { "auth-method": "cram-md5", "auth-salt": "<a@b>" }, "504 5.5.4"],
    ["no sign-in at all", { "auth-method": "none" }, "504 5.5.4"],
    ["another protocol", { "auth-protocol": "imap" }, "504 5.5.4"],
    ["no server to go on with", { "x-mail-server": "" }, "451 4.3.5"],
    ["a server by name", { "x-mail-server": "localhost" }, "451 4.3.5"],
    ["a broken escape", { "auth-pass": "%zz" }, "535 5.7.8"],
    ["a wrong token", { "auth-pass": "gth_nonsense" }, "535 5.7.8"],
  ])("refuses %s", async (_, change, code) => {
    const answer = await ask({ "auth-pass": "unknown-token-0123456789", ...change });
    expect(answer.status).toBe(200);
    expect(answer.headers["auth-error-code"]).toBe(code);
    expect(answer.headers["auth-status"]).not.toBe("OK");
    expect(answer.headers["auth-server"]).toBeUndefined();
  });
});

/** The configuration of docs/gateways/nginx-mail.md with a real SMTP client. Left out where there is no nginx with its mail module. */
describe.skipIf(nginxMail === null)("a real nginx as mail proxy", () => {
  let sink: Awaited<ReturnType<typeof mailSink>>;
  let proxy: ChildProcess;
  let folder: string;
  let port: number;

  beforeAll(async () => {
    sink = await mailSink();
    port = await freePort();
    folder = mkdtempSync(join(tmpdir(), "gatehouse-nginx-mail-"));
    chmodSync(folder, 0o755);
    const page = pageBlock("nginx-mail", "nginx")
      .replace("127.0.0.1:3001", `127.0.0.1:${gate.port}`)
      .replace("X-Mail-Port 2525", `X-Mail-Port ${sink.port}`)
      .replace("listen 587", `listen 127.0.0.1:${port}`);
    const user = process.getuid?.() === 0 ? "user root;" : "";
    writeFileSync(
      join(folder, "nginx.conf"),
      `load_module ${nginxMail}; ${user} daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log warn;
      events { worker_connections 64; } ${page}`,
    );
    proxy = spawn(nginx ?? "nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")], {
      stdio: "ignore",
    });
    await eventually("nginx answers", () => MailSession.answers(port));
  });
  afterAll(async () => {
    proxy?.kill("SIGTERM");
    if (proxy && proxy.exitCode === null) await once(proxy, "exit");
    sink?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("hands an allowed session on, under the token's id", async () => {
    const { secret, id } = await client();
    const session = await MailSession.open(port);
    await session.login("whatever", secret);
    await session.send(["you@example.com"], "the text");
    session.close();
    expect(sink.messages.at(-1)).toContain("the text");
    expect(sink.logins.at(-1)).toBe(id);
  });

  it("refuses a wrong token and a suspended account with 535 and the receipt", async () => {
    const suspended = await client();
    await seedAction(database.sql, suspended.account, { type: "suspension" });
    for (const pass of ["gth_nonsense", suspended.secret]) {
      const session = await MailSession.open(port);
      await expect(session.login("whatever", pass)).rejects.toMatchObject({
        responseCode: 535,
        response: expect.stringMatching(/^535 5\.7\.8 .*Receipt rcp_/),
      });
      session.close();
    }
  });

  it("tells a client that is over its quota to come again", async () => {
    const { secret } = await client();
    for (let i = 0; i < 4; i++) {
      const session = await MailSession.open(port);
      const login = session.login("whatever", secret);
      if (i < 3) await login;
      else
        await expect(login).rejects.toMatchObject({
          responseCode: 451,
          response: expect.stringContaining("451 4.7.0"),
        });
      session.close();
    }
  });

  it("lets nobody in when the gate is gone", async () => {
    const { secret } = await client();
    await gate.stop();
    const session = await MailSession.open(port);
    await expect(session.login("whatever", secret)).rejects.toMatchObject({ responseCode: 451 });
    session.close();
  });
});
