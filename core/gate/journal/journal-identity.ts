import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { uuidPattern } from "../../rules/uuid.ts";
import { diskCalls, syncFolder } from "./journal-file.ts";

/**
 * The id of this journal directory, made at its first start and kept in it for good: positions and leases in the database
 * belong to it, so that two directories are never taken for one. Call it with the lock held. Throws what the disk says, and
 * for a file that holds no id.
 */
export function journalIdentity(folder: string): string {
  return keptIdentity(folder) ?? makeIdentity(folder, join(folder, "identity"));
}

/** The same without making one; null = it has none yet. */
export function keptIdentity(folder: string): string | null {
  const path = join(folder, "identity");
  const kept = readKept(path);
  if (kept === null || uuidPattern.test(kept)) return kept;
  throw new Error(
    `${path} does not hold the id of a journal. Restore it from a backup, or move the folder away and keep it.`,
  );
}

/** Renamed into place, so that a crash leaves the whole id or none. */
function makeIdentity(folder: string, path: string): string {
  const id = randomUUID();
  const fresh = `${path}.new`;
  const fd = openSync(fresh, "w", 0o600);
  try {
    writeSync(fd, `${id}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(fresh, path);
  syncFolder(diskCalls, folder);
  return id;
}

function readKept(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
