import { createHash, type Hash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../frame/append-audit.ts";

const sealIn = z.object({ erasureId: z.uuid(), seal: z.string() });

/**
 * Erasures by id, and whether what each has left is what it sealed. An erased record keeps the hash it had, of which nobody can
 * recompute the rest; so that it cannot be altered afterwards, the event of the erasure holds a digest of all records it left: the
 * audit log's first, then the cases', each by id.
 */
export class Erasures {
  /** Accounts that were erased. */
  readonly accounts = new Set<string>();
  readonly #left = new Map<string, Hash>();
  readonly #seals = new Map<string, string>();

  /** A record as an erasure left it. */
  add(erasureId: string, record: Record<string, unknown> & { at: Date }): void {
    const digest = this.#left.get(erasureId) ?? createHash("sha256");
    digest.update(canonicalJson({ ...record, at: record.at.toISOString() })).update("\n");
    this.#left.set(erasureId, digest);
  }

  /** SHA-256, hex, of what an erasure has left. */
  digestOf(erasureId: string): string {
    return (this.#left.get(erasureId) ?? createHash("sha256")).copy().digest("hex");
  }

  /** An event of the chain, which may be an erasure's. */
  seal(event: { action: string; subjectId: string; data: unknown }): void {
    const sealed = sealIn.safeParse(event.data);
    if (event.action !== "account.erase" || !sealed.success) return;
    this.accounts.add(event.subjectId);
    this.#seals.set(sealed.data.erasureId, sealed.data.seal);
  }

  /** What is wrong in a sentence, or null. */
  whatIsWrong(): string | null {
    for (const id of this.#left.keys())
      if (!this.#seals.has(id)) return `Records were emptied by an erasure ${id} that never was.`;
    for (const [id, seal] of this.#seals)
      if (this.digestOf(id) !== seal) return `What the erasure ${id} left was altered or removed.`;
    return null;
  }
}
