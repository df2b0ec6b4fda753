import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { parseMessage } from "./parse-message.ts";

/** One message in a thread of its own, which its caller ends when it takes too long or too much. */
const { raw } = z.object({ raw: z.instanceof(Uint8Array) }).parse(workerData);
parentPort?.postMessage(await parseMessage(raw));
