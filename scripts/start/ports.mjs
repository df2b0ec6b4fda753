import { createServer } from "node:net";

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
export async function portIsFree(port, host) {
  return (await tryListen(port, host)) !== null;
}

/** @returns {Promise<number>} a loopback port that nothing listens on */
export async function freePort() {
  const port = await tryListen(0, "127.0.0.1");
  if (port === null) throw new Error("No free port on 127.0.0.1.");
  return port;
}

/** @param {number} port @param {string} host @returns {Promise<number | null>} */
function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}
