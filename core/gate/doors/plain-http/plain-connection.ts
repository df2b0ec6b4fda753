import type { Socket } from "node:net";
import { LastHead } from "./last-head.ts";
import { OwedAnswers } from "./owed-answers.ts";
import { PlainCall } from "./plain-call.ts";
import type { PlainReading } from "./plain-reading.ts";
import type { PlainHead } from "./read-plain-head.ts";
import { UnfinishedRequest } from "./unfinished-request.ts";

/** No more is read while so many answers are owed. */
const mostOwed = 256;
const badRequest = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

/**
 * One connection, for as long as all that comes on it is of the plain shape. At the first byte that is not, node:http gets the socket
 * with everything unread, once what was read before it is answered.
 */
export class PlainConnection {
  readonly socket: Socket;
  readonly #reading: PlainReading;
  readonly #over: () => void;
  readonly #owed = new OwedAnswers();
  readonly #lastHead = new LastHead();
  #unanswered = 0;
  #unfinished: UnfinishedRequest | null = null;
  /** What node:http is to read. */
  #rest: Buffer | null = null;
  #isReading = false;
  #isUsed = false;
  #isHeld = false;
  #isWriteDue = false;
  #isDraining = false;
  /** Closed, or node:http's. */
  #isOver = false;

  readonly #onData = (chunk: Buffer) => this.#received(chunk);
  readonly #onEnd = () => this.#ended();
  readonly #onDrain = () => this.#pace();
  readonly #onTimeout = () => void this.socket.destroy();
  readonly #onClose = () => this.#closed();
  readonly #writeBound = () => this.#write();

  /** `over` is called when the connection is closed or no longer read here. */
  constructor(socket: Socket, reading: PlainReading, over: () => void) {
    this.socket = socket;
    this.#reading = reading;
    this.#over = over;
    socket.on("data", this.#onData);
    socket.on("end", this.#onEnd);
    socket.on("drain", this.#onDrain);
    socket.on("timeout", this.#onTimeout);
    socket.on("close", this.#onClose);
    socket.on("error", ignored);
  }

  /** A call has its answer. All that is ready goes out together. */
  answered(): void {
    this.#unanswered--;
    if (this.#isReading) return;
    if (this.#unanswered === 0) this.#write();
    else if (!this.#isWriteDue) {
      this.#isWriteDue = true;
      process.nextTick(this.#writeBound);
    }
  }

  /** Ends the connection once nothing is owed any more. */
  drain(): void {
    this.#isDraining = true;
    if (this.#unfinished !== null) this.#leaveWith(this.#unfinished.bytes);
    else if (this.#owed.count === 0) this.socket.destroySoon();
  }

  #received(chunk: Buffer): void {
    const begun = this.#unfinished;
    if (this.#isDraining) this.#leaveWith(chunk);
    else if (begun === null) this.#read(chunk);
    else if (begun.add(chunk)) {
      if (begun.isCrumbled) this.#leaveWith(begun.bytes);
      else this.#read(begun.bytes);
    }
  }

  #read(bytes: Buffer): void {
    this.#isReading = true;
    for (let at = 0; at < bytes.length; ) at = this.#readOne(bytes, at);
    this.#isReading = false;
    this.#write();
  }

  /** Returns where the next request begins; all that there is when the rest has to wait or is not for here. */
  #readOne(bytes: Buffer, at: number): number {
    const head = this.#lastHead.read(bytes, at);
    if (head === "unfinished") this.#waitFor(bytes, at, 0);
    else if (head === "other") this.#leaveWith(bytes.subarray(at));
    else {
      const bodyAt = at + head.headLength;
      const end = bodyAt + head.bodyLength;
      if (end > bytes.length) this.#waitForBody(head, bytes, at, end - at);
      else if (this.#begin(new PlainCall(this, head, bytes.toString("utf8", bodyAt, end)))) return end;
      else this.#leaveWith(bytes.subarray(at));
    }
    return bytes.length;
  }

  #begin(call: PlainCall): boolean {
    this.#endWaiting();
    this.#owed.add(call);
    this.#unanswered++;
    if (!this.#reading.begin(call)) {
      this.#owed.dropLast();
      this.#unanswered--;
      return false;
    }
    if (!this.#isUsed) {
      this.#isUsed = true;
      this.#reading.used(this.socket);
      this.socket.setTimeout(this.#reading.keepAliveSeconds * 1000);
    }
    return true;
  }

  /** Nothing is kept for who may not ask. */
  #waitForBody(head: PlainHead, bytes: Buffer, at: number, needed: number): void {
    if (this.#reading.mayAsk(new PlainCall(this, head, ""))) this.#waitFor(bytes, at, needed);
    else this.#leaveWith(bytes.subarray(at));
  }

  #waitFor(bytes: Buffer, at: number, needed: number): void {
    this.#unfinished ??= new UnfinishedRequest(() => this.#unfinished && this.#leaveWith(this.#unfinished.bytes));
    this.#unfinished.hold(bytes.subarray(at), needed);
  }

  #endWaiting(): void {
    this.#unfinished?.end();
    this.#unfinished = null;
  }

  #leaveWith(rest: Buffer): void {
    this.#endWaiting();
    this.#rest = rest;
    if (!this.#isReading) this.#write();
  }

  /** What is ready, in the order it was asked, with one write. */
  #write(): void {
    this.#isWriteDue = false;
    if (this.#isOver || this.socket.destroyed) return;
    const text = this.#owed.takeReady(this.#reading.keepAliveSeconds, this.#isDraining && this.#rest === null);
    if (text !== "" && this.socket.writable) this.socket.write(text, "latin1");
    if (this.#owed.count > 0) this.#pace();
    else if (this.#rest !== null) this.#leave(this.#rest);
    else if (this.#isDraining) this.socket.destroySoon();
    else this.#pace();
  }

  /** Reads no more while the client does not take its answers, or is owed too many. */
  #pace(): void {
    const isHeld = this.#rest !== null || this.#owed.count >= mostOwed || this.socket.writableNeedDrain;
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    if (isHeld) this.socket.pause();
    else this.socket.resume();
  }

  /** All that is unread goes back as one piece: node:http takes what follows from the socket itself. */
  #leave(rest: Buffer): void {
    const { socket } = this;
    this.#letGo();
    socket.pause();
    const later: Buffer | null = socket.read();
    socket.unshift(later === null ? rest : Buffer.concat([rest, later]));
    this.#reading.leave(socket);
    socket.resume();
  }

  /** Like node:http: a request without its end is answered, what is owed is not waited for. */
  #ended(): void {
    if (this.#unfinished === null) this.socket.end();
    else this.socket.end(badRequest);
  }

  #closed(): void {
    this.#endWaiting();
    this.#letGo();
  }

  #letGo(): void {
    const { socket } = this;
    this.#isOver = true;
    socket.off("data", this.#onData);
    socket.off("end", this.#onEnd);
    socket.off("drain", this.#onDrain);
    socket.off("timeout", this.#onTimeout);
    socket.off("close", this.#onClose);
    socket.off("error", ignored);
    this.#over();
  }
}

/** What breaks a connection closes it. */
function ignored(): void {}
