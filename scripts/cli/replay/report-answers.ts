import type { NumberedEntry } from "../access-log/read-entries.ts";
import { GateAway, type GateClient, type OutcomeReport } from "../gate-client.ts";

const mostAtOnce = 500;
const flushEveryMs = 500;
/** More of a path is not kept. */
const longestPath = 1_024;

/**
 * Tells the gate what the log's server answered to the requests that the gate allowed, as an API does that reports its statuses. In batches, in the
 * background: a batch that fails is sent again with the next one, and counts once. What is not told when the run is killed stays untold.
 */
export class AnswerReports {
  readonly #gate: Pick<GateClient, "report">;
  readonly #replayId: string;
  #waiting: OutcomeReport[] = [];
  #sending: Promise<void> = Promise.resolve();
  #flushedMs = performance.now();

  constructor(gate: Pick<GateClient, "report">, replayId: string) {
    this.#gate = gate;
    this.#replayId = replayId;
  }

  /** Of a request that was allowed; nothing if the line names no status. */
  add(entry: NumberedEntry, tokenId: string): void {
    const { status, ip, userAgent } = entry;
    if (status === null) return;
    this.#waiting.push({
      ...{ id: `${this.#replayId}:${entry.line}`, token: tokenId, kind: "status", status },
      ...(status < 400
        ? {}
        : {
            ...{ method: entry.method, path: (entry.target.split("?", 1)[0] || "/").slice(0, longestPath) },
            ...(ip === null ? {} : { ip }),
            ...(userAgent === null ? {} : { user_agent: userAgent }),
          }),
    });
    if (this.#waiting.length < mostAtOnce && performance.now() - this.#flushedMs < flushEveryMs) return;
    this.#flushedMs = performance.now();
    void this.flush().catch(() => undefined);
  }

  /** Sends all that waits. Rejects with the gate's own reason when it takes none of it. */
  flush(): Promise<void> {
    this.#sending = this.#sending.catch(() => undefined).then(() => this.#send());
    return this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostAtOnce);
      try {
        await this.#gate.report(batch);
      } catch (error) {
        if (error instanceof GateAway) this.#waiting.unshift(...batch);
        throw error;
      }
    }
  }
}
