import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Where Linux keeps files in memory. */
const sharedMemory = "/dev/shm";
/** A run holds a few copies of the template database, their log and the journals of its gates: under 700 MB as measured. */
const neededBytes = 2 * 1024 ** 3;

/**
 * The folder in which a test run makes its databases. Copying one takes about a thousand small files: 0.05 s in memory, 0.6 s on a
 * disk with a journal. Containers often have 64 MB of shared memory, and then it is the usual temporary folder.
 */
export function memoryFolder() {
  try {
    accessSync(sharedMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(sharedMemory);
    return bavail * bsize >= neededBytes ? sharedMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}
