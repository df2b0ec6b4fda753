import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { serve } from "@hono/node-server";
import fastify from "fastify";
import { Hono } from "hono";

/** The routes that every API here has; what no route names goes to `other`, as a careless API has it. */
export const apiRoutes = [
  { name: "email", method: "POST", path: "/v1/email", scope: "email:send" },
  { name: "domain", method: "GET", path: "/v1/domains/{id}", scope: "domains:read" },
  { name: "delete", method: "DELETE", path: "/v1/domains/{id}", scope: "domains:write" },
  { name: "inbound", method: "GET", path: "/v1/inbound/**", scope: "inbounds:write" },
  { name: "files", method: "GET", path: "/v1/files/**", scope: null },
  { name: "other", method: "*", path: "/**", scope: null },
] as const;

/** An API whose answer names the route that it ran. */
export type Api = { port: number; close: () => Promise<void> };

/** Asks the gate before a route is run; null = it may run, a number = the status of the refusal. */
export type Guard = (request: { method: string; target: string; authorization: string }) => Promise<number | null>;

const open: Guard = async () => null;

/** What Express calls its handlers with, as far as it is used here. */
type ExpressRequest = { method: string; originalUrl: string; headers: { authorization?: string } };
type ExpressResponse = { status: (code: number) => { end: () => void }; send: (text: string) => void };
type Handler = (request: ExpressRequest, response: ExpressResponse, next: () => void) => void;
type ExpressApp = Record<"get" | "post" | "delete" | "use", (...args: (string | RegExp | Handler)[]) => void> & {
  listen: (port: number, host: string) => Server;
};

/** Express brings no types. */
async function expressApi(name: string, rest: (path: string) => string, guard: Guard): Promise<Api> {
  const { default: express } = (await import(/* @vite-ignore */ name)) as { default: () => ExpressApp };
  const app = express();
  const ran =
    (name: string): Handler =>
    (_request, response) =>
      response.send(name);
  app.use((request, response, next) => {
    const authorization = request.headers.authorization ?? "";
    void guard({ method: request.method, target: request.originalUrl, authorization }).then((status) =>
      status === null ? next() : response.status(status).end(),
    );
  });
  app.post("/v1/email", ran("email"));
  app.get("/v1/domains/:id", ran("domain"));
  app.delete("/v1/domains/:id", ran("delete"));
  app.get(rest("/v1/inbound/"), ran("inbound"));
  app.get(rest("/v1/files/"), ran("files"));
  app.use(ran("other"));
  return listening(app.listen(0, "127.0.0.1"));
}

/** Real servers at their defaults, by name. */
export const apis: Record<string, (guard?: Guard) => Promise<Api>> = {
  "Express 4": (guard = open) => expressApi("express-4", (path) => `${path}*`, guard),
  "Express 5": (guard = open) => expressApi("express", (path) => `${path}*rest`, guard),
  Hono: (guard = open) => {
    const app = new Hono();
    app.use(async (c, next) => {
      const { pathname, search } = new URL(c.req.url);
      const authorization = c.req.header("authorization") ?? "";
      const status = await guard({ method: c.req.method, target: pathname + search, authorization });
      if (status !== null) return c.text("", status as 403);
      await next();
    });
    app.post("/v1/email", (c) => c.text("email"));
    app.get("/v1/domains/:id", (c) => c.text("domain"));
    app.delete("/v1/domains/:id", (c) => c.text("delete"));
    app.get("/v1/inbound/*", (c) => c.text("inbound"));
    app.get("/v1/files/*", (c) => c.text("files"));
    app.all("*", (c) => c.text("other"));
    return listening(serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server);
  },
  Fastify: async (guard = open) => {
    const app = fastify();
    app.addHook("onRequest", async (request, reply) => {
      const target = request.raw.url ?? "";
      const status = await guard({
        method: request.method,
        target,
        authorization: request.headers.authorization ?? "",
      });
      if (status !== null) await reply.code(status).send("");
    });
    app.post("/v1/email", async () => "email");
    app.get("/v1/domains/:id", async () => "domain");
    app.delete("/v1/domains/:id", async () => "delete");
    app.get("/v1/inbound/*", async () => "inbound");
    app.get("/v1/files/*", async () => "files");
    app.setNotFoundHandler(async (_request, reply) => reply.code(200).send("other"));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { port: (app.server.address() as AddressInfo).port, close: async () => app.close() };
  },
};

async function listening(server: Server): Promise<Api> {
  if (!server.listening) await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends a request target exactly as it stands, which clients that tidy it up do not; `text` is the body. */
export function sendRaw(
  port: number,
  { method, target, token }: { method: string; target: string; token: string },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const parts: Buffer[] = [];
    socket.on("data", (bytes) => parts.push(bytes));
    socket.on("error", reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${method} ${target}`)));
    socket.on("close", () => {
      const [head = "", ...body] = Buffer.concat(parts).toString("latin1").split("\r\n\r\n");
      const text = body.join("\r\n\r\n");
      const isChunked = /transfer-encoding: chunked/i.test(head);
      resolve({
        status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0),
        text: isChunked ? (text.split("\r\n")[1] ?? "") : text,
      });
    });
    const headers = [`Host: 127.0.0.1:${port}`, `Authorization: Bearer ${token}`, "Connection: close"];
    socket.write(Buffer.from(`${method} ${target} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`, "latin1"));
  });
}
