import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { RedisLink, redisScript } from "./redis-link.ts";

const log = { warn: () => undefined, info: () => undefined };
const isScript = /\$7\r\nEVALSHA\r\n/g;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Answers what a client says at first, and no script until it has `awaited` of them. Tells how many came with each piece. */
async function server(awaited: number) {
  const pieces: number[] = [];
  const open = createServer((socket: Socket) => {
    let waiting = 0;
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const text = data.toString("latin1");
      const scripts = text.match(isScript)?.length ?? 0;
      const others = (text.match(/^\*\d+\r$/gm)?.length ?? 0) - scripts;
      if (others > 0) socket.write("+OK\r\n".repeat(others));
      if (scripts === 0) return;
      pieces.push(scripts);
      waiting += scripts;
      if (waiting >= awaited) socket.write("*1\r\n:7\r\n".repeat(waiting));
    });
  });
  await new Promise<void>((resolve) => open.listen(0, "127.0.0.1", resolve));
  ends.push(() => open.close());
  return { pieces, url: `redis://127.0.0.1:${(open.address() as AddressInfo).port}` };
}

it("asks for all decisions of a turn in one round trip, and sets no timer for each", async () => {
  const { pieces, url } = await server(50);
  const link = new RedisLink(url, log);
  ends.push(() => link.end());
  await expect.poll(() => link.isUp, { timeout: 5_000 }).toBe(true);
  const { timeout } = AbortSignal;
  let timers = 0;
  AbortSignal.timeout = (ms) => {
    timers++;
    return timeout.call(AbortSignal, ms);
  };
  try {
    const script = redisScript("return {7}");
    const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => link.run(script, [`{${i}}`], ["1"])));
    expect(replies).toEqual(Array.from({ length: 50 }, () => [7]));
  } finally {
    AbortSignal.timeout = timeout;
  }
  // Answered only when all are there: 50 round trips would wait for ever.
  expect(pieces).toEqual([50]);
  expect(timers).toBe(0);
});
