/** How long the rest of a request may take, and in how many pieces its head may come: after that node:http's own times hold. */
const restMs = 1_000;
const mostHeadPieces = 8;

/** A plain request whose end has not come yet. */
export class UnfinishedRequest {
  readonly #timer: NodeJS.Timeout;
  #pieces: Buffer[] = [];
  #length = 0;
  #needed = 0;
  #headPieces = 0;

  /** `late` is called when the rest has not come in time. */
  constructor(late: () => void) {
    this.#timer = setTimeout(late, restMs);
  }

  /** All that has come. */
  get bytes(): Buffer {
    return this.#pieces.length === 1 && this.#pieces[0] ? this.#pieces[0] : Buffer.concat(this.#pieces);
  }

  /** Its head has come in more pieces than a client of good will sends. */
  get isCrumbled(): boolean {
    return this.#needed === 0 && this.#headPieces > mostHeadPieces;
  }

  /** Takes all that has come so far; `needed` = bytes of the whole request, 0 while its head is not whole. */
  hold(bytes: Buffer, needed: number): void {
    this.#pieces = [bytes];
    this.#length = bytes.length;
    this.#needed = needed;
    this.#headPieces++;
  }

  /** True = it is worth reading again. */
  add(piece: Buffer): boolean {
    this.#pieces.push(piece);
    this.#length += piece.length;
    return this.#length >= this.#needed;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
