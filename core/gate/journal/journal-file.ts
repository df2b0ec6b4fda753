import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { segmentMark, segmentName } from "./journal-segments.ts";

/** The system calls of the journal, so that a test can let the disk be full. */
export const diskCalls = {
  openSync,
  writeSync,
  ftruncateSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  closeSync,
  unlinkSync,
};
export type DiskCalls = typeof diskCalls;

/** One open segment. It only ever grows by whole batches: one that could not be written is cut off again. */
export class JournalFile {
  readonly number: number;
  readonly openedAtMs: number;
  readonly #disk: DiskCalls;
  readonly #fd: number;
  #bytes = 0;

  /** Makes the file with its first line. Throws what the disk says; then no file is left. */
  constructor(disk: DiskCalls, folder: string, gateId: string, number: number, nowMs: number) {
    this.#disk = disk;
    this.number = number;
    this.openedAtMs = nowMs;
    const path = join(folder, segmentName(number));
    this.#fd = disk.openSync(path, "wx", 0o600);
    try {
      this.append(Buffer.from(`${segmentMark}\t1\t${gateId}\t${number}\n`));
    } catch (error) {
      disk.closeSync(this.#fd);
      disk.unlinkSync(path);
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes all of it or, throwing, nothing. */
  append(data: Uint8Array): void {
    const before = this.#bytes;
    let done = 0;
    try {
      while (done < data.length) done += this.#disk.writeSync(this.#fd, data, done, data.length - done, before + done);
      this.#bytes = before + done;
    } catch (error) {
      this.cutTo(before);
      throw error;
    }
  }

  cutTo(bytes: number): void {
    this.#disk.ftruncateSync(this.#fd, bytes);
    this.#bytes = bytes;
  }

  sync(done: (error: Error | null) => void): void {
    this.#disk.fdatasync(this.#fd, done);
  }

  syncNow(): void {
    this.#disk.fdatasyncSync(this.#fd);
  }

  close(): void {
    this.#disk.closeSync(this.#fd);
  }
}

/** Makes a new file's name last through a power loss. */
export function syncFolder(disk: DiskCalls, folder: string): void {
  const fd = disk.openSync(folder, "r");
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
}
