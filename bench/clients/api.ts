import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CountedTraffic } from "#core/detection/testing-counts.ts";

export const limit = 60;
export const windowSeconds = 60;

/** An API with one endpoint at 60 a minute, which answers with 200, or 429 and Retry-After as the gate says it. */
export class Api {
  readonly counted = new CountedTraffic(limit, windowSeconds, Date.now());
  readonly #server: Server;
  url = "";
  /** As the clients lived it: `early` were refused between an answer that told an address to wait and the end of that wait. */
  readonly truth = { requests: 0, refused: 0, early: 0 };
  readonly #waits = new Map<string, { fromMs: number; toMs: number }>();

  constructor() {
    this.#server = createServer((request, response) => {
      request.resume();
      // A proxy would tell the client's address so.
      const address = String(request.headers["x-forwarded-for"] ?? "198.51.100.7");
      const atMs = Date.now();
      const { isAllowed, retryAfterSeconds } = this.counted.decide(atMs, address, 1);
      const wait = this.#waits.get(address);
      this.truth.requests++;
      if (!isAllowed) this.truth.refused++;
      if (!isAllowed && wait && atMs > wait.fromMs && atMs < wait.toMs) this.truth.early++;
      setTimeout(() => {
        response.statusCode = isAllowed ? 200 : 429;
        if (!isAllowed && retryAfterSeconds !== null) response.setHeader("Retry-After", String(retryAfterSeconds));
        response.setHeader("Content-Type", "application/json");
        response.end("{}");
        if (retryAfterSeconds === null || isAllowed || (wait && atMs < wait.toMs)) return;
        this.#waits.set(address, { fromMs: Date.now(), toMs: atMs + 1000 * retryAfterSeconds });
      }, 30);
    });
    this.#server.keepAliveTimeout = 120_000;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/things`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
