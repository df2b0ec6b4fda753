import { expect, it } from "vitest";
import { LastHead } from "./last-head.ts";
import { readPlainHead } from "./read-plain-head.ts";
import { forwarded, verify } from "./testing-streams.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

it("reads every head as if it were the first", () => {
  const last = new LastHead();
  const texts = [
    verify(),
    verify(),
    verify("{}"),
    forwarded(),
    forwarded(),
    verify(),
    verify().replace("Host", "host"),
  ];
  for (const text of texts) expect(last.read(bytes(`..${text}`), 2)).toEqual(readPlainHead(text));
});

it("does not take for the last what differs in any byte, or is not whole", () => {
  const text = verify();
  const end = text.indexOf("\r\n\r\n") + 4;
  for (let at = 0; at < end; at++) {
    const last = new LastHead();
    last.read(bytes(text), 0);
    const changed = `${text.slice(0, at)}\0${text.slice(at + 1)}`;
    expect(last.read(bytes(changed), 0), changed).toBe("other");
    expect(last.read(bytes(text.slice(0, at)), 0)).toBe("unfinished");
  }
});

it("keeps its own copy of the last head", () => {
  const last = new LastHead();
  const received = bytes(verify());
  last.read(received, 0);
  received.fill(0);
  expect(last.read(received, 0)).toBe("other");
});
