import { Worker } from "node:worker_threads";
import type { GateCounts } from "../state/gate-counts.ts";
import type { ImporterOrder, ImporterReport, ImporterTask } from "./importer-thread.ts";
import type { ImportPosition } from "./journal-position.ts";

export type ImportLog = { warn: (fields: object, message: string) => void };

const restartAfterMs = 1_000;
/** A batch holds about 100 MB at most; with a bound in sight V8 collects what is over instead of growing. */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 16 };
/** While it lasts, a failure is said once in so long. */
const sayEveryMs = 60_000;

/** The importer's thread as the gate sees it: started again when it dies, asked for a last import at the end. */
export class ImportLink {
  readonly #script: URL;
  readonly #counts: GateCounts;
  readonly #log: ImportLog;
  readonly #onPosition: (position: ImportPosition) => void;
  #task: ImporterTask;
  #worker: Worker | null = null;
  #isStopping = false;
  #saidAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    script: URL,
    task: ImporterTask,
    counts: GateCounts,
    log: ImportLog,
    onPosition: (position: ImportPosition) => void,
  ) {
    this.#script = script;
    this.#task = task;
    this.#counts = counts;
    this.#log = log;
    this.#onPosition = onPosition;
  }

  start(): void {
    const worker = new Worker(this.#script, { workerData: this.#task, resourceLimits });
    this.#worker = worker;
    worker.on("message", (report: ImporterReport) => this.#heard(report));
    worker.on("error", (error) => this.#log.warn({ reason: error.message }, "The importer failed."));
    worker.on("exit", () => {
      this.#worker = null;
      if (!this.#isStopping) setTimeout(() => this.#isStopping || this.start(), restartAfterMs).unref();
    });
  }

  keep(keepMs: number): void {
    if (keepMs === this.#task.keepMs) return;
    this.#task = { ...this.#task, keepMs };
    this.#order({ kind: "keep", keepMs });
  }

  /** Seconds the thread has worked since it was started. */
  get busySeconds(): number {
    return (this.#worker?.performance.eventLoopUtilization().active ?? 0) / 1000;
  }

  /** Resolves when the last import is done, or after that many milliseconds: what is not counted is counted at the next start. */
  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true;
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    this.#order({ kind: "stop" });
    const timer = setTimeout(() => void worker.terminate(), withinMs);
    await ended;
    clearTimeout(timer);
  }

  #order(order: ImporterOrder): void {
    this.#worker?.postMessage(order);
  }

  #heard(report: ImporterReport): void {
    if (report.kind === "failed") {
      this.#counts.importFailures++;
      if (performance.now() - this.#saidAtMs > sayEveryMs) {
        this.#saidAtMs = performance.now();
        this.#log.warn({ reason: report.reason }, "The journal cannot be counted for now; it waits.");
      }
      return;
    }
    this.#onPosition(report.position);
    this.#counts.importedBytes += report.bytes;
    this.#counts.importedRecords += report.records;
    if (report.damaged > 0) this.#log.warn({ lines: report.damaged }, "Lines of the journal could not be read.");
    this.#counts.damagedRecords += report.damaged;
  }
}
