import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { z } from "zod";
import { env } from "#core/env.ts";
import { pick, seededRandom } from "./seed/random.ts";

const tokensSchema = z.array(
  z.object({ account: z.string(), secret: z.string(), endpoint: z.string(), story: z.string().nullable() }),
);
type Client = z.output<typeof tokensSchema>[number];

/** Requests of all clients together, on average. */
const perSecond = 15;

const requests: Record<string, { surface: string; method?: string; path?: string }> = {
  "email.send": { surface: "http", method: "POST", path: "/v1/email" },
  "activity.list": { surface: "http", method: "GET", path: "/v1/activity/d_2c61" },
  "recipients.list": { surface: "http", method: "GET", path: "/v1/recipients" },
  "smtp.send": { surface: "smtp", method: "AUTH", path: "/" },
};

export function registerTraffic(program: Command): void {
  program
    .command("traffic")
    .description(
      "send modest live traffic of the sample accounts through the gate until it is stopped (part of the demo)",
    )
    .action(async () => {
      const clients = tokensSchema.parse(JSON.parse(readFileSync(join(env().DATA_DIR, "demo-tokens.json"), "utf8")));
      await sendForEver(clients, env().GATE_URL);
    });
}

async function sendForEver(clients: readonly Client[], gateUrl: string): Promise<void> {
  const random = seededRandom(7);
  const busy = clients.find((client) => client.story === "excess" && client.endpoint === "email.send");
  let stopped = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      stopped = true;
    });
  for (let second = 0; !stopped; second += 1) {
    const calls = Array.from({ length: Math.round(perSecond * (0.6 + 0.8 * random())) }, () => pick(random, clients));
    // Now and then one client goes over its limit, as real ones do.
    if (busy && second % 90 < 40) calls.push(...Array.from({ length: 5 }, () => busy));
    await Promise.allSettled(calls.map((client) => ask(client, gateUrl, random)));
    await sleep(1_000);
  }
}

/** One request; a gate that is away for a moment is none of its business, the next second comes. */
async function ask(client: Client, gateUrl: string, random: () => number): Promise<void> {
  const request = requests[client.endpoint] ?? { surface: "http", method: "GET", path: "/v1/domains" };
  const response = await fetch(`${gateUrl}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...request,
      token: client.secret,
      ip: `198.51.100.${1 + Math.floor(random() * 40)}`,
      user_agent: pick(random, ["northwind-node/3.4", "python-requests/2.32", "okhttp/4.12"]),
    }),
    signal: AbortSignal.timeout(5_000),
  });
  await response.arrayBuffer();
}
