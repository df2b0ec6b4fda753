import { type DiskCalls, diskCalls, JournalFile, syncFolder } from "./journal-file.ts";
import type { JournalHead } from "./journal-head.ts";
import { atEndOfTurn } from "./turn.ts";

/** Told when the decision it waits for is recorded (true), or cannot be (false). Called exactly once. */
export interface JournalWaiter {
  committed(isWritten: boolean): void;
}

export type JournalOptions = {
  folder: string;
  gateId: string;
  /** Number of the first segment to open; higher than any that ever was. */
  firstSegment: number;
  head: JournalHead;
  /** Epoch milliseconds. */
  now: () => number;
  /** Also survive power loss: wait for the disk before answering. */
  isSynced: boolean;
  onFault: (error: unknown) => void;
  maxSegmentBytes?: number;
  maxSegmentAgeMs?: number;
  disk?: DiskCalls;
};

/** After a failed write the disk is left alone this long, and decisions fail at once. */
const pauseAfterFaultMs = 100;

/**
 * The append-only journal. Everything recorded in one turn of the event loop is written with one system call, and only then
 * are its waiters told (group commit). A segment is never appended to after a restart, so a torn last line stays last.
 */
export class Journal {
  readonly #options: Required<JournalOptions>;
  #file: JournalFile | null = null;
  #nextSegment: number;
  #text = "";
  #waiters: JournalWaiter[] = [];
  #unsynced: JournalWaiter[] = [];
  #isSyncing = false;
  #isScheduled = false;
  #pausedUntilMs = 0;
  #buffer = Buffer.allocUnsafe(1 << 20);
  #onIdle: (() => void) | null = null;
  readonly #flushBound = () => this.#flush();
  /** Bytes written since the start. */
  writtenBytes = 0;
  faults = 0;

  constructor(options: JournalOptions) {
    this.#options = { maxSegmentBytes: 16 << 20, maxSegmentAgeMs: 10_000, disk: diskCalls, ...options };
    this.#nextSegment = options.firstSegment;
  }

  /** Opens the first segment. Throws what the disk says. */
  open(): void {
    this.#file = this.#openFile();
  }

  record(line: string, waiter: JournalWaiter): void {
    this.#text += line;
    this.#wait(waiter);
  }

  /** For an answer that repeats one already recorded: it goes out no earlier than what was recorded before it. */
  follow(waiter: JournalWaiter): void {
    this.#wait(waiter);
  }

  /** Writes what is pending, waits for the disk where that is asked for, and closes. */
  async close(): Promise<void> {
    this.#flush();
    if (this.#isSyncing) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    this.#file?.close();
    this.#file = null;
    // Closed: everything in it may be read.
    this.#options.head.set(this.#nextSegment, 0);
  }

  #wait(waiter: JournalWaiter): void {
    this.#waiters.push(waiter);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    atEndOfTurn(this.#flushBound);
  }

  #flush(): void {
    this.#isScheduled = false;
    const waiters = this.#waiters;
    const text = this.#text;
    if (waiters.length === 0) return;
    this.#waiters = [];
    this.#text = "";
    if (text !== "" && !this.#write(text)) {
      this.#tell(waiters, false);
      return;
    }
    if (this.#options.isSynced) {
      for (const waiter of waiters) this.#unsynced.push(waiter);
      if (!this.#isSyncing) this.#sync();
      return;
    }
    this.#advanceHead();
    this.#tell(waiters, true);
  }

  /** False = nothing of it is in the journal. */
  #write(text: string): boolean {
    const nowMs = this.#options.now();
    if (nowMs < this.#pausedUntilMs && this.#pausedUntilMs - nowMs <= pauseAfterFaultMs) return false;
    try {
      const file = this.#fileFor(nowMs);
      const data = this.#encode(text);
      file.append(data);
      this.writtenBytes += data.length;
      return true;
    } catch (error) {
      this.#fault(error, nowMs);
      return false;
    }
  }

  /** Lines are ASCII, so a character is a byte. */
  #encode(text: string): Uint8Array {
    if (text.length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(text.length * 2);
    return this.#buffer.subarray(0, this.#buffer.write(text, 0, "latin1"));
  }

  #fileFor(nowMs: number): JournalFile {
    const { maxSegmentAgeMs, maxSegmentBytes } = this.#options;
    const file = this.#file;
    const isFull = file && (file.bytes >= maxSegmentBytes || Math.abs(nowMs - file.openedAtMs) >= maxSegmentAgeMs);
    if (file && (!isFull || this.#isSyncing)) return file;
    const fresh = this.#openFile();
    if (file && this.#options.isSynced) file.syncNow();
    file?.close();
    this.#file = fresh;
    return fresh;
  }

  #openFile(): JournalFile {
    const { disk, folder, gateId, head, isSynced, now } = this.#options;
    const file = new JournalFile(disk, folder, gateId, this.#nextSegment, now());
    if (isSynced) syncFolder(disk, folder);
    this.#nextSegment++;
    head.set(file.number, file.bytes);
    this.writtenBytes += file.bytes;
    return file;
  }

  #sync(): void {
    const file = this.#file;
    const waiters = this.#unsynced;
    this.#unsynced = [];
    if (!file) return;
    this.#isSyncing = true;
    const bytes = file.bytes;
    file.sync((error) => {
      this.#isSyncing = false;
      // After a fault the file was cut back to its last committed byte, whatever the disk says of it now.
      const isLost = error !== null || this.#file !== file;
      if (error && this.#file === file) this.#fault(error, this.#options.now());
      if (!isLost) this.#options.head.set(file.number, bytes);
      this.#tell(waiters, !isLost);
      if (this.#unsynced.length > 0) this.#sync();
      else this.#onIdle?.();
    });
  }

  /** One answer that cannot be sent must not keep the others back. */
  #tell(waiters: readonly JournalWaiter[], isWritten: boolean): void {
    for (const waiter of waiters) {
      try {
        waiter.committed(isWritten);
      } catch (error) {
        this.#options.onFault(error);
      }
    }
  }

  #advanceHead(): void {
    if (this.#file) this.#options.head.set(this.#file.number, this.#file.bytes);
  }

  /** What is not committed is cut off, the file is left behind, and the next write opens a new one. */
  #fault(error: unknown, nowMs: number): void {
    this.faults++;
    this.#pausedUntilMs = nowMs + pauseAfterFaultMs;
    const file = this.#file;
    this.#file = null;
    const lost = this.#unsynced;
    this.#unsynced = [];
    try {
      if (file) {
        const committed = this.#options.head.readable(file.number);
        if (committed < file.bytes) file.cutTo(committed);
        file.close();
      }
    } catch {
      // The fault is reported below; the segment stays as it is.
    }
    this.#tell(lost, false);
    this.#options.onFault(error);
  }
}
