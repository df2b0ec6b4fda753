import { maxHeadBytes, type NotPlain, type PlainHead, readPlainHead } from "./read-plain-head.ts";

/** Longer ones are read each time: ten thousand connections keep one each. */
const mostKeptBytes = 2_048;
const none = Buffer.alloc(0);

/** A gateway sends the same head again and again: one that is byte for byte the last of its connection is not read again. */
export class LastHead {
  #bytes = none;
  #head: PlainHead | null = null;

  /** The head that begins at `at`. */
  read(bytes: Buffer, at: number): PlainHead | NotPlain {
    const last = this.#head;
    if (last !== null && this.#isAt(bytes, at, last.headLength)) return last;
    const head = readPlainHead(bytes.toString("latin1", at, at + maxHeadBytes));
    if (typeof head !== "string" && head.headLength <= mostKeptBytes) {
      this.#head = head;
      // A copy: a slice would keep all that was received with it.
      this.#bytes = Buffer.from(bytes.subarray(at, at + head.headLength));
    }
    return head;
  }

  #isAt(bytes: Buffer, at: number, length: number): boolean {
    return bytes.length - at >= length && bytes.compare(this.#bytes, 0, length, at, at + length) === 0;
  }
}
