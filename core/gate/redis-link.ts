import { createHash } from "node:crypto";
import { createClient, createCluster } from "@redis/client";

/** A script with its name on the server. */
export type RedisScript = { text: string; sha: string };

export function redisScript(text: string): RedisScript {
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

export type RedisLog = {
  warn: (fields: object, message: string) => void;
  info: (fields: object, message: string) => void;
};

/** A server that is silent for so long while something waits is dead without knowing it. */
const deafAfterMs = 1_000;
const lookEveryMs = 250;

type Sender = (key: string, args: string[]) => Promise<unknown>;

/**
 * The way to Redis or Valkey. Never waits for one that is away: what is asked meanwhile is rejected at once, and a connection
 * that hangs is given up. Several addresses, separated by commas, are nodes of a cluster.
 */
export class RedisLink {
  readonly #urls: readonly string[];
  readonly #log: RedisLog;
  #send: Sender = () => Promise.reject(new Error("Redis is not connected."));
  #drop: () => void = () => undefined;
  #isUp = false;
  #isEnded = false;
  #waiting = 0;
  #heardMs = 0;
  readonly #watch: NodeJS.Timeout;

  constructor(url: string, log: RedisLog) {
    this.#urls = url.split(",").map((one) => one.trim());
    this.#log = log;
    this.#open();
    this.#watch = setInterval(() => this.#look(), lookEveryMs);
    this.#watch.unref();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Runs a script on the node that holds `keys`. Rejects when there is no answer. */
  async run(script: RedisScript, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    if (this.#waiting === 0) this.#heardMs = performance.now();
    this.#waiting++;
    try {
      const rest = [String(keys.length), ...keys, ...args];
      const reply = this.#send(keys[0] ?? "", ["EVALSHA", script.sha, ...rest]);
      return await reply.catch((error: unknown) => {
        if (!isUnknownScript(error)) throw error;
        return this.#send(keys[0] ?? "", ["EVAL", script.text, ...rest]);
      });
    } finally {
      this.#waiting--;
      this.#heardMs = performance.now();
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#isUp = false;
    clearInterval(this.#watch);
    this.#drop();
  }

  #open(): void {
    const [url = ""] = this.#urls;
    const socket = { connectTimeout: 1_000, reconnectStrategy: (tries: number) => Math.min(500, 20 * 2 ** tries) };
    const options = { disableOfflineQueue: true, socket, RESP: 2 as const };
    if (this.#urls.length === 1) {
      const client = createClient({ url, ...options });
      this.#send = (_key, args) => client.sendCommand(args);
      this.#drop = () => client.destroy();
      client.on("ready", () => this.#up());
      client.on("error", (error: unknown) => this.#down(error));
      client.connect().catch((error: unknown) => this.#down(error));
      return;
    }
    const cluster = createCluster({ rootNodes: this.#urls.map((one) => ({ url: one })), defaults: options, RESP: 2 });
    this.#send = (key, args) => cluster.sendCommand(key, false, args);
    this.#drop = () => cluster.destroy();
    cluster.on("error", (error: unknown) => this.#down(error));
    const connect = (): Promise<void> =>
      cluster.connect().then(
        () => this.#up(),
        (error: unknown) => {
          this.#down(error);
          if (!this.#isEnded) setTimeout(connect, 500).unref();
        },
      );
    void connect();
  }

  #up(): void {
    if (this.#isUp || this.#isEnded) return;
    this.#isUp = true;
    this.#log.info({}, "Counting in Redis.");
  }

  #down(error: unknown): void {
    if (!this.#isUp || this.#isEnded) return;
    this.#isUp = false;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    this.#log.warn({ reason }, "Redis cannot be reached; GATE_FAIL decides about requests.");
  }

  #look(): void {
    if (this.#waiting === 0 || performance.now() - this.#heardMs < deafAfterMs) return;
    this.#down(new Error("Redis does not answer."));
    const drop = this.#drop;
    this.#open();
    this.#heardMs = performance.now();
    try {
      drop();
    } catch {
      // It was closed meanwhile.
    }
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("NOSCRIPT");
}
