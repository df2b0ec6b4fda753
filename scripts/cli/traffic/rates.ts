import type { LiveClient } from "../../../demo/live-clients.ts";
import { ratePerHour } from "../../../demo/rhythm.ts";

export type Rate = { client: LiveClient; endpoint: string; perSecond: number };

/** Requests per second of all clients together, least and most: enough to see at night, not too many for a small machine. */
const least = 10;
const most = 25;
/** Plans whose quotas leave room to be hurried at quiet hours. */
const largePlans = ["Professional", "Enterprise"];
/** Nobody is hurried beyond this; the rate limits leave that much room. */
const mostHurry = 2.5;

/** What each client sends per second now: by its rhythm, and so that all together stay within bounds at any hour. */
export function currentRates(clients: readonly LiveClient[], atMs: number): Rate[] {
  const rates = clients.flatMap((client) =>
    client.uses.map((use) => ({ client, endpoint: use.endpoint, perSecond: ratePerHour(use.rhythm, atMs) / 3_600 })),
  );
  const sum = rates.reduce((total, one) => total + one.perSecond, 0);
  if (sum === 0) return [];
  const factor = Math.min(mostHurry, Math.max(least / sum, 1)) * Math.min(1, most / sum);
  return rates.map((one) => {
    const isLarge = largePlans.includes(one.client.plan);
    return { ...one, perSecond: one.perSecond * (isLarge ? factor : Math.min(1, factor)) };
  });
}
