import type { Command } from "commander";
import { env } from "#core/runtime/env.ts";
import { logger } from "#core/runtime/log.ts";
import { readLiveClients } from "../../demo/live-clients.ts";
import { gateClient } from "./gate-client.ts";
import { sendTraffic } from "./traffic/send-traffic.ts";

/** More than this on their way at once are not sent: the gate is busy or away. */
const mostOnTheirWay = 64;

export function registerTraffic(program: Command): void {
  program
    .command("traffic")
    .description("send the demo's live traffic through the gate until it is stopped; `npm run demo` does")
    .addHelpText("after", "\nExit codes: 0 stopped, 1 there is no demo in this folder, 2 wrong usage.")
    .action(async () => {
      const { DATA_DIR, GATE_URL } = env();
      const clients = readLiveClients(DATA_DIR);
      const stop = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
      const gate = gateClient(GATE_URL, mostOnTheirWay);
      const log = logger("traffic");
      await sendTraffic({ clients, gate, log, mostOnTheirWay, signal: stop.signal });
      gate.close();
    });
}
