/**
 * How far the journal is committed, shared between the gate's thread, which writes, and the importer's, which reads: bytes
 * behind it belong to decisions that were not answered yet and may still be taken back.
 */
export class JournalHead {
  readonly #words: Int32Array;
  readonly #total: BigUint64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.#words = new Int32Array(buffer, 0, 2);
    this.#total = new BigUint64Array(buffer, 8, 1);
  }

  get buffer(): SharedArrayBuffer {
    const { buffer } = this.#words;
    if (buffer instanceof SharedArrayBuffer) return buffer;
    throw new Error("The journal's head is not shared.");
  }

  /** Bytes committed since the gate started, over all segments. */
  get written(): number {
    return Number(Atomics.load(this.#total, 0));
  }

  /** A reader between the two writes of a new segment sees less, never more, than is committed. */
  set(segment: number, offsetBytes: number): void {
    if (segment !== Atomics.load(this.#words, 0)) {
      Atomics.store(this.#words, 1, 0);
      Atomics.store(this.#words, 0, segment);
    }
    const before = Atomics.exchange(this.#words, 1, offsetBytes);
    if (offsetBytes > before) Atomics.add(this.#total, 0, BigInt(offsetBytes - before));
  }

  /** Bytes of this segment that may be read; Infinity for one that is closed. Segment 0 = nothing is open. */
  readable(segment: number): number {
    const open = Atomics.load(this.#words, 0);
    if (open === 0 || segment < open) return Number.POSITIVE_INFINITY;
    return segment === open ? Atomics.load(this.#words, 1) : 0;
  }

  get segment(): number {
    return Atomics.load(this.#words, 0);
  }
}
