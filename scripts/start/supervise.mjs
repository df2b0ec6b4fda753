import { setTimeout as sleep } from "node:timers/promises";

/** The first restart is immediate; a process that keeps dying is tried less and less often. */
const restartDelaysMs = [0, 250, 500, 1000, 2000, 5000];
/** A process that lived this long is healthy: its next death starts the row of delays anew. */
const healthyAfterMs = 10_000;
/** How long a process may take to end in order before it is ended. */
const stopWithinMs = 12_000;

/**
 * Keeps one process running until it is told to stop.
 * @param {object} options
 * @param {string} options.name
 * @param {() => import("node:child_process").ChildProcess} options.launch starts it in a process group of its own
 * @param {(line: string) => void} options.onLine what it prints, line by line
 * @param {(text: string) => void} options.tell what to say about its deaths
 * @param {() => void} [options.onLaunched]
 * @returns {{ name: string, restart: () => void, stop: () => Promise<void>, kill: () => void }}
 */
export function supervise({ name, launch, onLine, tell, onLaunched = () => undefined }) {
  /** @type {import("node:child_process").ChildProcess} */
  let child;
  let deaths = 0;
  let stopping = false;
  let wanted = false;
  /** @type {Promise<void>} */
  let ended = Promise.resolve();

  const run = () => {
    const startedMs = Date.now();
    child = launch();
    for (const stream of [child.stdout, child.stderr]) readLines(stream, onLine);
    ended = new Promise((resolve) => {
      /** @param {number | string | null} code @param {NodeJS.Signals | null} signal */
      const onEnd = (code, signal) => {
        resolve();
        if (!stopping) void again(Date.now() - startedMs, signal ?? `exit code ${code}`);
      };
      child.once("exit", onEnd);
      child.once("error", (error) => child.pid === undefined && onEnd(error.message, null));
    });
    onLaunched();
  };

  /** @param {number} livedMs @param {string} reason */
  const again = async (livedMs, reason) => {
    if (wanted) {
      wanted = false;
      return run();
    }
    deaths = livedMs >= healthyAfterMs ? 0 : deaths;
    const delayMs = restartDelaysMs[Math.min(deaths, restartDelaysMs.length - 1)] ?? 0;
    deaths += 1;
    tell(`${name} ended (${reason}); starting it again${delayMs > 0 ? ` in ${delayMs / 1000} s` : ""}`);
    await sleep(delayMs);
    if (!stopping) run();
  };

  /** @param {"SIGTERM" | "SIGKILL"} what */
  const signal = (what) => {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      // A killed process must not leave its own children behind, so those get it too.
      if (what === "SIGKILL") process.kill(-child.pid, what);
      else child.kill(what);
    } catch {
      // It ended between the question and the signal.
    }
  };

  run();
  return {
    name,
    /** Ends the process so that it is started afresh. */
    restart: () => {
      wanted = true;
      signal("SIGTERM");
    },
    stop: async () => {
      stopping = true;
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), stopWithinMs);
      await ended;
      clearTimeout(timer);
    },
    kill: () => {
      stopping = true;
      signal("SIGKILL");
    },
  };
}

/** @param {import("node:stream").Readable | null} stream @param {(line: string) => void} onLine */
function readLines(stream, onLine) {
  if (!stream) return;
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.trimEnd());
  });
  stream.on("end", () => rest && onLine(rest));
}
