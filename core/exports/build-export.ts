import { eq, sql } from "drizzle-orm";
import { strToU8, Zip, ZipDeflate } from "fflate";
import type { Database } from "#db/client.ts";
import { accountExport, exportChunk } from "#db/schema/exports.ts";
import * as words from "#words/words.ts";
import { dayMs } from "../rules/time.ts";
import { type ExportFile, exportFiles } from "./export-files.ts";

/** Size of a stored part. */
const partBytes = 512 * 1024;
/** Rows read at a time. */
const batchRows = 2_000;
const keptDays = 7;

/**
 * Builds the archive of an export: one file after the other, read by a cursor in one snapshot, packed as it is read and kept in
 * parts, so that a large account needs no memory. Progress shows while it goes on. A build that was cut off begins anew.
 */
export function buildExport(db: Database, exportId: string, now: Date): Promise<void> {
  const turn = last.then(() => build(db, exportId, now));
  last = turn.catch(() => undefined);
  return turn;
}

/** One after the other in a worker: each holds a connection while it reads and needs another to write. */
let last: Promise<void> = Promise.resolve();

async function build(db: Database, exportId: string, now: Date): Promise<void> {
  const [wanted] = await db
    .update(accountExport)
    .set({ state: "running", filesDone: 0, filesTotal: exportFiles.length, rows: 0, bytes: 0 })
    .where(eq(accountExport.id, exportId))
    .returning({ accountId: accountExport.accountId });
  if (!wanted) return;
  await db.delete(exportChunk).where(eq(exportChunk.exportId, exportId));
  const parts = new Parts(db, exportId);
  const zip = new Zip((error, data) => {
    if (error) throw error;
    parts.push(data);
  });
  let rows = 0;
  await db.transaction(
    async (tx) => {
      add(zip, "README.txt", now).push(strToU8(readme(now)), true);
      for (const [index, file] of exportFiles.entries()) {
        const entry = add(zip, file.name, now);
        await tx.execute(sql`declare export_rows no scroll cursor for
          select to_jsonb(r)::text as line from (${file.rows(wanted.accountId)}) r`);
        for (;;) {
          const batch = await tx.execute<{ line: string }>(sql`fetch ${sql.raw(String(batchRows))} from export_rows`);
          if (batch.length === 0) break;
          entry.push(strToU8(batch.map(({ line }) => `${line}\n`).join("")));
          rows += batch.length;
          await parts.store();
        }
        await tx.execute(sql`close export_rows`);
        entry.push(new Uint8Array(), true);
        // Outside the snapshot, so that the owner sees it move.
        await db
          .update(accountExport)
          .set({ filesDone: index + 1, rows })
          .where(eq(accountExport.id, exportId));
      }
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  zip.end();
  const bytes = await parts.finish();
  await db
    .update(accountExport)
    .set({
      state: "done",
      rows,
      bytes,
      finishedAt: now,
      expiresAt: new Date(now.getTime() + keptDays * dayMs),
    })
    .where(eq(accountExport.id, exportId));
}

/** What the owner sees when every try has failed. */
export async function failExport(db: Database, exportId: string, now: Date): Promise<void> {
  await db.delete(exportChunk).where(eq(exportChunk.exportId, exportId));
  await db.update(accountExport).set({ state: "failed", finishedAt: now }).where(eq(accountExport.id, exportId));
}

/** Removes archives whose time is over; the rows that say there was one stay. */
export async function removeOldExports(db: Database, now: Date): Promise<void> {
  const old = sql`${accountExport.state} = 'done' and ${accountExport.expiresAt} <= ${now}`;
  await db
    .delete(exportChunk)
    .where(sql`${exportChunk.exportId} in (select ${accountExport.id} from ${accountExport} where ${old})`);
  await db.update(accountExport).set({ state: "removed" }).where(old);
}

/** Bytes of the archive on their way into the database. */
class Parts {
  readonly #db: Database;
  readonly #exportId: string;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #position = 0;
  #bytes = 0;

  constructor(db: Database, exportId: string) {
    this.#db = db;
    this.#exportId = exportId;
  }

  push(data: Uint8Array): void {
    this.#waiting.push(data);
    this.#waitingBytes += data.length;
  }

  /** Writes what has come together, when it is a part's worth. */
  async store(least = partBytes): Promise<void> {
    if (this.#waitingBytes < least || this.#waitingBytes === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#bytes += bytes.length;
    await this.#db.insert(exportChunk).values({ exportId: this.#exportId, position: this.#position++, bytes });
  }

  /** Returns the size of the whole. */
  async finish(): Promise<number> {
    await this.store(0);
    return this.#bytes;
  }
}

function add(zip: Zip, name: string, at: Date): ZipDeflate {
  const entry = new ZipDeflate(name, { level: 6 });
  // A ZIP knows no date before 1980, and keeps local time: the day is what matters.
  entry.mtime = at;
  zip.add(entry);
  return entry;
}

function readme(now: Date): string {
  const list = exportFiles.map(({ name }: ExportFile) => `${name}\n  ${words.exportFiles[name]}\n`).join("\n");
  return `${words.exportIntro(now)}\n\n${list}`;
}
