import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Node looks after connections that have sent something; one that has sent nothing would stay for ever. */
const firstRequestMs = 10_000;
/** Above any burst of one gateway, whose connections are all accepted before the first is read, and below half of all. */
const mostPerAddress = 4_096;

/**
 * Ends connections on which no request has come within 10 s, and the newest of an address that has more than `most` of them.
 * Returns what is to be called when a request has come that the server itself does not see.
 */
export function boundUnusedConnections(server: Server, most = mostPerAddress): (socket: Socket) => void {
  const unused = new Set<Socket>();
  const byAddress = new Map<string, number>();
  const forget = (socket: Socket, address: string) => {
    if (!unused.delete(socket)) return;
    const left = (byAddress.get(address) ?? 1) - 1;
    if (left > 0) byAddress.set(address, left);
    else byAddress.delete(address);
  };
  const used = (socket: Socket) => {
    if (unused.has(socket)) forget(socket, socket.remoteAddress ?? "");
  };
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    const open = (byAddress.get(address) ?? 0) + 1;
    if (open > most) {
      socket.destroy();
      return;
    }
    byAddress.set(address, open);
    unused.add(socket);
    // Node's own time for what follows a request takes the place of this one.
    socket.setTimeout(firstRequestMs);
    socket.once("close", () => forget(socket, address));
  });
  server.on("request", ({ socket }) => used(socket));
  return used;
}
