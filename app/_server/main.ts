import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { parseNetworkList } from "#core/rules/networks.ts";
import { env } from "#core/runtime/env.ts";
import { logger } from "#core/runtime/log.ts";
import { writeClientAddress } from "./client-address.ts";
import { impossibleRequest } from "./impossible-request.ts";
import { otherAddress, writePublicHost } from "./public-host.ts";

/**
 * The web app behind a server of its own: Next.js knows no trusted proxies and takes the client's address from whoever sends one.
 */
const log = logger("web");
const { PUBLIC_URL, WEB_HOST, WEB_PORT, WEB_TRUSTED_PROXIES, NODE_ENV } = env();
const trusted = parseNetworkList(WEB_TRUSTED_PROXIES);
/** Longer than those of common proxies, so that a proxy never sends into a connection that is just being closed. */
const keepAliveMs = 75_000;
/** Requests that are being answered get this long when the process ends; streams are cut off. */
const drainMs = 5_000;

const app = next({ dev: NODE_ENV === "development", hostname: WEB_HOST, port: WEB_PORT });
await app.prepare();
const answer = app.getRequestHandler();
const server = createServer((request, response) => {
  const refusal = impossibleRequest(request);
  if (refusal) return refuse(response, refusal);
  const elsewhere = otherAddress(request, PUBLIC_URL);
  // With more than these two words in it, the script that sent the form would not look at the text.
  // The connection stays: a sender that is still sending its form would see it break, and not the answer.
  const headers = { "content-type": "text/plain", connection: "keep-alive" };
  if (elsewhere) return refuse(response, { status: 403, text: elsewhere, headers });
  writeClientAddress(request, trusted);
  writePublicHost(request, PUBLIC_URL);
  sayIgnored(request);
  void answer(request, response);
});
server.keepAliveTimeout = keepAliveMs;
server.headersTimeout = 15_000;
server.on("upgrade", app.getUpgradeHandler());
server.listen(WEB_PORT, WEB_HOST, () => log.info({ host: WEB_HOST, port: WEB_PORT }, "Web listens"));
server.once("error", (error) => {
  log.fatal({ err: error }, "Web cannot listen");
  process.exit(1);
});

function refuse(
  response: ServerResponse,
  { status, text, headers }: NonNullable<ReturnType<typeof impossibleRequest>>,
) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close", ...headers });
  response.end(text);
}

let hasSaid = false;
/** Behind a proxy that is not trusted everybody has the proxy's address, and shares its limits. */
function sayIgnored(request: IncomingMessage): void {
  if (hasSaid || trusted.length > 0 || request.headers["x-forwarded-for"] === undefined) return;
  hasSaid = true;
  log.warn(
    { peer: request.socket.remoteAddress },
    "X-Forwarded-For is ignored. If this peer is your proxy, name it in WEB_TRUSTED_PROXIES; until then everyone counts as one address",
  );
}

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), drainMs).unref();
  await new Promise((resolve) => server.once("close", resolve));
  await app.close();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
