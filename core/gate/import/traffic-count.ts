import { unknownNetwork } from "./import-tally.ts";
import type { UsageCount } from "./usage-count.ts";

/** Decisions of one usage count that came from one network by one client. */
export type TrafficCount = { usage: UsageCount; network: string; client: string; requests: number };

/** The traffic of one usage count. Nearly all of it comes from one network by one client, which then needs no map. */
export type Traffic = {
  /** Of the last decision. */
  traffic: TrafficCount | null;
  /** Of all networks and clients; null while there is only one. */
  pairs: Map<string, TrafficCount> | null;
};

/** Pairs of network and client kept apart per usage count and batch; `foldTraffic` bounds them per token and hour. */
export const pairsApart = 50;
/** The client of pairs beyond the bound, whose network is `unknownNetwork`. */
export const otherClients = "…";

/** Counts one more decision. Returns whether it made a further count, which takes as much memory as a line does. */
export function countTraffic(of: Traffic, usage: UsageCount, network: string, client: string): boolean {
  const { traffic } = of;
  if (traffic === null) {
    of.traffic = { usage, network, client, requests: 1 };
    return false;
  }
  if (traffic.network === network && traffic.client === client) {
    traffic.requests++;
    return false;
  }
  of.pairs ??= new Map([[keyOf(traffic), traffic]]);
  const known = of.pairs.get(keyOf({ network, client }));
  if (!known && of.pairs.size >= pairsApart && client !== otherClients)
    return countTraffic(of, usage, unknownNetwork, otherClients);
  of.traffic = known ?? { usage, network, client, requests: 0 };
  of.traffic.requests++;
  if (!known) of.pairs.set(keyOf({ network, client }), of.traffic);
  return !known;
}

/** All counts of one usage count. */
export function trafficOf({ traffic, pairs }: Traffic): TrafficCount[] {
  if (pairs !== null) return [...pairs.values()];
  return traffic === null ? [] : [traffic];
}

function keyOf({ network, client }: Pick<TrafficCount, "network" | "client">): string {
  return `${network} ${client}`;
}
