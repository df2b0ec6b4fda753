import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { boundUnusedConnections } from "./unused-connections.ts";

let server: Server;
const sockets: Socket[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
});

async function started(most?: number): Promise<number> {
  server = createServer((_request, response) => response.end("ok"));
  boundUnusedConnections(server, most);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

it("ends a connection that sends nothing for ten seconds, and no other", async () => {
  const times: number[] = [];
  const port = await started();
  server.on("connection", (socket) => times.push(socket.timeout ?? 0));
  const socket = await opened(port);
  await vi.waitFor(() => expect(times).toEqual([10_000]));
  const [mine] = await new Promise<Socket[]>((resolve) => {
    server.once("request", (request) => resolve([request.socket]));
    socket.write("GET / HTTP/1.1\r\nHost: gate\r\n\r\n");
  });
  await once(socket, "data");
  // After an answer Node's own time for idle connections holds.
  await vi.waitFor(() => expect(mine?.timeout).toBeGreaterThanOrEqual(server.keepAliveTimeout));
  mine?.emit("timeout");
  const silent = await opened(port);
  const serverSide = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const other = await opened(port);
  (await serverSide).emit("timeout");
  await once(other, "close");
  expect(silent.destroyed).toBe(false);
});

it("holds so many unused ones of an address, and takes more once some are used", async () => {
  const port = await started(32);
  let ended = 0;
  const all = await Promise.all(Array.from({ length: 40 }, () => opened(port)));
  for (const socket of all) socket.on("close", () => ended++);
  await vi.waitFor(() => expect(ended).toBe(8));
  const live = all.filter((socket) => !socket.destroyed);
  const [first] = live;
  first?.write("GET / HTTP/1.1\r\nHost: gate\r\n\r\n");
  if (first) await once(first, "data");
  const next = await opened(port);
  next.write("GET / HTTP/1.1\r\nHost: gate\r\n\r\n");
  const [answer] = await once(next, "data");
  expect(String(answer)).toContain("200");
});
