import { describe, expect, it } from "vitest";
import { diagnose } from "../rules/diagnosis/diagnose.ts";
import { minuteMs, secondMs } from "../rules/time.ts";
import { fleet, paces, wrongClients } from "./testing-clients.ts";
import { SimulatedTraffic, startMs } from "./testing-traffic.ts";

/** What is said of a client at each look of a quarter of an hour. */
function saidOf(traffic: SimulatedTraffic): Set<string> {
  const said = new Set<string>();
  for (let atMs = 10 * secondMs; atMs <= 15 * minuteMs; atMs += 10 * secondMs) {
    traffic.runTo(startMs + atMs);
    for (const { kind } of diagnose(traffic.counted.facts()).slice(0, 1)) said.add(kind);
  }
  return said;
}

describe("a wrong client at a small or a large limit", () => {
  const usual = wrongClients.filter((one) => one.withinSeconds < 500);
  it.each(usual.flatMap((client) => [10, 20, 300, 600].map((limit) => ({ ...client, limit }))))(
    "$name, at $limit a minute: $kind, and no other mistake",
    ({ clients, kind, limit }) => {
      const said = saidOf(new SimulatedTraffic(limit, 60, clients(limit, 60)));
      // Of many calls a minute, workers that wait are refused in the moment in which one client's open calls are, too.
      if (kind === "parallel_workers" && limit >= 300) said.add(kind).delete("demand_above_limit");
      expect([...said]).toEqual([kind]);
    },
  );
});

describe("workers behind one address, each of which waits as it is told", () => {
  const fleets = [3, 8, 20].flatMap((workers) =>
    [1.3, 2.3, 4.5].flatMap((times) =>
      Object.entries(paces).flatMap(([pace, of]) =>
        [10, 60].map((limit) => ({
          workers,
          times,
          pace,
          limit,
          clients: fleet(workers, () => "203.0.113.9", times, of),
        })),
      ),
    ),
  );
  it.each(fleets)(
    "$workers at $times times the limit of $limit, $pace: are not told that they do not wait",
    ({ clients, limit }) => {
      const said = saidOf(new SimulatedTraffic(limit, 60, clients(limit, 60)));
      for (const kind of ["parallel_workers", "demand_above_limit"]) said.delete(kind);
      expect([...said]).toEqual([]);
    },
  );
});
