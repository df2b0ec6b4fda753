/**
 * The load: a process of its own with raw sockets, so that it is cheaper than any server. Each has one request under way, or `depth`
 * of them, sent together and all answered before the next (pipelining).
 * Started with fork; takes { tokens, isInHeader } once, then { port, connections, seconds, depth } for each round and answers its figures.
 * Each request names the next token, in a fixed shuffled order over all of them.
 */
import { connect } from "node:net";

let requests = [];
let next = 0;

process.on("message", async (/** @type {any} */ message) => {
  if (message.tokens) {
    requests = message.tokens.map(message.isInHeader ? proxiedRequestFor : requestFor);
    process.send?.({ isReady: true });
  } else {
    process.send?.(await round(message));
  }
});

function nextRequest() {
  const request = requests[next];
  next = (next + 1) % requests.length;
  return request;
}

/** Where the answer that begins at `at` ends; -1 = it is not whole. */
function endOf(text, at) {
  const bodyAt = text.indexOf("\r\n\r\n", at) + 4;
  if (bodyAt === 3) return -1;
  const writtenAt = text.indexOf("Content-Length: ", at);
  const lengthAt = (writtenAt === -1 ? text.indexOf("content-length: ", at) : writtenAt) + 16;
  const end = bodyAt + Number.parseInt(text.slice(lengthAt, lengthAt + 8), 10);
  return text.length < end ? -1 : end;
}

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

/** A client's own request, as a proxy's limiter sees it. */
function proxiedRequestFor(token) {
  return Buffer.from(
    `GET /v1/email HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer ${token}\r\nUser-Agent: example-client/2.1\r\n\r\n`,
  );
}

async function round({ port, connections, seconds, depth = 1 }) {
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
      let underWay = 0;
      const send = () => {
        sentAt = performance.now();
        underWay = depth;
        if (depth === 1) socket.write(nextRequest());
        else socket.write(Buffer.concat(Array.from({ length: depth }, nextRequest)));
      };
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("data", (chunk) => {
        const text = chunk.toString("latin1");
        pending = pending === "" ? text : pending + text;
        let at = 0;
        for (let end = endOf(pending, at); end !== -1; end = endOf(pending, at)) {
          // A 503 is counted, not the end: it tells what the gate could not answer.
          if (pending.startsWith("HTTP/1.1 503", at)) unavailable++;
          else if (!pending.startsWith("HTTP/1.1 200", at)) return reject(new Error(pending.slice(at, at + 300)));
          else done++;
          if (pending.startsWith('{"allowed":true', pending.indexOf("\r\n\r\n", at) + 4)) allowed++;
          at = end;
          underWay--;
          histogram[Math.min(histogram.length - 1, Math.floor((performance.now() - sentAt) * 100))]++;
        }
        pending = pending.slice(at);
        if (underWay > 0) return;
        if (performance.now() < endsAt) send();
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
