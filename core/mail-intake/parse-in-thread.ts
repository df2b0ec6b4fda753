import { Worker } from "node:worker_threads";
import { intakeBounds } from "../rules/mail-intake/bounds.ts";
import { type Parse, parsedMail } from "./parsed-mail.ts";

/**
 * Reads messages in a thread each, within time and memory: a message that a parser cannot cope with costs that thread, and neither the
 * worker nor the next message. `script` is the built `parse-thread`.
 */
export function parseInThread(script: URL, withinMs: number = intakeBounds.parseMs): Parse {
  return async (raw) => {
    // Not even copied into a thread.
    if (raw.length > intakeBounds.messageBytes) return { refused: "too_large" };
    return new Promise((resolve) => {
      const worker = new Worker(script, {
        workerData: { raw },
        resourceLimits: { maxOldGenerationSizeMb: intakeBounds.parseMegabytes, maxYoungGenerationSizeMb: 32 },
      });
      const end = (result: Awaited<ReturnType<Parse>>) => {
        clearTimeout(timer);
        resolve(result);
        void worker.terminate();
      };
      const timer = setTimeout(() => end({ refused: "too_slow" }), withinMs);
      worker.once("message", (message: unknown) => {
        const read = parsedMail.safeParse(message);
        if (read.success) return end(read.data);
        end(isRefusal(message) ? message : { refused: "unreadable" });
      });
      worker.once("error", () => end({ refused: "unreadable" }));
      worker.once("exit", () => end({ refused: "unreadable" }));
    });
  };
}

type Refused = Extract<Awaited<ReturnType<Parse>>, { refused: string }>;

function isRefusal(message: unknown): message is Refused {
  return typeof message === "object" && message !== null && "refused" in message;
}
