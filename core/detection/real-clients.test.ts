import { describe, expect, it } from "vitest";
import { detectors } from "../rules/detectors/registry.ts";
import { diagnose } from "../rules/diagnosis/diagnose.ts";
import { minuteMs, secondMs } from "../rules/time.ts";
import { following, rightClients, wrongClients } from "./testing-clients.ts";
import { SimulatedTraffic, startMs } from "./testing-traffic.ts";

const limits = [10, 60, 120, 600];

function flagsOf(traffic: SimulatedTraffic): string[] {
  const window = traffic.counted.window();
  return detectors.flatMap((one) =>
    one.looksAt === "minutes" ? one.evaluate(window, one.defaults).map(() => one.id) : [],
  );
}

describe("a right client near its limit", () => {
  it.each(rightClients.flatMap((client) => limits.map((limit) => ({ ...client, limit }))))(
    "$name, at $limit a minute: accused of nothing in an hour",
    ({ clients, limit }) => {
      const traffic = new SimulatedTraffic(limit, 60, clients(limit, 60));
      const found = new Set<string>();
      for (let atMs = minuteMs; atMs <= 60 * minuteMs; atMs += minuteMs) {
        traffic.runTo(startMs + atMs);
        for (const { kind } of diagnose(traffic.counted.facts())) found.add(kind);
        for (const flag of flagsOf(traffic)) found.add(`flag ${flag}`);
      }
      found.delete("demand_above_limit");
      expect([...found]).toEqual([]);
    },
  );
});

it.each(limits)(
  "a client that sends one request at each step of the even pace of %i a minute is never refused",
  (limit) => {
    const even = rightClients.find((one) => one.name.startsWith("the even pace"));
    const traffic = new SimulatedTraffic(limit, 60, even?.clients(limit, 60) ?? []);
    traffic.runTo(startMs + 60 * minuteMs);
    expect(traffic.truth.refused).toBe(0);
    expect(traffic.truth.allowed).toBeGreaterThan(59 * limit);
  },
);

describe("the figure of early requests", () => {
  it.each(wrongClients.filter(({ kind }) => ["retries_without_waiting", "no_backoff"].includes(kind)))(
    "of $name is what the client lived, a few that nobody can be sure of apart",
    ({ clients }) => {
      const traffic = new SimulatedTraffic(60, 60, clients(60, 60));
      traffic.runTo(startMs + 15 * minuteMs);
      const [found] = diagnose(traffic.counted.facts());
      const lived = traffic.truth.early.filter((atMs) => found && atMs > found.toMs - 10 * minuteMs).length;
      expect(found?.requests).toBeLessThanOrEqual(lived);
      expect(found?.requests).toBeGreaterThan(0.85 * lived);
    },
  );
});

describe("a client that follows the instruction", () => {
  it.each(
    wrongClients.filter(({ kind }) =>
      ["retries_without_waiting", "no_backoff", "parallel_workers", "cost_above_limit"].includes(kind),
    ),
  )("$name: it is over within three quarters of an hour", ({ clients, kind }) => {
    const traffic = new SimulatedTraffic(
      60,
      60,
      following(clients(60, 60), 8 * minuteMs, { kind, limit: 60, windowSeconds: 60 }),
    );
    traffic.runTo(startMs + 8 * minuteMs);
    expect(diagnose(traffic.counted.facts()).map((one) => one.kind)).toEqual([kind]);
    traffic.runTo(startMs + 53 * minuteMs);
    const left = diagnose(traffic.counted.facts()).filter((one) => !one.isOver && one.kind !== "demand_above_limit");
    expect(left).toEqual([]);
    expect(flagsOf(traffic)).toEqual([]);
  });

  it.each(wrongClients.filter(({ kind, withinSeconds }) => kind === "thundering_herd" && withinSeconds < 1_000))(
    "$name: it is over within three quarters of an hour after the last burst",
    ({ clients, kind, withinSeconds }) => {
      const foundMs = (withinSeconds + 20) * secondMs;
      const traffic = new SimulatedTraffic(
        60,
        60,
        following(clients(60, 60), foundMs, { kind, limit: 60, windowSeconds: 60 }),
      );
      traffic.runTo(startMs + foundMs);
      expect(diagnose(traffic.counted.facts()).map((one) => one.kind)).toEqual([kind]);
      traffic.runTo(startMs + foundMs + 50 * minuteMs);
      expect(diagnose(traffic.counted.facts()).filter((one) => !one.isOver)).toEqual([]);
      expect(flagsOf(traffic)).toEqual([]);
    },
  );
});

describe("a wrong client", () => {
  it.each(wrongClients)("$name: $kind in $withinSeconds s, and first", ({ clients, kind, withinSeconds }) => {
    const traffic = new SimulatedTraffic(60, 60, clients(60, 60));
    let foundMs: number | null = null;
    const periodMs = Math.max(12 * minuteMs, withinSeconds * secondMs * 1.005);
    for (let atMs = 10 * secondMs; atMs <= periodMs; atMs += Math.max(10 * secondMs, periodMs / 500)) {
      traffic.runTo(startMs + atMs);
      const [first] = diagnose(traffic.counted.facts());
      if (first) foundMs ??= atMs;
      // Its one cause, at every look from then on.
      if (foundMs !== null) expect([atMs / 1000, first?.kind]).toEqual([atMs / 1000, kind]);
    }
    expect(foundMs).not.toBeNull();
    expect((foundMs ?? 0) / 1000).toBeLessThanOrEqual(withinSeconds * 1.01);
  });
});
