import type { TransactionSql } from "postgres";
import type { JournalHead } from "../journal/journal-head.ts";
import { listSegments, segmentName, segmentNumber } from "../journal/journal-segments.ts";
import { type JournalChunk, readChunk } from "../journal/read-journal.ts";
import type { Queries } from "../state/connect.ts";
import { addAttempts, addNetworks, addRefusals, addSeconds, addUsage, setLastUses } from "./import-store.ts";
import { dayMs, type Tally, tally } from "./import-tally.ts";
import { addSecretUse } from "./secret-use-store.ts";

export type ImporterOptions = {
  queries: Queries;
  folder: string;
  gateId: string;
  head: JournalHead;
  /** Called between any two steps; a test stops the importer there by throwing. */
  onStep?: (step: string) => void;
  maxBatchBytes?: number;
};

export type ImportPosition = { segment: number; offset: number };
export type Imported = {
  bytes: number;
  records: number;
  damaged: number;
  isCaughtUp: boolean;
  position: ImportPosition;
};

/**
 * Counts the journal into Postgres. The position is moved in the transaction of the counts, so that stopping anywhere,
 * at any moment, loses nothing and repeats nothing. One importer per gate; a second one would only find the row moved.
 */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #partitionedDays = new Set<number>();

  constructor(options: ImporterOptions) {
    this.#options = options;
  }

  /** Imports one batch. Rejects when the database is away; try again later. */
  async importBatch(): Promise<Imported> {
    const { folder, head, maxBatchBytes } = this.#options;
    const from = await this.readPosition();
    const source = this.#sourceAfter(from);
    if (source === null) return { bytes: 0, records: 0, damaged: 0, isCaughtUp: true, position: from };
    this.#step("read");
    const chunk = readChunk(folder, source.segment, source.offset, head.readable(source.segment), maxBatchBytes);
    const to = { segment: source.segment, offset: chunk.nextOffset };
    const bytes = chunk.nextOffset - source.offset;
    if (bytes > 0) await this.#commit(from, to, chunk);
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

  /** Where the counts in the database end; segment 0 = nothing was counted yet. */
  async readPosition(): Promise<ImportPosition> {
    const { queries, gateId } = this.#options;
    const [row] = await queries.run(
      (sql) => sql`select segment, offset_bytes from journal_position where gate_id = ${gateId}`,
    );
    return row
      ? { segment: segmentNumber(String(row.segment)), offset: Number(row.offset_bytes) }
      : { segment: 0, offset: 0 };
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

  async #commit(from: ImportPosition, to: ImportPosition, chunk: JournalChunk): Promise<void> {
    const { queries } = this.#options;
    const sums = tally(chunk.records);
    this.#step("tally");
    await this.#ensurePartitions(sums.minutes.map((minute) => minute.atMs));
    this.#step("partitions");
    await queries.run((sql) => sql.begin((tx) => this.#write(tx, from, to, sums)), commitTimeoutMs);
    this.#step("commit");
  }

  /** One transaction: the position and everything it stands for. */
  async #write(tx: TransactionSql, from: ImportPosition, to: ImportPosition, sums: Tally): Promise<void> {
    await this.#movePosition(tx, from, to);
    this.#step("position");
    await addUsage(tx, sums.minutes);
    this.#step("usage");
    await addSeconds(tx, sums.seconds);
    this.#step("seconds");
    await addRefusals(tx, this.#options.gateId, sums.refusals);
    this.#step("refusals");
    await addNetworks(tx, sums.networks);
    await addSecretUse(tx, sums.secrets);
    await addAttempts(tx, sums.attempts);
    this.#step("networks");
    await setLastUses(tx, sums.lastUses);
    this.#step("last uses");
  }

  /** Throws when the position is no longer where it was read: somebody else has counted this already. */
  async #movePosition(tx: TransactionSql, from: ImportPosition, to: ImportPosition): Promise<void> {
    const { gateId } = this.#options;
    const moved =
      from.segment === 0
        ? await tx`insert into journal_position (gate_id, segment, offset_bytes, updated_at)
            values (${gateId}, ${segmentName(to.segment)}, ${to.offset}, now()) on conflict do nothing returning gate_id`
        : await tx`update journal_position set segment = ${segmentName(to.segment)}, offset_bytes = ${to.offset}, updated_at = now()
            where gate_id = ${gateId} and segment = ${segmentName(from.segment)} and offset_bytes = ${from.offset} returning gate_id`;
    if (moved.length === 0) throw new Error("The journal's position moved while it was being imported.");
  }

  /** Each day by itself: a clock that was wrong for a moment must not make a partition for every day in between. */
  async #ensurePartitions(timesMs: readonly number[]): Promise<void> {
    for (const day of new Set(timesMs.map((atMs) => atMs - (atMs % dayMs)))) {
      if (this.#partitionedDays.has(day)) continue;
      const at = new Date(day).toISOString();
      await this.#options.queries.run(
        (sql) => sql`select ensure_usage_partitions(${at}::timestamptz, ${at}::timestamptz)`,
        commitTimeoutMs,
      );
      this.#partitionedDays.add(day);
    }
  }

  #step(name: string): void {
    this.#options.onStep?.(name);
  }
}

/** A batch of the adversary's kind, each decision about another token, takes seconds; one that hangs must end. */
const commitTimeoutMs = 120_000;
/** Longer than any line. */
const peekBytes = 16_384;
