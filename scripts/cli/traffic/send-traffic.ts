import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "#core/runtime/log.ts";
import type { LiveClient } from "../../../demo/live-clients.ts";
import { pathOf } from "../../../demo/paths.ts";
import { type Random, randomFrom } from "../../../demo/random.ts";
import { GateAway, type GateClient, type VerifyCall } from "../gate-client.ts";
import { currentRates, type Rate } from "./rates.ts";
import { routeOf } from "./routes.ts";

type Options = {
  clients: readonly LiveClient[];
  gate: Pick<GateClient, "verify" | "isReady">;
  log: Logger;
  mostOnTheirWay: number;
  signal: AbortSignal;
};

const tickMs = 100;
const ratesEveryMs = 30_000;

/**
 * Sends each client's requests at its own pace until it is stopped. Traffic is not owed to anybody: what cannot be sent
 * while the gate is away is left out, and it goes on when the gate is back.
 */
export async function sendTraffic({ clients, gate, log, mostOnTheirWay, signal }: Options): Promise<void> {
  // Both are started together; the gate first has to rebuild its state.
  while (!signal.aborted && !(await gate.isReady())) await sleep(200, undefined, { signal }).catch(() => undefined);
  const random = randomFrom(Date.now());
  const startedMs = Date.now();
  let rates: Rate[] = [];
  let ratesAtMs = Number.NEGATIVE_INFINITY;
  let onTheirWay = 0;
  /** Why the last call was not answered; said once, however many follow. */
  let trouble: string | null = null;
  log.info({ clients: clients.length }, "Sending live traffic.");

  const send = async (client: LiveClient, endpoint: string) => {
    onTheirWay += 1;
    try {
      await gate.verify(callOf(client, endpoint, random));
      if (trouble !== null) log.info("The gate answers again.");
      trouble = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isAway = error instanceof GateAway;
      const now = isAway ? "away" : reason;
      if (now !== trouble && isAway) log.info({ reason }, "The gate is away; going on when it is back.");
      else if (now !== trouble) log.warn({ reason, endpoint }, "The gate does not take calls.");
      trouble = now;
    } finally {
      onTheirWay -= 1;
    }
  };

  for (let lastMs = Date.now(); !signal.aborted; ) {
    await sleep(tickMs, undefined, { signal }).catch(() => undefined);
    const nowMs = Date.now();
    if (nowMs - ratesAtMs >= ratesEveryMs) {
      rates = currentRates(clients, nowMs);
      ratesAtMs = nowMs;
    }
    // After a sleep of the machine nothing is made up for.
    const passedS = Math.min(nowMs - lastMs, 1_000) / 1000;
    lastMs = nowMs;
    for (const { client, endpoint, perSecond } of [...rates, ...burstsAt(clients, (nowMs - startedMs) / 1000)]) {
      for (let left = arrivals(perSecond * passedS, random); left > 0 && onTheirWay < mostOnTheirWay; left -= 1) {
        void send(client, endpoint);
      }
    }
  }
}

function burstsAt(clients: readonly LiveClient[], runningS: number): Rate[] {
  return clients.flatMap((client) => {
    const { burst } = client;
    if (burst === null || runningS < burst.firstAfterS) return [];
    const isOn = (runningS - burst.firstAfterS) % burst.everyS < burst.lastsS;
    return isOn ? [{ client, endpoint: burst.endpoint, perSecond: burst.perSecond }] : [];
  });
}

/** Poisson-distributed: how many independent requests fall into a time that holds `mean` of them on average (Knuth). */
function arrivals(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}

function callOf(client: LiveClient, endpoint: string, random: Random): VerifyCall {
  const { secret, ips, userAgent, accountSlug } = client;
  const caller = { token: secret, ip: random.pick(ips), user_agent: userAgent, request_id: randomUUID() };
  const route = routeOf(endpoint);
  // Other surfaces have no path: the gateway names the endpoint.
  if (route.surface !== "http") return { ...caller, surface: route.surface, endpoint };
  const method = route.method === "*" ? "POST" : route.method;
  return { ...caller, surface: "http", method, path: pathOf(route.path, accountSlug, random) };
}
