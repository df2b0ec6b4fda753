import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { followStream } from "./follow-stream.ts";

let server: Server | undefined;

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
}

describe("following a stream", () => {
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it("puts events together however they are cut, opens again after the end, and stops when refused", async () => {
    let opened = 0;
    const url = await serve((_request, response) => {
      opened += 1;
      if (opened === 3) {
        response.writeHead(404).end("no");
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: {"n":${opened}`);
      setImmediate(() => response.end(`}\n\ndata: {"last":true}\n\n`));
    });
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      followStream(url, { onData: (data) => seen.push(data), onSilent: () => undefined, onRefused: resolve });
    });
    expect(seen).toEqual([{ n: 1 }, { last: true }, { n: 2 }, { last: true }]);
    expect(opened).toBe(3);
  });

  it("says that nothing comes while the server fails, and goes on trying", async () => {
    let opened = 0;
    const url = await serve((_request, response) => {
      opened += 1;
      response.writeHead(opened < 3 ? 503 : 200);
      if (opened < 3) response.end();
      else response.write('data: "here"\n\n');
    });
    const told: string[] = [];
    await new Promise<void>((resolve) => {
      const close = followStream(url, {
        onData: (data) => {
          told.push(String(data));
          close();
          resolve();
        },
        onSilent: () => told.push("silent"),
        onRefused: () => told.push("refused"),
      });
    });
    expect(told).toEqual(["silent", "here"]);
  });
});
