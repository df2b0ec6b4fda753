import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import { Token, TokenScopeType } from "mailersend";
import { OthersModule } from "mailersend/lib/modules/Others.module.js";
import { TokenModule } from "mailersend/lib/modules/Token.module.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { imposeAction } from "../../enforcement/impose-action.ts";
import type { Ctx } from "../../frame/context.ts";
import { tokenScopes } from "../../frame/permissions.ts";
import { logger } from "../../runtime/log.ts";
import { accountWith, staffCtx, testDay, testNow } from "../../testing.ts";
import { createToken } from "../../tokens/create-token.ts";
import { callsPerMinute, forgetOwnLimits, spendOwnLimit } from "../own-limit.ts";
import { handleDialect } from "./handle-dialect.ts";

let test: TestDatabase;
let server: Server;
let base: string;
let owner: Ctx;
let key: string;

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  owner = await (await accountWith(test.db, "Northwind")).memberCtx("owner");
  key = (await createToken(owner, { name: "automation", scopes: [...tokenScopes] })).secret;
  const desk = { db: test.db, log: logger("test"), publicUrl: "http://localhost" };
  server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const { method = "GET", url = "/" } = incoming;
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body = parts.length > 0 ? { body: Buffer.concat(parts).toString() } : {};
    const request = new Request(`${base}${url.slice(3)}`, { method, headers, ...body });
    const path = new URL(request.url).pathname.slice(3);
    const answer = await handleDialect(desk, request, { path, ip: "203.0.113.9", requestId: "r", now: testNow });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/v1`;
});
beforeEach(() => forgetOwnLimits());
afterAll(async () => {
  server.close();
  await test.close();
});

const tokens = (secret = key) => new TokenModule(secret, base);
/** Spends one of the calls of a minute, if there is one left. */
const spendOwnLimitOrNot = (accountId: string) => {
  try {
    spendOwnLimit(accountId, 1, testNow.getTime());
  } catch {
    // None is left, as wanted.
  }
};
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error("It was not refused.")),
    (error: { statusCode: number; body: unknown; headers: Record<string, string> }) => error,
  );

describe("the published client of the source document's provider, unchanged", () => {
  it("lists, creates, reads, renames, pauses, unpauses and deletes tokens, and reads the quota", async () => {
    const created = await tokens().create(
      new Token("from the client", [TokenScopeType.EMAIL_FULL, TokenScopeType.ANALYTICS_READ]),
    );
    expect(created.statusCode).toBe(200);
    const { data } = created.body as { data: Record<string, unknown> & { id: string; accessToken: string } };
    expect(data).toMatchObject({
      name: "from the client",
      scopes: ["email_full", "analytics_read"],
      has_full: false,
      domain: null,
      expires_at: null,
    });
    expect(data.accessToken).toMatch(/^gth_/);
    expect(data.created_at).toMatch(/\.\d{6}Z$/);

    const read = await tokens().single(data.id);
    expect(read.body).toEqual({
      data: {
        id: data.id,
        name: "from the client",
        status: "unpause",
        created_at: data.created_at,
        scopes: ["email_full", "analytics_read"],
      },
    });
    expect((await tokens().update(data.id, { name: "renamed" })).body).toMatchObject({
      data: { name: "renamed", status: "unpause" },
    });
    expect((await tokens().updateSettings(data.id, { status: "pause" })).body).toMatchObject({
      data: { name: "renamed", status: "pause" },
    });
    expect((await tokens().update(data.id, { status: "unpause" })).body).toMatchObject({ data: { status: "unpause" } });
    const settings = await fetch(`${base}/token/${data.id}/settings`, {
      method: "PUT",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: '{"status":"pause"}',
    });
    expect(await settings.json()).toMatchObject({ data: { status: "pause" } });

    for (let n = 0; n < 12; n += 1) await createToken(owner, { name: `more ${n}` });
    const list = await tokens().list({ page: 2, limit: 10 });
    const body = list.body as { data: { name: string }[]; links: unknown; meta: Record<string, unknown> };
    expect(body.data).toHaveLength(4);
    // All were made in one instant, so the paused one may be anywhere.
    const one = body.data.find(({ name }) => name.startsWith("more"));
    expect(one).toMatchObject({ status: "unpause", domain: null });
    expect(body.meta).toMatchObject({ current_page: 2, from: 11, last_page: 2, per_page: 10, to: 14, total: 14 });
    expect(body.links).toMatchObject({ next: null, prev: `${base}/token?page=1&limit=10` });

    const deleted = await fetch(`${base}/token/${data.id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${key}` },
    });
    expect([deleted.status, await deleted.text(), deleted.headers.get("content-type")]).toEqual([
      200,
      "",
      "text/html; charset=UTF-8",
    ]);
    const gone = await refused(tokens().single(data.id));
    expect(gone).toMatchObject({ statusCode: 404, body: { message: "Resource not found." } });
    expect(gone.headers).not.toHaveProperty("x-apiquota-remaining");

    const quota = await new OthersModule(key, base).getApiQuota();
    expect(quota.body).toEqual({ quota: 100_000, remaining: 100_000, reset: `${testDay(1)}T00:00:00.000000Z` });
    expect(list.headers["x-apiquota-remaining"]).toBe("100000");
  });

  it("is answered like an unknown token while staff have paused its own", async () => {
    const { secret, tokenId, accountId } = await createToken(owner, { name: "leaked", scopes: ["tokens:read"] });
    expect((await tokens(secret).list()).statusCode).toBe(200);
    await imposeAction(await staffCtx(test.db, "lead"), {
      accountId,
      type: "token_pause",
      tokenId,
      durationHours: 24,
      reasonCode: "token_leak",
      publicText: "The token was found in public.",
      internalNote: "A test.",
    });
    expect(await refused(tokens(secret).list())).toMatchObject({
      statusCode: 401,
      body: { message: "Unauthenticated." },
    });
    expect((await tokens().list()).statusCode).toBe(200);
  });

  it("gets the recorded bodies with 401, 403, 422 and 429", async () => {
    expect(await refused(tokens("gth_wrong").list())).toMatchObject({
      statusCode: 401,
      body: { message: "Unauthenticated." },
    });
    const bare = await createToken(owner, { name: "bare", scopes: ["email:send"] });
    const forbidden = await refused(tokens(bare.secret).list());
    expect(forbidden).toMatchObject({ statusCode: 403, body: { message: expect.stringMatching(/#MS40301$/) } });
    const fenced = await createToken(owner, {
      name: "f",
      scopes: ["tokens:read"],
      allowedNetworks: ["198.51.100.0/24"],
    });
    expect((await refused(tokens(fenced.secret).list())).body).toMatchObject({
      message: expect.stringMatching(/#MS40305$/),
    });
    const invalid = await refused(tokens().create(new Token("x", [TokenScopeType.SMS_FULL])));
    expect(invalid).toMatchObject({ statusCode: 422, body: { errors: { scopes: [expect.any(String)] } } });
    expect(await refused(tokens().create(new Token("x", [TokenScopeType.EMAIL_FULL], "d1")))).toMatchObject({
      statusCode: 422,
      body: { errors: { domain_id: [expect.any(String)] } },
    });
    expect(await refused(tokens().list({ limit: 5 }))).toMatchObject({ statusCode: 422 });
    if (owner.actor.kind !== "member") throw new Error("member");
    for (let n = 0; n < callsPerMinute; n += 1) spendOwnLimitOrNot(owner.actor.accountId);
    const limited = await refused(tokens().list());
    expect(limited).toMatchObject({ statusCode: 429, body: { message: expect.stringMatching(/#MS42903$/) } });
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
    expect((await new OthersModule(key, base).getApiQuota()).statusCode).toBe(200);
  });
});
