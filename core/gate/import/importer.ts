import type { JournalHead } from "../journal/journal-head.ts";
import { listSegments } from "../journal/journal-segments.ts";
import { type JournalChunk, readChunk } from "../journal/read-journal.ts";
import type { Queries } from "../state/connect.ts";
import { tally } from "./import-tally.ts";
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
import { commitTimeoutMs, UsagePartitions, writeCounts } from "./write-counts.ts";

export type ImporterOptions = JournalOwner & {
  queries: Queries;
  folder: string;
  head: JournalHead;
  /** Called between any two steps; a test stops the importer there by throwing. */
  onStep?: (step: string) => void;
  maxBatchBytes?: number;
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
  /** Where the position can be: where it was read last and, until that is known, where it was being moved. Null = not read yet. */
  #places: (ImportPosition | null)[] | null = null;

  constructor(options: ImporterOptions) {
    this.#options = options;
    this.#partitions = new UsagePartitions(options.queries);
  }

  /** Imports one batch. Rejects when the database is away, or the position is not this importer's; try again later. */
  async importBatch(): Promise<Imported> {
    const { folder, head, maxBatchBytes } = this.#options;
    const stored = await this.#findPosition();
    const from = stored ?? beginning;
    const source = this.#sourceAfter(from);
    if (source === null) return { bytes: 0, records: 0, damaged: 0, isCaughtUp: true, position: from };
    this.#step("read");
    const chunk = readChunk(folder, source.segment, source.offset, head.readable(source.segment), maxBatchBytes);
    const to = { segment: source.segment, offset: chunk.nextOffset };
    const bytes = chunk.nextOffset - source.offset;
    if (bytes > 0) await this.#commit(stored, to, chunk);
    return {
      bytes,
      records: chunk.records.length,
      damaged: chunk.damaged,
      isCaughtUp: chunk.isAtEnd && this.#sourceAfter(to) === null,
      position: to,
    };
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
  async #commit(from: ImportPosition | null, to: ImportPosition, chunk: JournalChunk): Promise<void> {
    const { queries, gateId } = this.#options;
    const step = (name: string) => this.#step(name);
    const sums = tally(chunk.records);
    step("tally");
    await this.#partitions.ensure(sums.minutes.map((minute) => minute.atMs));
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
    step("commit");
  }

  #step(name: string): void {
    this.#options.onStep?.(name);
  }
}

/** Longer than any line. */
const peekBytes = 16_384;
