import { setMaxListeners } from "node:events";
import { accountNameOf } from "../access-log/client-accounts.ts";
import type { NumberedEntry } from "../access-log/read-entries.ts";
import type { ClientToken, ClientTokens } from "../access-log/secrets-file.ts";
import { CallRefused, type GateClient, type VerifyCall } from "../gate-client.ts";
import { paced } from "./pace.ts";
import type { AnswerReports } from "./report-answers.ts";
import type { RunState } from "./run-state.ts";
import { sendUntilAnswered } from "./send-until-answered.ts";

export type ReplayOptions = {
  entries: AsyncIterable<NumberedEntry>;
  tokens: ClientTokens;
  state: Pick<RunState, "head" | "answerOf" | "answered">;
  gate: Pick<GateClient, "verify">;
  /** Hears of each request that was allowed. */
  reports: Pick<AnswerReports, "add">;
  concurrency: number;
  /** Times as fast as the log's own time; null = as fast as the gate answers. */
  speed: number | null;
  patienceMs: number;
  /** Aborted: what is on its way is finished, nothing more is sent. */
  signal: AbortSignal;
  onAnswered: () => void;
  onAway: (reason: string) => void;
  /** The gate does not take the call of this line. */
  onNotSent: (line: number, why: string) => void;
};

/**
 * Sends every entry that has no answer yet, each until it has one. The first failure stops the others after their answers
 * and is thrown then. Resolves when all are answered, or when stopped.
 */
export async function runReplay(options: ReplayOptions): Promise<void> {
  const { entries, state, speed, concurrency } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  // Each worker waits on it now and then.
  setMaxListeners(0, signal);
  const queue = paced(unanswered(entries, state), speed, signal);
  const work = async () => {
    for (;;) {
      // A generator hands out one item at a time, also to many who ask at once.
      const next = await queue.next();
      if (next.done || signal.aborted) return;
      await sendOne(options, next.value, signal);
    }
  };
  const workers = Array.from({ length: concurrency }, () =>
    work().catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  const results = await Promise.allSettled(workers);
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}

async function* unanswered(entries: AsyncIterable<NumberedEntry>, state: ReplayOptions["state"]) {
  for await (const entry of entries) if (state.answerOf(entry.line) === null) yield entry;
}

async function sendOne(options: ReplayOptions, entry: NumberedEntry, signal: AbortSignal): Promise<void> {
  const { state, gate, patienceMs, onAway } = options;
  const token = tokenOf(options.tokens, entry, state.head.spread);
  try {
    const call = callOf(entry, token.secret, `${state.head.replayId}:${entry.line}`);
    const code = await sendUntilAnswered(gate, call, { patienceMs, signal, onAway });
    if (code === null) return;
    state.answered(entry.line, code);
    if (code === "allowed") options.reports.add(entry, token.tokenId);
  } catch (error) {
    if (!(error instanceof CallRefused) || error.status !== 400) throw error;
    state.answered(entry.line, "not_sent");
    options.onNotSent(entry.line, error.message);
  }
  options.onAnswered();
}

export function tokenOf(tokens: ClientTokens, entry: { client: string }, spread: number | null): ClientToken {
  const name = accountNameOf(entry.client, spread);
  const token = tokens.get(name);
  if (!token) throw new Error(`There is no token of ${name}.`);
  return token;
}

function callOf(entry: NumberedEntry, token: string, requestId: string): VerifyCall {
  return {
    token,
    method: entry.method,
    path: entry.target,
    surface: "http",
    request_id: requestId,
    ...(entry.ip === null ? {} : { ip: entry.ip }),
    ...(entry.userAgent === null ? {} : { user_agent: entry.userAgent }),
  };
}
