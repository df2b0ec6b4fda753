import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

/** For tests only: a DNS server on this machine that knows TXT records, and fails as it is told to. */

type Told = string[] | "no such name" | "failure" | "silence";
const codes = { "no such name": 3, failure: 2 } as const;

export async function startDnsServer() {
  const told = new Map<string, Told>();
  const asked: string[] = [];
  let rest: Told = "no such name";
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const { name, end } = questionOf(query);
    asked.push(name);
    const answer = told.get(name) ?? rest;
    if (answer === "silence") return;
    const records = Array.isArray(answer) ? answer.map(txtRecord) : [];
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // A response, recursion desired and available.
    header.writeUInt16BE(0x8180 | (Array.isArray(answer) ? 0 : codes[answer]), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), from.port, from.address);
  });
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  socket.unref();
  return {
    /** As DOMAIN_DNS_SERVERS writes it. */
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    asked,
    /** What it answers about a name from now on. */
    tell(name: string, answer: Told) {
      told.set(name, answer);
    },
    /** What it answers about names that it was not told of. */
    tellOthers(answer: Told) {
      rest = answer;
    },
    forget() {
      told.clear();
      rest = "no such name";
    },
    close: () => new Promise<void>((done) => socket.close(() => done())),
  };
}

/** The name that a query asks about, and where its question ends (RFC 1035, 4.1.2). */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 5 };
}

/** A TXT record about the name of the question, in parts of 255 bytes (RFC 1035, 3.3.14). */
function txtRecord(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length || parts.length === 0; at += 255) {
    const part = bytes.subarray(at, at + 255);
    parts.push(Buffer.from([part.length]), part);
  }
  const data = Buffer.concat(parts);
  const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, data.length >> 8, data.length & 255]);
  return Buffer.concat([head, data]);
}
