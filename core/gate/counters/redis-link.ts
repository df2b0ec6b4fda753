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

/**
 * A server that is silent for so many looks (2 s) while something waits is dead without knowing it. Looks, not a clock: after a
 * moment in which this process itself did not run, answers are read before the next look.
 */
const deafAfterLooks = 8;
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
  /** Raised with each new connection: what an old one still says does not count. */
  #opened = 0;
  #waiting = 0;
  #answers = 0;
  #answersAtLook = 0;
  #silentLooks = 0;
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
      this.#answers++;
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
    const opened = ++this.#opened;
    const up = () => opened === this.#opened && this.#up();
    const down = (error: unknown) => opened === this.#opened && this.#down(error);
    // The client's own timer for each command costs a third of a decision; a server that is silent is given up by `#look`.
    const commandOptions = { timeout: 0 };
    const options = { disableOfflineQueue: true, socket, RESP: 2 as const, commandOptions };
    if (this.#urls.length === 1) {
      const client = createClient({ url, ...options });
      this.#send = (_key, args) => client.sendCommand(args);
      this.#drop = () => client.destroy();
      client.on("ready", up);
      client.on("error", down);
      client.connect().catch(down);
      return;
    }
    const rootNodes = this.#urls.map((one) => ({ url: one }));
    const cluster = createCluster({ rootNodes, defaults: options, RESP: 2, commandOptions });
    this.#send = (key, args) => cluster.sendCommand(key, false, args);
    this.#drop = () => cluster.destroy();
    cluster.on("error", down);
    const connect = (): Promise<void> =>
      cluster.connect().then(
        () => void up(),
        (error: unknown) => {
          down(error);
          if (!this.#isEnded && opened === this.#opened) setTimeout(connect, 500).unref();
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
    const isSilent = this.#waiting > 0 && this.#answers === this.#answersAtLook;
    this.#answersAtLook = this.#answers;
    this.#silentLooks = isSilent ? this.#silentLooks + 1 : 0;
    if (this.#silentLooks < deafAfterLooks) return;
    this.#silentLooks = 0;
    this.#down(new Error("Redis does not answer."));
    const drop = this.#drop;
    this.#open();
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
