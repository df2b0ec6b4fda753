import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { comparable, type Exchange, exchange, startServer, type TestServer } from "./testing-servers.ts";
import { endedStreams, type Stream, streams, twoWays } from "./testing-streams.ts";

/** Streams of a run; GATE_FUZZ_STREAMS asks for more. */
const budget = Number(process.env.GATE_FUZZ_STREAMS ?? 800);
const atOnce = 40;
const quietMs = 40;
/** A difference is one when it is there again with time for everything. */
const patientMs = 400;

let plain: TestServer;
let node: TestServer;
beforeAll(async () => {
  [plain, node] = [await startServer(true), await startServer(false)];
});
afterAll(() => {
  for (const { server } of [plain, node]) {
    server.closeAllConnections();
    server.close();
  }
});

async function both(stream: Stream, patienceMs: number) {
  const { asCut, oneByOne } = twoWays(stream);
  const { isEndedWithLast } = stream;
  const [here, there] = await Promise.all([
    exchange(plain.port, { pieces: asCut, isEndedWithLast }, patienceMs),
    exchange(node.port, { pieces: oneByOne, isEndedWithLast }, patienceMs),
  ]);
  return { here: seen(here), there: seen(there) };
}

function seen({ received, isClosedFirst }: Exchange) {
  return {
    answers: comparable(received)
      .split(/(?=HTTP\/1\.1 \d\d\d )/)
      .filter((one) => one !== ""),
    isClosedFirst,
  };
}

/** Whether node:http answers what it cannot read while the answer before it is going out is a matter of turns. */
function withoutUnread({ answers, isClosedFirst }: Seen): Seen {
  const isUnread = answers.length > 1 && answers.at(-1) === "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
  return { answers: isUnread ? answers.slice(0, -1) : answers, isClosedFirst };
}

/** So it is how far node:http came when the client closes its side: it drops what it has not answered. */
function isSame(here: Seen, there: Seen, isEndedWithLast: boolean): boolean {
  if (!isEndedWithLast) return JSON.stringify(here) === JSON.stringify(there);
  const [fewer, more] = [here.answers, there.answers].sort((a, b) => a.length - b.length);
  return (fewer ?? []).every((one, i) => one === more?.[i]);
}

type Seen = ReturnType<typeof seen>;

/** Status and length of the answers say enough of a difference. */
function brief({ answers, isClosedFirst }: Seen) {
  return { answers: answers.map((one) => `${one.slice(9, 12)} ${one.length}`), isClosedFirst };
}

async function differences(list: readonly Stream[]) {
  const found = await Promise.all(
    list.map(async (stream) => {
      for (const patienceMs of [quietMs, patientMs, patientMs]) {
        const { here, there } = await both(stream, patienceMs);
        if (isSame(withoutUnread(here), withoutUnread(there), stream.isEndedWithLast)) return [];
        if (patienceMs === patientMs) return [{ stream, here: brief(here), there: brief(there) }];
      }
      return [];
    }),
  );
  return found.flat();
}

async function run(all: fc.Arbitrary<Stream>): Promise<void> {
  for (let done = 0; done < budget; done += atOnce) {
    const seed = (Number(process.env.GATE_FUZZ_SEED ?? Date.now()) + done) | 0;
    const list = fc.sample(all, { numRuns: atOnce, seed });
    expect((await differences(list)).slice(0, 2), `seed ${seed}`).toEqual([]);
  }
}

it(
  "answers any stream of bytes like node:http: the same answers, the same rest, the same end",
  () => run(streams),
  600_000,
);

it("answers a client that closes its side with its last byte no differently", () => run(endedStreams), 600_000);
