import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Desk, domain } from "../testing/testing-desk.ts";
import { send } from "../testing/testing-gate.ts";

type Handler = (request: unknown, response: unknown, next?: unknown) => unknown;

let desk: Desk;
let folder: string;
beforeAll(async () => {
  desk = await Desk.open();
  // Below the packages, so that the files find them; they say themselves how they are called.
  folder = join(process.cwd(), "node_modules", ".cache", `gatehouse-fetch-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const page = readFileSync("docs/gateways/fetch.md", "utf8");
  for (const [, name = "", code = ""] of page.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)) {
    // Plain Node wants the whole name of this one, Next does not.
    writeFileSync(join(folder, name), code.replace('"next/server"', '"next/server.js"'));
  }
  process.env.GATE_URL = desk.gate.url;
});
afterAll(async () => {
  delete process.env.GATE_URL;
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const load = async (name: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href);

async function listening(handler: Handler): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => void handler(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("the files of docs/gateways/fetch.md", () => {
  it("guard an Express app", async () => {
    const { default: express } = (await import(/* @vite-ignore */ "express" as string)) as { default: () => Express };
    const app = express();
    const { gatehouse } = await load("express.js");
    app.use(gatehouse);
    app.use((request: { gatehouse: unknown }, response: { json: (body: unknown) => void }) =>
      response.json(request.gatehouse),
    );
    const { url, server } = await listening(app as unknown as Handler);
    const { secret, id, account } = await desk.client();
    const passed = await send(`${url}${domain.path}?a=b`, { headers: bearer(secret) });
    expect(passed.status).toBe(200);
    expect(JSON.parse(passed.text)).toEqual({ account, token: id, scopes: ["email:send"] });
    expect(passed.headers["x-apiquota-remaining"]).toBe("99");
    await expectRefusals(url, secret);
    server.close();
  });

  it("guard a Hono app", async () => {
    const { gatehouse } = await load("hono.js");
    const app = new Hono<{ Variables: { gatehouse: unknown } }>();
    app.use((gatehouse as (addressOf?: unknown) => Parameters<typeof app.use>[1])());
    app.all("*", (c) => c.json(c.get("gatehouse") as object));
    const { secret, id, account } = await desk.client();
    const passed = await app.request(`http://api${domain.path}`, { headers: bearer(secret) });
    expect(passed.status).toBe(200);
    expect(await passed.json()).toEqual({ account, token: id, scopes: ["email:send"] });
    expect(passed.headers.get("x-apiquota-remaining")).toBe("99");
    const refused = await app.request("http://api/nowhere", { headers: bearer(secret) });
    expect(refused.status).toBe(403);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({ code: "unknown_endpoint" });
  });

  it("guard the routes of a Next app, and overwrite identity that a client brings", async () => {
    const { proxy } = await load("proxy.js");
    const run = proxy as (request: Request) => Promise<Response>;
    const { secret, id, account } = await desk.client({ scopes: [] });
    const forged = { "x-account-id": "forged", "x-account-external-id": "forged", "x-scopes": "everything" };
    const passed = await run(new Request(`http://api${domain.path}`, { headers: { ...bearer(secret), ...forged } }));
    expect(passed.status).toBe(200);
    expect(Object.fromEntries(passed.headers)).toMatchObject({
      "x-middleware-request-x-account-id": account,
      "x-middleware-request-x-account-external-id": "-",
      "x-middleware-request-x-token-id": id,
      "x-middleware-request-x-scopes": "-",
      "x-apiquota-remaining": "99",
    });
    const refused = await run(new Request("http://api/nowhere", { headers: bearer(secret) }));
    expect(refused.status).toBe(403);
  });

  it("let nobody pass when the gate does not answer", async () => {
    const { askGate } = await load("gatehouse.js");
    const ask = askGate as (request: object) => Promise<{ allowed: boolean; status: number }>;
    const { secret } = await desk.client();
    const request = { method: "GET", target: domain.path, headers: new Headers(bearer(secret)) };
    expect(await ask(request)).toMatchObject({ allowed: true });
    await desk.gate.stop();
    expect(await ask(request)).toMatchObject({ allowed: false, status: 503 });
  });
});

type Express = ((request: unknown, response: unknown) => void) & { use: (handler: unknown) => void };

async function expectRefusals(url: string, secret: string): Promise<void> {
  const none = await send(`${url}${domain.path}`);
  expect(none).toMatchObject({ status: 401, headers: { "www-authenticate": 'Bearer realm="api"' } });
  const unknown = await send(`${url}/nowhere`, { headers: bearer(secret) });
  expect(unknown).toMatchObject({
    status: 403,
    headers: { "content-type": expect.stringContaining("application/problem+json") },
  });
  expect(JSON.parse(unknown.text)).toMatchObject({
    code: "unknown_endpoint",
    receipt: unknown.headers["x-receipt-id"],
  });
}
