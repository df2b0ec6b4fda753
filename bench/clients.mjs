/**
 * `npm run bench:clients -- --minutes 5 --only got`: real HTTP libraries at their defaults, right and wrong programs side by side, each against
 * an API of its own that asks the gate's counters. What each client did is recorded at the client. Prints for each what the diagnosis
 * and the detectors said, when, and whether the figures are right; ends with 1 when an innocent one was accused or a guilty one not found.
 */
import { parseArgs } from "node:util";
import { loadSource } from "./build-gate.mjs";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "5" }, only: { type: "string", default: "" } },
});
const { run } = await loadSource("bench/clients/run.ts");
process.exitCode = await run(Number(values.minutes), values.only);
