/**
 * The load: a process of its own with raw sockets, one request at a time on each, so that it is cheaper than any server.
 * Started with fork; takes { tokens } once, then { port, connections, seconds } for each round and answers its figures.
 * Each request names the next token, in a fixed shuffled order over all of them.
 */
import { connect } from "node:net";

let requests = [];
let next = 0;

process.on("message", async (/** @type {any} */ message) => {
  if (message.tokens) {
    requests = message.tokens.map((token) => requestFor(token));
    process.send?.({ isReady: true });
  } else {
    process.send?.(await round(message));
  }
});

function requestFor(token) {
  const body = JSON.stringify({
    token,
    method: "POST",
    path: "/v1/email",
    ip: "203.0.113.7",
    user_agent: "example-client/2.1",
  });
  const head = `POST /v1/verify HTTP/1.1\r\nHost: gate\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

async function round({ port, connections, seconds }) {
  // 0.01 ms each, up to one second.
  const histogram = new Uint32Array(100_000);
  let done = 0;
  let allowed = 0;
  let unavailable = 0;
  const endsAt = performance.now() + seconds * 1000;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, () => oneConnection()));
  const elapsed = (performance.now() - startedAt) / 1000;
  return { perSecond: done / elapsed, done, allowed, unavailable, p50: percentile(0.5), p99: percentile(0.99) };

  function oneConnection() {
    /** @type {Promise<void>} */
    const ended = new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      socket.setNoDelay(true);
      let pending = "";
      let sentAt = 0;
      const send = () => {
        sentAt = performance.now();
        socket.write(requests[next]);
        next = (next + 1) % requests.length;
      };
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("data", (chunk) => {
        const text = chunk.toString("latin1");
        pending = pending === "" ? text : pending + text;
        const bodyAt = pending.indexOf("\r\n\r\n") + 4;
        if (bodyAt === 3) return;
        const lengthAt = pending.indexOf("Content-Length: ") + 16;
        const length = Number.parseInt(pending.slice(lengthAt, lengthAt + 8), 10);
        if (pending.length < bodyAt + length) return;
        // A 503 is counted, not the end: it tells what the gate could not answer.
        if (pending.startsWith("HTTP/1.1 503")) unavailable++;
        else if (!pending.startsWith("HTTP/1.1 200")) return reject(new Error(pending.slice(0, 300)));
        else done++;
        if (pending.startsWith('{"allowed":true', bodyAt)) allowed++;
        pending = "";
        const now = performance.now();
        histogram[Math.min(histogram.length - 1, Math.floor((now - sentAt) * 100))]++;
        if (now < endsAt) send();
        else {
          socket.end();
          resolve();
        }
      });
    });
    return ended;
  }

  /** Milliseconds. */
  function percentile(share) {
    let left = done * share;
    for (let i = 0; i < histogram.length; i++) {
      left -= histogram[i];
      if (left <= 0) return (i + 1) / 100;
    }
    return histogram.length / 100;
  }
}
