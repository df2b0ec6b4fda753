import type { Answer, Client, Program, Step } from "./testing-traffic.ts";

/**
 * Programs as they are written, each with the waiting of a real HTTP library at its defaults (the names say which). The right ones
 * keep Retry-After; what the wrong ones do is in their name.
 */
export type Named = { name: string; clients: (limit: number, windowSeconds: number) => Client[] };

const call: Step = { cost: 1 };
const wait = (ms: number): Step => ({ waitMs: ms });
const alone = (name: string, program: (limit: number, windowSeconds: number) => Program): Named => ({
  name,
  clients: (limit, windowSeconds) => [{ address: "198.51.100.7", program: program(limit, windowSeconds) }],
});

/** Calls one after the other for ever; after a refusal waits so long, by the answer and how often it was refused in a row. */
const sequential = (waitOf: (answer: Answer, inARow: number, random: () => number) => number): Program =>
  function* ({ random }) {
    for (let inARow = 0; ; ) {
      const answer: Answer = yield call;
      if (answer.isAllowed) inARow = 0;
      else yield wait(waitOf(answer, inARow++, random));
    }
  };

const told = ({ retryAfterMs }: Answer) => retryAfterMs ?? 0;

/** A queue of so many at once that stops as a whole at the first refusal. */
function pausingQueue(atOnce: number, jitterMs: number, address = "198.51.100.7"): Client[] {
  let pausedUntilMs = 0;
  return Array.from({ length: atOnce }, () => ({
    address,
    program: function* ({ now, random }) {
      for (;;) {
        if (now() < pausedUntilMs) {
          yield wait(pausedUntilMs - now());
          continue;
        }
        const answer: Answer = yield call;
        if (!answer.isAllowed)
          pausedUntilMs = Math.max(pausedUntilMs, now() + (answer.retryAfterMs ?? 0) + jitterMs * random());
      }
    },
  }));
}

/** How a worker comes by its next call, as a share of its mean pace: evenly spread, as chance has it, or by a timer. */
export const paces = {
  uniform: (random: () => number) => 2 * random(),
  exponential: (random: () => number) => -Math.log(1 - 0.9999 * random()),
  timer: () => 1,
};

/** Workers that do not know of each other: each keeps its own Retry-After, and up to `jitterMs` more, and calls at its own pace. */
export function fleet(
  workers: number,
  addressOf: (i: number) => string,
  timesLimit: number,
  pace = paces.uniform,
  jitterMs = 500,
) {
  return (limit: number, windowSeconds: number): Client[] =>
    Array.from({ length: workers }, (_, i) => ({
      address: addressOf(i),
      program: function* ({ random }) {
        const paceMs = (windowSeconds * 1000 * workers) / (limit * timesLimit);
        yield wait(paceMs * random());
        for (;;) {
          const answer: Answer = yield call;
          yield answer.isAllowed ? wait(paceMs * pace(random)) : wait((answer.retryAfterMs ?? 0) + jitterMs * random());
        }
      },
    }));
}

/** So many calls at once at each turn of a period, each once and never again. */
function cron(everyMs: number, calls: (limit: number) => number) {
  return (limit: number): Client[] =>
    Array.from({ length: calls(limit) }, () => ({
      address: "198.51.100.7",
      program: function* ({ now, random }) {
        for (;;) {
          yield wait(everyMs - (now() % everyMs) + 300 * random());
          yield call;
        }
      },
    }));
}

export const rightClients: readonly Named[] = [
  alone("got, axios-retry, go-retryablehttp: Retry-After to the millisecond", () => sequential(told)),
  alone("urllib3: Retry-After and 10 ms", () => sequential((answer) => told(answer) + 10)),
  alone("Retry-After and a random delay", () => sequential((answer, _n, random) => told(answer) + 3000 * random())),
  alone("undici RetryAgent, ky: the longer of Retry-After and a doubled wait", () =>
    sequential((answer, inARow) => Math.max(told(answer), 500 * 2 ** inARow)),
  ),
  { name: "p-queue, five at once, all paused at the first refusal", clients: () => pausingQueue(5, 0) },
  { name: "four workers that share one pause", clients: () => pausingQueue(4, 2000) },
  alone(
    "bottleneck: a whole window's calls, then the rest of the window and a second",
    (limit, windowSeconds) =>
      function* ({ now }) {
        for (;;) {
          const endsMs = now() + (windowSeconds + 1) * 1000;
          for (let i = 0; i < limit && now() < endsMs; i++) yield call;
          yield wait(endsMs - now());
        }
      },
  ),
  alone(
    "the even pace of the limit, by a timer",
    (limit, windowSeconds) =>
      function* ({ now }) {
        const firstMs = now();
        for (let i = 1; ; i++) {
          yield call;
          yield wait(Math.max(0, firstMs + Math.ceil((i * windowSeconds * 1000) / limit) - now()));
        }
      },
  ),
  alone(
    "one call a minute, on the minute",
    () =>
      function* ({ now }) {
        for (;;) {
          yield wait(60_000 - (now() % 60_000));
          yield call;
        }
      },
  ),
];

/** The same clients, which after so many milliseconds do what the instruction of their finding says, all of them together. */
export function following(clients: readonly Client[], afterMs: number, { kind, limit, windowSeconds }: Told): Client[] {
  const right =
    kind === "thundering_herd"
      ? evenly(clients.length, limit, windowSeconds)
      : // Wait as told; what cost too much is split.
        pausingQueue(clients.length, 1000);
  return clients.map(({ address, program }, i) => ({
    address,
    program: function* (world) {
      const untilMs = world.now() + afterMs;
      const running = program(world);
      let step = running.next();
      while (!step.done && world.now() < untilMs) step = running.next(yield step.value);
      const next = right[i];
      if (next) yield* next.program(world);
    },
  }));
}

type Told = { kind: string; limit: number; windowSeconds: number };

/** So many jobs that share one timer at the even pace of the limit. */
function evenly(jobs: number, limit: number, windowSeconds: number): Client[] {
  let dueMs = 0;
  return Array.from({ length: jobs }, () => ({
    address: "198.51.100.7",
    program: function* ({ now }) {
      for (;;) {
        dueMs = Math.max(now(), dueMs + Math.ceil((windowSeconds * 1000) / limit));
        yield wait(dueMs - now());
        yield call;
      }
    },
  }));
}

/** A program and what it does wrong, as the diagnosis names it. */
export type Wrong = Named & { kind: string; withinSeconds: number };

export const wrongClients: readonly Wrong[] = [
  {
    ...alone("a loop without any wait", () => sequential(() => 0)),
    kind: "retries_without_waiting",
    withinSeconds: 120,
  },
  {
    ...alone("a loop that waits 100 ms", () => sequential(() => 100)),
    ...{ kind: "retries_without_waiting", withinSeconds: 120 },
  },
  { ...alone("a retry after 1 s each time", () => sequential(() => 1000)), kind: "no_backoff", withinSeconds: 120 },
  { ...alone("a retry after 3 s each time", () => sequential(() => 3000)), kind: "no_backoff", withinSeconds: 120 },
  {
    ...alone("doubled waits of its own, no Retry-After", () =>
      sequential((_answer, inARow, random) => 250 * 2 ** Math.min(inARow, 6) * (1 + 0.3 * random())),
    ),
    ...{ kind: "retries_without_waiting", withinSeconds: 120 },
  },
  {
    name: "eight workers in eight networks",
    clients: fleet(8, (i) => `203.0.${i}.9`, 4.5),
    ...{ kind: "parallel_workers", withinSeconds: 120 },
  },
  {
    name: "eight workers behind one address",
    clients: fleet(8, () => "203.0.113.9", 4.5),
    ...{ kind: "parallel_workers", withinSeconds: 120 },
  },
  {
    name: "eight workers behind one address, 2.3 times the limit",
    clients: fleet(8, () => "203.0.113.9", 2.3),
    ...{ kind: "parallel_workers", withinSeconds: 120 },
  },
  {
    name: "forty workers behind three addresses",
    clients: fleet(40, (i) => `203.0.113.${i % 3}`, 4.5),
    ...{ kind: "parallel_workers", withinSeconds: 120 },
  },
  {
    ...alone(
      "calls that cost more than the limit",
      (limit) =>
        function* () {
          for (;;) {
            const answer: Answer = yield { cost: limit + 1 };
            yield wait(answer.retryAfterMs ?? 15_000);
          }
        },
    ),
    ...{ kind: "cost_above_limit", withinSeconds: 60 },
  },
  {
    name: "jobs on the minute, twice the limit",
    clients: cron(60_000, (limit) => 2 * limit),
    ...{ kind: "thundering_herd", withinSeconds: 200 },
  },
  {
    name: "jobs every five minutes",
    clients: cron(300_000, (limit) => 3 * limit),
    ...{ kind: "thundering_herd", withinSeconds: 920 },
  },
  {
    name: "jobs every hour",
    clients: cron(3_600_000, (limit) => 5 * limit),
    ...{ kind: "thundering_herd", withinSeconds: 3 * 3600 + 20 },
  },
  {
    name: "jobs at midnight",
    clients: cron(86_400_000, (limit) => 5 * limit),
    ...{ kind: "thundering_herd", withinSeconds: 3 * 86_400 + 20 },
  },
];
