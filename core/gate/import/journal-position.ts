import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { TransactionSql } from "postgres";
import { listSegments, segmentMark, segmentName, segmentNumber } from "../journal/journal-segments.ts";
import { sizeOf } from "../journal/read-journal.ts";
import type { Queries } from "../state/connect.ts";

/** Everything before it is counted. Segment 0 = nothing was counted yet. */
export type ImportPosition = { segment: number; offset: number };

export const beginning: ImportPosition = { segment: 0, offset: 0 };

/** Whose journal it is: the directory's id, and the name of the gate that counts it. */
export type JournalOwner = { journalId: string; gateId: string };

/** Where the counts of a directory end in the database; null = it has no place there yet. */
export async function readPosition(queries: Queries, journalId: string): Promise<ImportPosition | null> {
  const [row] = await queries.run(
    (sql) => sql`select segment, offset_bytes from journal where id = ${journalId}::uuid`,
  );
  return row ? positionOf(row) : null;
}

/** The position that versions without an id of the directory kept by the gate's name. */
export async function readPositionByName(queries: Queries, gateId: string): Promise<ImportPosition | null> {
  const [row] = await queries.run(
    (sql) => sql`select segment, offset_bytes from journal_position where gate_id = ${gateId}`,
  );
  return row ? positionOf(row) : null;
}

/** Moves it within the transaction of the counts. Throws when it is no longer where it was read. */
export async function movePosition(
  tx: TransactionSql,
  { journalId, gateId }: JournalOwner,
  from: ImportPosition | null,
  to: ImportPosition,
): Promise<void> {
  const segment = segmentName(to.segment);
  const moved =
    from === null
      ? await tx`insert into journal (id, gate_id, segment, offset_bytes, updated_at)
          values (${journalId}::uuid, ${gateId}, ${segment}, ${to.offset}, now()) on conflict do nothing returning id`
      : await tx`update journal set gate_id = ${gateId}, segment = ${segment}, offset_bytes = ${to.offset}, updated_at = now()
          where id = ${journalId}::uuid and segment = ${segmentName(from.segment)} and offset_bytes = ${from.offset} returning id`;
  if (moved.length === 0) throw new PositionMoved();
  // Versions before take a row with nothing counted for one that somebody else has moved.
  if (to.segment === 0) return;
  await tx`insert into journal_position (gate_id, segment, offset_bytes, updated_at) values (${gateId}, ${segment}, ${to.offset}, now())
    on conflict (gate_id) do update set segment = excluded.segment, offset_bytes = excluded.offset_bytes, updated_at = now()`;
}

/** Somebody else has moved the position of this journal: nothing of it may be counted or deleted by it. */
export class PositionMoved extends Error {
  constructor() {
    super("The journal's position moved while it was being imported.");
  }
}

/** Whether a position can lie in this folder: in a segment that is here, at the end of a line. */
export function isWithin(folder: string, { segment, offset }: ImportPosition): boolean {
  if (!listSegments(folder).includes(segment) || offset > sizeOf(folder, segment)) return false;
  return offset === 0 || bytesOf(folder, segment, offset - 1, 1) === "\n";
}

/** Whether it can be where the import of this folder ended. Segments before the first one here were counted and deleted. */
export function canLieIn(folder: string, position: ImportPosition): boolean {
  const [first] = listSegments(folder);
  return first === undefined || position.segment < first || isWithin(folder, position);
}

export function isAfter(one: ImportPosition, other: ImportPosition): boolean {
  return one.segment > other.segment || (one.segment === other.segment && one.offset > other.offset);
}

export function isSamePlace(one: ImportPosition | null, other: ImportPosition | null): boolean {
  return one?.segment === other?.segment && one?.offset === other?.offset;
}

/** The first line of a segment, which says whose it is; empty = it has none yet. */
export function headLine(folder: string, segment: number): string {
  const text = bytesOf(folder, segment, 0, 256);
  return text.startsWith(segmentMark) && text.includes("\n") ? text.slice(0, text.indexOf("\n") + 1) : "";
}

function bytesOf(folder: string, segment: number, offset: number, count: number): string {
  const fd = openSync(join(folder, segmentName(segment)), "r");
  try {
    const buffer = Buffer.alloc(count);
    return buffer.toString("latin1", 0, readSync(fd, buffer, 0, count, offset));
  } finally {
    closeSync(fd);
  }
}

function positionOf(row: Record<string, unknown>): ImportPosition {
  return { segment: segmentNumber(String(row.segment)), offset: Number(row.offset_bytes) };
}
