import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { handleSecretScanning } from "../api/secret-scanning.ts";
import type { Ctx } from "../frame/context.ts";
import { testGate } from "../gate/testing/testing-gate.ts";
import { logger } from "../runtime/log.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { getToken } from "../tokens/get-token.ts";
import { reportLeak } from "./report-leak.ts";
import { ScanningKeys } from "./scanning-keys.ts";

let test: TestDatabase;
let owner: Ctx;
let keyServer: Server;
let keysUrl: string;
let isAway = false;
let fetched = 0;
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const stranger = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

beforeAll(async () => {
  test = await testDatabase();
  owner = await (await accountWith(test.db, "Northwind")).memberCtx("owner");
  keyServer = createServer((_request, response) => {
    fetched += 1;
    if (isAway) return response.writeHead(500).end();
    const key = publicKey.export({ type: "spki", format: "pem" });
    response.end(JSON.stringify({ public_keys: [{ key_identifier: "k1", key, is_current: true }] }));
  });
  await new Promise<void>((resolve) => keyServer.listen(0, "127.0.0.1", resolve));
  const address = keyServer.address();
  keysUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/keys`;
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(async () => {
  keyServer.close();
  await test.close();
});

/** Each from an address of their own. */
const visitor = (ip = `2001:db8::${Math.floor(Math.random() * 60_000).toString(16)}`) => ({
  ...ctxOf(test.db, { kind: "visitor" }),
  ip,
});
const made = async (name: string) => {
  const { tokenId, secret } = await createToken(owner, { name });
  const { preview } = await getToken(owner, { tokenId });
  return { tokenId, secret, preview };
};
const stateOf = async (tokenId: string) => (await getToken(owner, { tokenId })).state;
const rows = async () => {
  const [counted] = await test.db.execute<{ reports: number; flags: number; audits: number; mails: number }>(sql`
    select (select count(*) from leak_report)::int as reports, (select count(*) from flag)::int as flags,
      (select count(*) from audit_event)::int as audits, (select count(*) from mail)::int as mails`);
  return counted;
};

describe("a leaked token that somebody reports", () => {
  it("stops, tells its owners where it was found, opens a flag, and is told by webhook; the text is not kept", async () => {
    const { tokenId, secret, preview } = await made("billing-cron");
    await reportLeak(visitor(), { token: secret, url: "https://git.example.com/x" });
    expect(await getToken(owner, { tokenId })).toMatchObject({
      state: "revoked",
      revokedReason: "Found at https://git.example.com/x",
    });
    const flags = await test.db
      .select({ detector: flag.detector, scopeId: flag.scopeId })
      .from(flag)
      .where(eq(flag.scopeId, tokenId));
    expect(flags).toEqual([{ detector: "token_leak", scopeId: tokenId }]);
    const [message] = await test.db.select({ subject: mail.subject, text: mail.textBody }).from(mail).limit(1);
    expect(message?.subject).toContain("was found in public");
    expect(message?.text).toContain("https://git.example.com/x");
    const events = await test.sql`select type, payload from outbox_event where type = 'token.leaked'`;
    expect(events).toMatchObject([{ payload: { tokenId, preview, outcome: "revoked" } }]);
    const audits = await test.db.select({ action: auditEvent.action, actor: auditEvent.actorName }).from(auditEvent);
    expect(audits).toContainEqual({ action: "token.revoke", actor: "Leak intake" });
    expect(audits).toContainEqual({ action: "leak.report", actor: "Visitor" });
    for (const table of ["leak_report", "audit_event", "outbox_event", "mail", "flag", "alert"]) {
      const all = await test.sql`select to_jsonb(t)::text as text from ${test.sql(table)} t`;
      expect(JSON.stringify(all), table).not.toContain(secret);
    }
  });

  it("changes nothing when it is reported again, and a stranger's text changes nothing at all", async () => {
    const { secret } = await made("twice");
    await reportLeak(visitor(), { token: secret });
    const before = await rows();
    await reportLeak(visitor(), { token: secret });
    expect(await rows()).toEqual(before);
    const answer = await reportLeak(visitor(), { token: "gth_nothing-of-ours" });
    expect(answer.outcome).toBe("unknown");
    expect((await rows())?.flags).toBe(before?.flags);
  });

  it("is only paused where the operator wants it so", async () => {
    vi.stubEnv("LEAK_RESPONSE", "paused");
    const { tokenId, secret } = await made("gentle");
    await reportLeak(visitor(), { token: secret });
    expect(await stateOf(tokenId)).toBe("paused");
  });

  it("ends a staff key too, and takes only so many reports from one address", async () => {
    const admin = await staffCtx(test.db, "admin");
    const key = await createKey(admin, { name: "leaky", scopes: ["staff:cases:read"] });
    await reportLeak(visitor(), { token: key.secret });
    const [row] = await test.sql`select revoked_at from staff_key where id = ${key.keyId}`;
    expect(row?.revokedAt ?? row?.revoked_at).not.toBeNull();
    for (let n = 0; n < 20; n += 1) await reportLeak(visitor("198.51.100.7"), { token: `guess-${n}` });
    await expect(reportLeak(visitor("198.51.100.7"), { token: "guess" })).rejects.toMatchObject({ code: "throttled" });
  });
});

describe("the call of a secret scanner", () => {
  const call = async (
    body: string,
    options: { key?: KeyObject; id?: string; signature?: string | null; keys?: ScanningKeys; now?: Date } = {},
  ) => {
    const { key = privateKey, id = "k1", keys = new ScanningKeys(keysUrl), now = testNow } = options;
    const signature =
      options.signature === undefined ? sign("sha256", Buffer.from(body), key).toString("base64") : options.signature;
    const request = new Request("https://desk.acme.test/api/v1/intake/github-secret-scanning", {
      method: "POST",
      body,
      headers: {
        "github-public-key-identifier": id,
        ...(signature === null ? {} : { "github-public-key-signature": signature }),
      },
    });
    const desk = { db: test.db, log: logger("test"), publicUrl: "https://desk.acme.test" };
    return handleSecretScanning(desk, keys, request, { ip: "203.0.113.9", requestId: "r", now });
  };
  const bodyFor = (token: string) =>
    JSON.stringify([
      { token, type: "gatehouse_token", url: "https://git.example.com/leak", source: "Commit" },
      { token: "gth_notours", type: "gatehouse_token", url: "", source: "content" },
    ]);

  it("stops what is ours, says which that is, and may be repeated", async () => {
    const { tokenId, secret } = await made("scanned");
    const answer = await call(bodyFor(secret));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject([
      { label: "true_positive", token_type: "gatehouse_token" },
      { label: "false_positive" },
    ]);
    expect(await stateOf(tokenId)).toBe("revoked");
    const before = await rows();
    expect(await (await call(bodyFor(secret))).json()).toMatchObject([
      { label: "true_positive" },
      { label: "false_positive" },
    ]);
    expect(await rows()).toEqual(before);
  });

  it("stops it at a gate that knew it, within a second of the answer, as the form does", async () => {
    const gate = await testGate(test.url);
    try {
      for (const door of ["scanner", "form"]) {
        const { secret } = await made(`live ${door}`);
        const ask = async () => (await gate.verify({ token: secret, method: "GET", path: "/v1/api-quota" })).code;
        expect(await ask()).toBe("allowed");
        if (door === "scanner") await call(bodyFor(secret));
        else await reportLeak(visitor(), { token: secret });
        await expect.poll(ask, { timeout: 1_000, interval: 10 }).toBe("token_revoked");
      }
    } finally {
      await gate.remove();
    }
  });

  /** What it answers to a call about a live token, which must change nothing. */
  async function refused(answer: (body: string) => Promise<{ status: number }>): Promise<number> {
    const { tokenId, secret } = await made("kept");
    const before = await rows();
    const { status } = await answer(bodyFor(secret));
    expect(await rows()).toEqual(before);
    expect(await stateOf(tokenId)).toBe("active");
    return status;
  }

  it.each([
    ["forged", (body: string) => call(body, { key: stranger.privateKey })],
    ["of an unknown key", (body: string) => call(body, { id: "k2" })],
    [
      "altered",
      (body: string) =>
        call(`${body} `, { signature: sign("sha256", Buffer.from(body), privateKey).toString("base64") }),
    ],
    ["unsigned", (body: string) => call(body, { signature: null })],
    ["signed with nonsense", (body: string) => call(body, { signature: "AAAA" })],
  ])("that is %s changes nothing", async (_what, answer) => {
    expect(await refused(answer)).toBe(401);
  });

  it.each([
    ["nothing", ""],
    ["no list", "{}"],
    ["a list of no leaks", "[1]"],
    ["a token that is no text", '[{"token":1,"type":"x"}]'],
    ["too many leaks", `[${'{"token":"a","type":"b"},'.repeat(1_001).slice(0, -1)}]`],
  ])("that holds %s changes nothing", async (_what, body) => {
    expect(await refused(() => call(body))).toBe(400);
  });

  it("that is too large changes nothing", async () => {
    expect(await refused(() => call(`"${"x".repeat(1_100_000)}"`))).toBe(413);
  });

  it("is answered 503 while the scanner's keys cannot be read, and forged ids do not make us ask for them at will", async () => {
    const keys = new ScanningKeys(keysUrl);
    const atFirst = fetched;
    isAway = true;
    expect((await call("[]", { keys })).status).toBe(503);
    const forged = Array.from({ length: 20 }, (_, n) => call("[]", { keys, id: `forged-${n}` }));
    for (const { status } of await Promise.all(forged)) expect(status).toBe(503);
    expect(fetched).toBe(atFirst + 1);
    isAway = false;
    const now = new Date(testNow.getTime() + 60_001);
    const together = Array.from({ length: 5 }, () => call("[]", { keys, now }));
    for (const { status } of await Promise.all(together)) expect(status).toBe(200);
    expect(fetched).toBe(atFirst + 2);
    const before = fetched;
    for (let n = 0; n < 20; n += 1) await call("[]", { keys, now, id: `forged-${n}` });
    expect(fetched).toBe(before);
  });
});
