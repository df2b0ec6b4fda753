import { randomFillSync } from "node:crypto";

const pool = new Uint8Array(8192);
let at = pool.length;

/** Random bytes from the system's secure source, drawn in bulk: one call per refusal would cost more than the refusal. */
export function pooledRandom(count: number): Uint8Array {
  if (at + count > pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  at += count;
  return pool.subarray(at - count, at);
}
