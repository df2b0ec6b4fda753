import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { parseNetworks } from "#core/rules/networks.ts";
import { clientAddress, isOnThisMachine, writeClientAddress } from "./client-address.ts";

let server: Server;
afterEach(() => server.close());

/** A web server that answers with the address its pages would see. */
async function served(trusted: string[]): Promise<(headers: Record<string, string>) => Promise<string>> {
  server = createServer((request, response) => {
    writeClientAddress(request, parseNetworks(trusted));
    const seen = new Headers(request.headers as Record<string, string>);
    response.setHeader("x-seen-here", String(isOnThisMachine(seen)));
    response.end(clientAddress(seen) ?? "nobody");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return async (headers) => {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
    return `${await response.text()}${response.headers.get("x-seen-here") === "true" ? " here" : ""}`;
  };
}

const forged = { "x-forwarded-for": "203.0.113.9", "x-client-address": "203.0.113.9" };

describe("the client's address", () => {
  it("is the connection's, whatever the client writes, where no proxy is trusted", async () => {
    const ask = await served([]);
    expect(await ask(forged)).toBe("127.0.0.1");
    expect(await ask({})).toBe("127.0.0.1 here");
  });

  it("is not this machine's where a proxy here asks that says nothing of the client", async () => {
    const ask = await served([]);
    expect(await ask({ "x-real-ip": "203.0.113.9" })).toBe("127.0.0.1");
    expect(await ask({ via: "1.1 varnish" })).toBe("127.0.0.1");
    const raw = (head: string) =>
      new Promise<string>((resolve) => {
        const { port } = server.address() as AddressInfo;
        const socket = connect(port, "127.0.0.1", () => socket.end(`${head}\r\nConnection: close\r\n\r\n`));
        let text = "";
        socket.on("data", (bytes) => {
          text += bytes.toString();
        });
        socket.on("close", () => resolve(/x-seen-here: (\w+)/i.exec(text)?.[1] ?? text));
      });
    expect(await raw("GET / HTTP/1.1\r\nHost: 127.0.0.1:3000")).toBe("true");
    expect(await raw("GET / HTTP/1.1\r\nHost: [::1]:3000")).toBe("true");
    expect(await raw("GET / HTTP/1.1\r\nHost: access.example.com")).toBe("false");
    // As nginx asks when its page says nothing but proxy_pass.
    expect(await raw("GET / HTTP/1.0\r\nHost: 127.0.0.1:3000")).toBe("false");
  });

  it("is what a trusted proxy says, and never what stands left of it", async () => {
    const ask = await served(["127.0.0.0/8"]);
    expect(await ask({ "x-forwarded-for": "192.0.2.66, 203.0.113.9" })).toBe("203.0.113.9");
    expect(await ask({ "x-client-address": "203.0.113.9", forwarded: "for=203.0.113.9" })).toBe("127.0.0.1");
    expect(await ask({ "x-forwarded-for": "127.0.0.1", "x-client-direct": "1" })).toBe("127.0.0.1");
  });

  it("is not known where Next.js runs without this server, rather than what anybody sends", async () => {
    await served([]);
    Object.assign(globalThis, { gatehouseWritesClientAddress: undefined });
    expect(clientAddress(new Headers(forged))).toBeNull();
  });
});
