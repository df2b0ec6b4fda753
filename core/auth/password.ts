import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";

/** OWASP password storage cheat sheet, argon2id: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** 12 to 200 characters and not one repeated character; length is what counts (NIST SP 800-63B 5.1.1). */
export const newPassword = z
  .string()
  .min(12, "Use at least 12 characters; a few words work well.")
  .max(200, "Use at most 200 characters.")
  .refine((value) => new Set(value).size > 3, "Use more than three different characters.");

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

let decoy: Promise<string> | undefined;

/** Compares in the same time whether or not there is a hash to compare with, so that timing names no users. */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hash("no such user", parameters);
  const matches = await verify(storedHash ?? (await decoy), password);
  return storedHash !== null && matches;
}
