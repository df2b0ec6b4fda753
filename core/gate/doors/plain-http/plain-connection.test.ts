import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { drain } from "../server-life.ts";
import { gatewaySecret, startServer, type TestServer, tokens } from "./testing-servers.ts";
import { forwarded, verify, verifyBody } from "./testing-streams.ts";

let server: TestServer;
const sockets: Socket[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.plain?.destroyAll();
  server.server.closeAllConnections();
  server.server.close();
});

/** A client, the server's side of its connection, and what has come so far. */
async function opened() {
  const accepted = once(server.server, "connection") as Promise<[Socket]>;
  const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true }).on("error", () => undefined);
  sockets.push(socket);
  const [near] = await accepted;
  const seen = { text: "" };
  socket.on("data", (chunk) => {
    seen.text += chunk.toString("latin1");
  });
  return { socket, near, seen };
}

const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
const answers = (seen: { text: string }, count: number) =>
  vi.waitFor(() => expect(statuses(seen.text)).toHaveLength(count), { interval: 2 });
const slow = verify(verifyBody(tokens.slow));
const quick = verify();
const health = "GET /healthz HTTP/1.1\r\nHost: gate\r\n\r\n";

it("answers in the order asked, although what is known at once is decided first", async () => {
  server = await startServer(true);
  const { socket, seen } = await opened();
  const none = verify(verifyBody(tokens.none));
  socket.write(slow + none + quick + slow + forwarded());
  await answers(seen, 5);
  expect(statuses(seen.text)).toEqual([200, 200, 200, 200, 401]);
  expect([...seen.text.matchAll(/"code":"(\w+)","status"/g)].map(([, code]) => code)).toEqual([
    "allowed",
    "unknown_token",
    "allowed",
    "allowed",
  ]);
});

it("sends what was asked in one turn with one write", async () => {
  server = await startServer(true);
  const { socket, near, seen } = await opened();
  const write = vi.spyOn(near, "write");
  socket.write(quick.repeat(20));
  await answers(seen, 20);
  expect(write).toHaveBeenCalledTimes(1);
});

it("hands over what is not plain once all before it is answered, and answers it after them", async () => {
  server = await startServer(true);
  const asked = vi.fn();
  server.server.on("request", asked);
  const { socket, near, seen } = await opened();
  socket.write(slow + quick + health + quick);
  await answers(seen, 4);
  expect(seen.text).toMatch(/allowed[\s\S]*allowed[\s\S]*\r\n\r\nok\nHTTP[\s\S]*allowed/);
  // The rest of the connection is node:http's.
  expect(asked).toHaveBeenCalledTimes(2);
  socket.write(quick);
  await answers(seen, 5);
  expect(asked).toHaveBeenCalledTimes(3);
  expect(near.listenerCount("data")).toBe(1);
});

it("hands over once, although several answers let it", async () => {
  server = await startServer(true);
  const { socket, seen } = await opened();
  socket.write(quick + quick + quick + health);
  await answers(seen, 4);
  await sleep(20);
  expect(statuses(seen.text)).toHaveLength(4);
});

it("hands over, in one piece, what comes while answers are still owed", async () => {
  server = await startServer(true);
  const { socket, seen } = await opened();
  socket.write(`${slow}GET /healthz HT`);
  await sleep(1);
  socket.write("TP/1.1\r\nHost: g");
  await sleep(1);
  socket.write(`ate\r\n\r\n${quick}`);
  await answers(seen, 3);
  expect(seen.text).toMatch(/allowed[\s\S]*\r\n\r\nok\nHTTP[\s\S]*allowed/);
});

it("waits for the rest of a plain request, but not for ever", async () => {
  server = await startServer(true);
  const asked = vi.fn();
  server.server.on("request", asked);
  const { socket, seen } = await opened();
  for (const piece of [quick.slice(0, 30), quick.slice(30, 110), quick.slice(110)]) {
    socket.write(piece);
    await sleep(10);
  }
  await answers(seen, 1);
  expect(asked).not.toHaveBeenCalled();
  socket.write(quick.slice(0, -1));
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1), 3_000);
  socket.write(quick.slice(-1));
  await answers(seen, 2);
});

it("lets node:http look after a client that sends its head byte by byte", async () => {
  server = await startServer(true);
  const { socket, near } = await opened();
  for (const byte of quick.slice(0, 40)) {
    socket.write(byte);
    await sleep(2);
  }
  // Its parser hangs on the socket.
  expect(near).toHaveProperty("parser", expect.anything());
});

it("reads no more while the client does not take its answers", async () => {
  server = await startServer(true);
  const { socket, near, seen } = await opened();
  socket.pause();
  let sent = 0;
  const batch = quick.repeat(200);
  while (!near.isPaused() && sent < 200_000) {
    socket.write(batch);
    sent += 200;
    await sleep(1);
  }
  expect(near.isPaused()).toBe(true);
  const decided = server.lines.length;
  await sleep(50);
  expect(server.lines.length).toBe(decided);
  expect(near.writableLength).toBeLessThan(4_000_000);
  socket.resume();
  await vi.waitFor(() => expect(statuses(seen.text)).toHaveLength(sent), { timeout: 20_000, interval: 100 });
  expect(server.lines).toHaveLength(sent);
});

it("knows its callers: who may not ask is answered by node:http", async () => {
  server = await startServer(true, true);
  const asked = vi.fn();
  server.server.on("request", asked);
  const { socket, seen } = await opened();
  socket.write(verify(verifyBody(tokens.quick), [`Authorization: Bearer ${gatewaySecret}`]));
  socket.write(forwarded("/forward-auth", [`X-Gate-Key: ${gatewaySecret}`, `Authorization: Bearer ${tokens.quick}`]));
  await answers(seen, 2);
  expect(asked).not.toHaveBeenCalled();
  socket.write(quick);
  await answers(seen, 3);
  expect(statuses(seen.text)).toEqual([200, 200, 401]);
  expect(asked).toHaveBeenCalledTimes(1);
});

it("keeps nothing of a body for who may not ask", async () => {
  server = await startServer(true, true);
  const { socket, seen } = await opened();
  socket.write(verify("x".repeat(60_000)).slice(0, 50_000));
  await vi.waitFor(() => expect(statuses(seen.text)).toEqual([401]), { timeout: 800, interval: 5 });
});

it("ends an idle connection after the time it names", async () => {
  server = await startServer(true);
  const { socket, near, seen } = await opened();
  expect(near.timeout).toBe(10_000);
  socket.write(quick);
  await answers(seen, 1);
  expect(seen.text).toContain("Keep-Alive: timeout=65\r\n");
  expect(near.timeout).toBe(65_000);
  near.emit("timeout");
  await once(socket, "close");
});

it("stops: idle connections end, what has begun is answered, and its connection closes with that", async () => {
  server = await startServer(true);
  const [idle, unused, owed, begun] = [await opened(), await opened(), await opened(), await opened()];
  idle.socket.write(quick);
  await answers(idle.seen, 1);
  const ended = [idle, unused, owed, begun].map(({ socket }) => once(socket, "close"));
  begun.socket.write(quick.slice(0, 100));
  owed.socket.write(slow + slow);
  await vi.waitFor(() => expect(owed.near.bytesRead).toBeGreaterThan(0), { interval: 1 });
  const stopped = drain(server);
  await Promise.all([ended[0], ended[1], ended[2]]);
  expect(statuses(owed.seen.text)).toEqual([200, 200]);
  expect(owed.seen.text.match(/Connection: (keep-alive|close)/g)).toEqual([
    "Connection: keep-alive",
    "Connection: close",
  ]);
  begun.socket.write(quick.slice(100));
  await Promise.all([ended[3], stopped]);
  expect(begun.seen.text).toContain("Connection: close");
  expect(statuses(begun.seen.text)).toEqual([200]);
});
