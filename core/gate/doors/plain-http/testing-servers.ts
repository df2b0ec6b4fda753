import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { defaultPathRules } from "../../../rules/limits/path.ts";
import { MemoryCounters } from "../../counters/memory-counters.ts";
import { Gate } from "../../decision/gate.ts";
import type { Journal, JournalWaiter } from "../../journal/journal.ts";
import { atEndOfTurn } from "../../journal/turn.ts";
import type { AccountCache } from "../../state/account-cache.ts";
import { Freshness } from "../../state/freshness.ts";
import { compileProvider } from "../../state/provider-cache.ts";
import { type TokenCache, tokenKey } from "../../state/token-cache.ts";
import { cachedToken } from "../../testing/testing-token.ts";
import { gateServer } from "../server.ts";

/** Known at once, known after a few milliseconds each time, and never known. */
export const tokens = { quick: "a-quick-token-of-a-test", slow: "a-slow-token-of-a-test", none: "no-token-of-a-test" };
export const gatewaySecret = "gthg_of_a_test";

const now = { wallMs: Date.parse("2026-11-30T12:00:00Z"), steadyMs: 86_400_000 };
const slowMs = 3;

export type TestServer = Awaited<ReturnType<typeof startServer>>;

/** The gate's doors over a gate in memory whose clock stands still. `lines` = what it journaled. */
export async function startServer(isPlainRead: boolean, withCredential = false) {
  const lines: string[] = [];
  const gate = gateOf(lines, withCredential);
  const doors = gateServer(
    {
      gate,
      publicUrl: "https://access.example.com",
      trustedProxies: [],
      maxStaleSeconds: 30,
      addOutcomes: async () => ({ stored: 0, repeated: 0, unknown: 0 }),
      isCounting: () => true,
      metrics: () => "metrics\n",
    },
    isPlainRead,
  );
  doors.server.listen(0, "127.0.0.1", 1024);
  await once(doors.server, "listening");
  return { ...doors, lines, port: (doors.server.address() as AddressInfo).port };
}

function gateOf(lines: string[], withCredential: boolean): Gate {
  const token = cachedToken({ scopes: ["email:send"], externalId: "näme" });
  const [quick, slow] = [tokenKey(tokens.quick), tokenKey(tokens.slow)];
  const find = (key: string) => (key === quick ? token : key === slow ? sleep(slowMs, token) : null);
  const freshness = new Freshness(30);
  freshness.sent("p", now.steadyMs);
  freshness.returned("p");
  const gate = new Gate({
    clock: () => now,
    tokens: { find } as unknown as TokenCache,
    accounts: {} as AccountCache,
    counters: new MemoryCounters(),
    freshness,
    fail: "closed",
  });
  const open = { scope: null, rateLimit: null, windowSeconds: 60, cost: 1, deniedAtMs: null };
  gate.provider = compileProvider({
    endpoints: [{ id: 1, name: "any", surface: "http", method: "*", path: "/**", ...open }],
    plans: [{ id: 1, quotaPerDay: null }],
    planLimits: [],
    pathRules: defaultPathRules,
    policyVersion: 1,
    credentials: withCredential ? [{ id: "c1", hashHex: tokenKey(gatewaySecret) }] : [],
  });
  const follow = (waiter: JournalWaiter) => atEndOfTurn(() => waiter.committed(true));
  const record = (line: string, waiter: JournalWaiter) => {
    lines.push(line);
    follow(waiter);
  };
  gate.journal = { record, follow } as unknown as Journal;
  return gate;
}

/** What is sent on one connection. At its end the client's side is closed, with the last piece or once all is quiet. */
export type Sent = { pieces: readonly Piece[]; isEndedWithLast: boolean };

/** `after` = what is waited for before it is sent: an answer to what went before, or as long as that can take. */
export type Piece = { bytes: Buffer; after: "nothing" | "answer" | "a while" };

/** All that came back, and whether the server closed before the client did. */
export type Exchange = { received: string; isClosedFirst: boolean };

/** Sends it all and waits for the end of the connection. */
export async function exchange(port: number, { pieces, isEndedWithLast }: Sent, patienceMs: number): Promise<Exchange> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  socket.on("error", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  let received = "";
  let hasEnded = false;
  let isClosedFirst = false;
  let heard: () => void = () => undefined;
  const hearing = (ms: number) =>
    new Promise<void>((resolve) => {
      // A busy machine lets the time be over before what has come is looked at.
      const timer = setTimeout(() => setImmediate(() => setImmediate(resolve)), ms);
      heard = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    heard();
  });
  socket.on("end", () => {
    isClosedFirst = !hasEnded;
    heard();
    socket.end();
  });
  await once(socket, "connect");
  for (const { bytes, after } of pieces) {
    if (after === "answer") await hearing(patienceMs);
    else if (after === "a while") await sleep(patienceMs / 4);
    else await new Promise((next) => setImmediate(next));
    if (!socket.writable) break;
    socket.write(bytes);
  }
  for (let before = -1; !isEndedWithLast && !socket.readableEnded && before < received.length; ) {
    before = received.length;
    await hearing(patienceMs);
  }
  hasEnded = true;
  socket.end();
  await closed;
  return { received, isClosedFirst };
}

/** Without what differs from one answer to the next: the date, and receipts. */
export function comparable(text: string): string {
  return text.replace(/Date: [^\r]*/g, "Date").replace(/rcp_[0-9a-z]{25}/g, "rcp_");
}
