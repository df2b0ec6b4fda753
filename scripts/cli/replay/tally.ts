import type { DecisionCode } from "#core/rules/vocabulary.ts";
import type { NumberedEntry } from "../access-log/read-entries.ts";
import type { ClientTokens } from "../access-log/secrets-file.ts";
import { add, type TokenCounts } from "./database-counts.ts";
import { tokenOf } from "./run-replay.ts";
import type { RunState } from "./run-state.ts";

/** What has become of the lines of a log so far. */
export type Tally = {
  counts: TokenCounts;
  /** Lines without an answer, by token, in their order. */
  open: Map<string, number[]>;
  openCount: number;
  /** Lines whose call the gate does not take. */
  notSent: number;
};

/** Goes through the log once more and counts the kept answers, so that a run in parts is counted like one in one piece. */
export async function tallyAnswers(
  entries: AsyncIterable<NumberedEntry>,
  tokens: ClientTokens,
  state: Pick<RunState, "head" | "answerOf">,
): Promise<Tally> {
  const tally: Tally = { counts: new Map(), open: new Map(), openCount: 0, notSent: 0 };
  for await (const entry of entries) {
    const { tokenId } = tokenOf(tokens, entry, state.head.spread);
    const answer = state.answerOf(entry.line);
    if (answer === "not_sent") tally.notSent += 1;
    else if (answer !== null) add(tally.counts, tokenId, answer satisfies DecisionCode, 1);
    else {
      tally.openCount += 1;
      const lines = tally.open.get(tokenId);
      if (lines) lines.push(entry.line);
      else tally.open.set(tokenId, [entry.line]);
    }
  }
  return tally;
}
