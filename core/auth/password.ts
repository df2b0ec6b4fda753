import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import * as words from "#words/words.ts";
import { Turns } from "../frame/turns.ts";

/** OWASP password storage cheat sheet, argon2id: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashing keeps a core busy for some 30 ms, so one core is left for pages. A hundred that wait are through within a few seconds; who
 * comes after them is asked to try again.
 */
const hashing = new Turns({
  most: Math.max(1, Math.min(4, availableParallelism() - 1)),
  mostWaiting: 100,
  what: "sign-ins",
});

/** 12 to 200 characters and not one repeated character; length is what counts (NIST SP 800-63B 5.1.1). */
export const newPassword = z
  .string()
  .min(12, words.errors.passwordTooShort)
  .max(200)
  .refine((value) => new Set(value).size > 3, words.errors.passwordTooPlain);

/** For `prepare` of a command: it may wait for its turn, and must hold no connection meanwhile. Throws `unavailable` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return hashing.take(() => hash(password, parameters));
}

let decoy: Promise<string> | undefined;

/** Compares in the same time whether or not there is a hash to compare with, so that timing names no users. Waits like `hashPassword`. */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash("no such user", parameters);
  const compared = storedHash ?? (await decoy);
  const matches = await hashing.take(() => verify(compared, password));
  return storedHash !== null && matches;
}
