import { connect, createServer, type Server, type Socket } from "node:net";

/** A line to a database that a test can cut and mend: a TCP relay on a port of its own. */
export async function databaseLine(url: string) {
  const target = new URL(url);
  const open = new Set<Socket>();
  let server: Server;
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer((near) => {
        const far = connect(Number(target.port), target.hostname);
        for (const [socket, other] of [
          [near, far],
          [far, near],
        ] as const) {
          open.add(socket);
          socket.on("error", () => undefined);
          socket.on("close", () => {
            open.delete(socket);
            other.destroy();
          });
        }
        near.pipe(far).pipe(near);
      });
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
  const port = await listen(0);
  const through = new URL(url);
  through.port = String(port);
  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return { url: through.href, cut, mend: () => listen(port), close: cut };
}
