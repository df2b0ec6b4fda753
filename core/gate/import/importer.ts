import type { JournalHead } from "../journal/journal-head.ts";
import { listSegments } from "../journal/journal-segments.ts";
import { readChunk } from "../journal/read-journal.ts";
import { scanLines } from "../journal/scan-journal.ts";
import type { Queries } from "../state/connect.ts";
import { foldLine } from "./fold-line.ts";
import {
  beginning,
  canLieIn,
  type ImportPosition,
  isSamePlace,
  type JournalOwner,
  movePosition,
  PositionMoved,
  readPosition,
} from "./journal-position.ts";
import { Tally } from "./tally.ts";
import { commitTimeoutMs, UsagePartitions, writeCounts } from "./write-counts.ts";

export type ImporterOptions = JournalOwner & {
  queries: Queries;
  folder: string;
  head: JournalHead;
  /** Called between any two steps; a test stops the importer there by throwing. */
  onStep?: ((step: string) => void) | undefined;
  maxBatchBytes?: number | undefined;
};

export type Imported = {
  bytes: number;
  records: number;
  damaged: number;
  isCaughtUp: boolean;
  position: ImportPosition;
};

/**
 * Counts the journal into Postgres. The position is moved in the transaction of the counts, so that stopping anywhere,
 * at any moment, loses nothing and repeats nothing. One importer per journal; a second one would only find the row moved.
 */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #partitions: UsagePartitions;
  readonly #buffer = Buffer.allocUnsafe(bytesAtOnce);
  /** Where the position can be: where it was read last and, until that is known, where it was being moved. Null = not read yet. */
  #places: (ImportPosition | null)[] | null = null;

  constructor(options: ImporterOptions) {
    this.#options = options;
    this.#partitions = new UsagePartitions(options.queries);
  }

  /**
   * Counts everything that lies in the journal in one go, or as much of it as memory should hold: the more decisions about a token
   * come together, the fewer rows are written for each. Rejects when the database is away, or the position is not this importer's;
   * try again later.
   */
  async importBatch(): Promise<Imported> {
    const known = this.#places?.length === 1 ? this.#places[0] : undefined;
    // Nothing new: the database need not be asked.
    if (known && this.#sourceAfter(known) === null) return nothing(known);
    const stored = await this.#findPosition();
    const from = stored ?? beginning;
    let source = this.#sourceAfter(from);
    if (source === null) return nothing(from);
    this.#step("read");
    const sums = new Tally();
    const read = { bytes: 0, damaged: 0, to: from };
    while (source !== null && !this.#isFull(sums, read.bytes)) {
      const to = this.#fold(source, sums, read);
      if (isSamePlace(to, source)) break;
      read.to = to;
      source = this.#sourceAfter(to);
    }
    await this.#commit(stored, read.to, sums);
    const { bytes, damaged, to } = read;
    return { bytes, records: sums.records, damaged, isCaughtUp: source === null, position: to };
  }

  #fold(source: ImportPosition, sums: Tally, read: { bytes: number; damaged: number }): ImportPosition {
    const { folder, head, maxBatchBytes = Number.POSITIVE_INFINITY } = this.#options;
    const { segment, offset } = source;
    const buffer = this.#buffer.subarray(0, Math.min(maxBatchBytes, this.#buffer.length));
    const end = scanLines(folder, segment, offset, head.readable(segment), buffer, (bytes, from, to) => {
      if (!foldLine(sums, bytes, from, to)) read.damaged++;
    });
    read.bytes += end - offset;
    return { segment, offset: end };
  }

  #isFull({ lines, records, refusals }: Tally, bytes: number): boolean {
    const { maxBatchBytes = Number.POSITIVE_INFINITY } = this.#options;
    return lines >= mostLines || records >= mostRecords || refusals.length >= mostRefusals || bytes >= maxBatchBytes;
  }

  /** Imports until there is nothing left. Returns the records counted. */
  async importAll(): Promise<number> {
    let records = 0;
    for (;;) {
      const batch = await this.importBatch();
      records += batch.records;
      if (batch.isCaughtUp) return records;
    }
  }

  /** Where the counts in the database end. */
  async readPosition(): Promise<ImportPosition> {
    return (await this.#findPosition()) ?? beginning;
  }

  /** Throws for a place where this importer cannot have left it: a copy of the folder is being counted elsewhere. */
  async #findPosition(): Promise<ImportPosition | null> {
    const { queries, journalId, folder } = this.#options;
    const found = await readPosition(queries, journalId);
    const isOwn = this.#places?.some((one) => isSamePlace(one, found)) ?? (found === null || canLieIn(folder, found));
    if (!isOwn) throw new PositionMoved();
    this.#places = [found];
    return found;
  }

  /** The next place with something to read: the rest of the segment, or the beginning of a later one. */
  #sourceAfter({ segment, offset }: ImportPosition): ImportPosition | null {
    const { folder, head } = this.#options;
    for (const number of listSegments(folder)) {
      if (number < segment) continue;
      const start = number === segment ? offset : 0;
      if (head.readable(number) <= start) continue;
      if (readChunk(folder, number, start, head.readable(number), peekBytes).nextOffset > start)
        return { segment: number, offset: start };
    }
    return null;
  }

  /** One transaction: the position and everything it stands for. */
  async #commit(from: ImportPosition | null, to: ImportPosition, sums: Tally): Promise<void> {
    const { queries, gateId } = this.#options;
    const step = (name: string) => this.#step(name);
    step("tally");
    await this.#partitions.ensure(sums.minuteTimes);
    step("partitions");
    this.#places = [from, to];
    await queries.run(
      (sql) =>
        sql.begin(async (tx) => {
          await movePosition(tx, this.#options, from, to);
          step("position");
          await writeCounts(tx, gateId, sums, step);
        }),
      commitTimeoutMs,
    );
    this.#places = [to];
    step("commit");
  }

  #step(name: string): void {
    this.#options.onStep?.(name);
  }
}

/** Longer than any line. */
const peekBytes = 16_384;

const bytesAtOnce = 1 << 20;
/** What one batch holds at most, for the memory it takes: about 100 MB of different lines, or of refusals, which are kept whole. */
const mostLines = 120_000;
const mostRefusals = 20_000;
/** So that the transaction stays far from its time limit. */
const mostRecords = 1_000_000;

const nothing = (position: ImportPosition): Imported => ({
  ...{ bytes: 0, records: 0, damaged: 0, isCaughtUp: true },
  position,
});
