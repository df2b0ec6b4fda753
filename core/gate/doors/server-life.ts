import type { Server as TcpServer } from "node:net";
import type { GateServer } from "./server.ts";

/** Resolves when the server listens; rejects with what keeps it from it. */
export function listenOn(server: TcpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, 1024, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** The port it got, also when 0 was asked for. */
export function portOf(server: TcpServer): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Lets requests that have begun end, at most 5 s; connections close with their next answer. */
export async function drain({ server, plain }: GateServer): Promise<void> {
  server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  plain?.drain();
  const timer = setTimeout(() => {
    plain?.destroyAll();
    server.closeAllConnections();
  }, 5_000);
  await closed;
  clearTimeout(timer);
}
