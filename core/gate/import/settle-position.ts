import { listSegments, segmentMark } from "../journal/journal-segments.ts";
import { type JournalChunk, readChunk } from "../journal/read-journal.ts";
import type { Queries } from "../state/connect.ts";
import { countedBefore, keyOf } from "./counted-before.ts";
import {
  beginning,
  canLieIn,
  headLine,
  type ImportPosition,
  isAfter,
  isWithin,
  type JournalOwner,
  movePosition,
  readPosition,
  readPositionByName,
} from "./journal-position.ts";
import { tally } from "./tally.ts";
import type { UsageCount } from "./usage-count.ts";
import { commitTimeoutMs, UsagePartitions, writeCounts } from "./write-counts.ts";

export type SettleOptions = JournalOwner & { queries: Queries; folder: string; nowMs: number };

/** `counted` decisions were missing in the database and are counted now, `known` were there. Null = nothing was in doubt. */
export type Settled = { counted: number; known: number } | null;

/**
 * Before the first import of a start: makes sure that the position is this folder's own. A folder from a version that kept
 * positions by the gate's name takes that one over, if it can be its own. Where it cannot, because another folder was counted
 * under the same name, or a copy of this one was, everything here is compared with the counts in the database, and what they
 * lack is added. Rejects when the database is away; may be repeated.
 */
export async function settlePosition(options: SettleOptions): Promise<Settled> {
  const { queries, folder, journalId } = options;
  const segments = listSegments(folder);
  const first = segments[0];
  const own = await readPosition(queries, journalId);
  if (first === undefined) {
    if (own === null) await move(options, beginning);
    return null;
  }
  const named = await readPositionByName(queries, gateNamedIn(headLine(folder, first)) ?? options.gateId);
  if (own !== null) {
    // Both are moved together, but by an earlier version that has run on this folder in between.
    const isBehind = named !== null && isAfter(named, own) && isWithin(folder, named);
    return canLieIn(folder, own) && !isBehind ? null : addMissing(options, own, segments);
  }
  if (named === null) return null;
  // Right behind the first line: there every folder's position of that name can be.
  if (!isWithin(folder, named) || named.offset <= headLine(folder, named.segment).length)
    return addMissing(options, null, segments);
  await move(options, named);
  return null;
}

/** A folder that is new has its place from then on, so that no other's is ever taken for it. */
async function move(options: SettleOptions, to: ImportPosition): Promise<void> {
  await options.queries.run((sql) => sql.begin((tx) => movePosition(tx, options, null, to)));
}

/** Who wrote a segment, by its first line. */
function gateNamedIn(head: string): string | null {
  const [mark, , gateId] = head.split("\t");
  return mark === segmentMark && gateId ? gateId : null;
}

/**
 * Adds what the database lacks of a whole folder. A decision counts as known while its token's minute has as many as came before
 * it here. Where another gate counted the same token in the same minute that may be too few, but never one twice.
 */
async function addMissing(
  options: SettleOptions,
  from: ImportPosition | null,
  segments: readonly number[],
): Promise<Settled> {
  const { queries, folder, gateId, nowMs } = options;
  const asked = new Map<string, UsageCount>();
  for (const { records } of chunksOf(folder, segments))
    for (const minute of tally(records).minutes) asked.set(keyOf(minute, nowMs), minute);
  await new UsagePartitions(queries).ensure([...asked.values()].map((minute) => minute.atMs));
  const settled = { counted: 0, known: 0 };
  const left = await countedBefore(queries, asked, nowMs);
  const isMissing = (key: string) => {
    const known = left.get(key) ?? 0;
    left.set(key, known - 1);
    settled[known > 0 ? "known" : "counted"]++;
    return known <= 0;
  };
  await queries.run(
    (sql) =>
      sql.begin(async (tx) => {
        let end = { segment: segments.at(-1) ?? 0, offset: 0 };
        for (const { segment, nextOffset, records } of chunksOf(folder, segments)) {
          const missing = records.filter((record) => isMissing(keyOf({ ...record, outcome: record.code }, nowMs)));
          if (missing.length > 0) await writeCounts(tx, gateId, tally(missing));
          end = { segment, offset: nextOffset };
        }
        await movePosition(tx, options, from, end);
      }),
    commitTimeoutMs,
  );
  return settled;
}

function* chunksOf(folder: string, segments: readonly number[]): Generator<JournalChunk & { segment: number }> {
  for (const segment of segments) {
    for (let offset = 0; ; ) {
      const chunk = readChunk(folder, segment, offset, Number.POSITIVE_INFINITY);
      yield { ...chunk, segment };
      offset = chunk.nextOffset;
      if (chunk.isAtEnd) break;
    }
  }
}
