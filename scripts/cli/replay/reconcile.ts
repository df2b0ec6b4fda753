import { type DecisionCode, decisionCodes } from "#core/rules/vocabulary.ts";
import type { TokenCounts } from "./database-counts.ts";

/**
 * After a replay was killed: requests that the gate has decided although their answers were not kept. `uncounted` is what
 * the database has counted beyond the kept answers; each count is given to the token's first open line. Which of a token's
 * lines it was cannot be told and does not matter: the sums are right, and none of them is sent again.
 * @param open lines without an answer, in their order, by token
 */
export function decidedUnseen(
  open: ReadonlyMap<string, readonly number[]>,
  uncounted: TokenCounts,
): { line: number; code: DecisionCode }[] {
  const found: { line: number; code: DecisionCode }[] = [];
  for (const [tokenId, codes] of uncounted) {
    const lines = [...(open.get(tokenId) ?? [])];
    for (const code of decisionCodes) {
      for (let left = codes.get(code) ?? 0; left > 0; left -= 1) {
        const line = lines.shift();
        if (line !== undefined) found.push({ line, code });
      }
    }
  }
  return found;
}
