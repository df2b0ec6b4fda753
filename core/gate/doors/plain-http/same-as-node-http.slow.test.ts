import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { comparable, type Exchange, exchange, startServer, type TestServer } from "./testing-servers.ts";
import { endedStreams, type Stream, streams, twoWays } from "./testing-streams.ts";

/** The streams are the same in each run; GATE_FUZZ_SEED gives others. */
const firstSeed = Number(process.env.GATE_FUZZ_SEED ?? 1) | 0;
/** Streams of a run; GATE_FUZZ_STREAMS asks for more. */
const budget = Number(process.env.GATE_FUZZ_STREAMS ?? 800);
const atOnce = 40;
const quietMs = 40;
/** Only a difference that remains at every wait counts: a busy machine needs seconds to answer. */
const patienceMs = [quietMs, 400, 3_000, 3_000];

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

async function both(stream: Stream, waitMs: number) {
  const { asCut, oneByOne } = twoWays(stream);
  const { isEndedWithLast } = stream;
  const [here, there] = await Promise.all([
    exchange(plain.port, { pieces: asCut, isEndedWithLast }, waitMs),
    exchange(node.port, { pieces: oneByOne, isEndedWithLast }, waitMs),
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
      let last: Awaited<ReturnType<typeof both>> | null = null;
      for (const waitMs of patienceMs) {
        last = await both(stream, waitMs);
        if (isSame(withoutUnread(last.here), withoutUnread(last.there), stream.isEndedWithLast)) return [];
      }
      return last ? [{ stream, here: brief(last.here), there: brief(last.there) }] : [];
    }),
  );
  return found.flat();
}

async function run(all: fc.Arbitrary<Stream>): Promise<void> {
  for (let done = 0; done < budget; done += atOnce) {
    const seed = firstSeed + done;
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
