import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import type { Ctx } from "#core/frame/context.ts";
import { accountsOf } from "../access-log/client-accounts.ts";
import { readEntries } from "../access-log/read-entries.ts";
import { registeredText, registerRoutes } from "../access-log/register-routes.ts";
import { replayPath } from "../access-log/secrets-file.ts";
import type { Survey } from "../access-log/survey.ts";
import type { OpenHandles } from "../connection.ts";
import type { GateClient } from "../gate-client.ts";
import { number, showProgress } from "../progress.ts";
import { awaitCounts, databaseCounts, fromRecord, minus, settledCounts } from "./database-counts.ts";
import { inTimeOrder } from "./in-time-order.ts";
import { decidedUnseen } from "./reconcile.ts";
import { AnswerReports } from "./report-answers.ts";
import { runReplay } from "./run-replay.ts";
import { newHead, type RunHead, RunState, readHead } from "./run-state.ts";
import { compare, type Summary, summarize } from "./summary.ts";
import { tallyAnswers } from "./tally.ts";
import { untilKnown } from "./until-known.ts";

export type ReplayRequest = {
  file: string;
  survey: Survey;
  spread: number | null;
  limit: number | null;
  speed: number | null;
  concurrency: number;
  patienceMs: number;
  isResumed: boolean;
  isQuiet: boolean;
  signal: AbortSignal;
  /** How long the counts may stand still before what is missing counts as missing. */
  importPatienceMs?: number;
  /** After each answer, with the number of lines answered in this part. */
  onAnswered?: (count: number) => void;
};

export type ReplayResult = { state: "done"; summary: Summary } | { state: "stopped"; decided: number; of: number };

/** The import takes a turn every half second; this much stillness means that it is through. */
const stillMs = 2_000;
const importPatienceMs = 15_000;

/** Sends a log through the gate, or goes on with it, and compares the answers with the database. */
export async function replayLog(
  ctx: Ctx,
  { sql }: Pick<OpenHandles, "sql">,
  gate: GateClient,
  request: ReplayRequest,
): Promise<ReplayResult> {
  const { file, survey, signal } = request;
  const earlier = readHead(replayPath(survey.hash, "run.json"));
  const head = request.isResumed ? resumable(earlier, request) : null;
  const { spread, limit } = head ?? request;
  const since = new Date(Math.min(survey.firstAtMs, ctx.now.getTime()));
  const tokens = await accountsOf(ctx, { ...request, since }, spread);
  const registered = await registerRoutes(ctx, survey.routes);
  if (!request.isQuiet) process.stderr.write(registeredText(registered));
  await untilKnown(gate, tokens, registered, request.patienceMs);
  const entries = () => readEntries(file, { ...survey.reading, limit: limit ?? Number.POSITIVE_INFINITY });
  const counts = () => databaseCounts(sql, [...tokens.values()]);
  const state = head
    ? RunState.resume(replayPath(survey.hash, "run.json"), replayPath(survey.hash, "answers"), head)
    : await begin(request, earlier, counts);
  const before = fromRecord(state.head.before);
  if (head) {
    const { counts: kept, open } = await tallyAnswers(entries(), tokens, state);
    const uncounted = minus(minus(await settledCounts(counts, stillMs), before), kept);
    for (const { line, code } of decidedUnseen(open, uncounted)) state.answered(line, code);
  }

  const reports = new AnswerReports(gate, state.head.replayId);
  const startedMs = performance.now();
  const already = survey.requests - (await tallyAnswers(entries(), tokens, state)).openCount;
  const progress = showProgress("Replay", survey.requests, "requests", request.isQuiet);
  let done = 0;
  let isAway = false;
  const onAnswered = () => {
    done += 1;
    if (isAway) progress.say("The gate is back.");
    isAway = false;
    progress.update(already + done);
    request.onAnswered?.(done);
  };
  const onAway = (reason: string) => {
    if (!isAway) progress.say(`The gate is away (${reason}); waiting for it …`);
    isAway = true;
  };
  const onNotSent = (line: number, why: string) => progress.say(`Line ${line}: the gate does not take it: ${why}`);
  try {
    // As fast as it goes there is no rhythm to keep.
    const sent = request.speed === null ? entries() : inTimeOrder(entries(), survey.latenessMs);
    await runReplay({ ...request, entries: sent, tokens, state, gate, reports, onAnswered, onAway, onNotSent });
    await reports
      .flush()
      .catch((error: Error) => progress.say(`Not all of the log's statuses were reported: ${error.message}`));
  } finally {
    progress.stop();
    const tookMs = performance.now() - startedMs;
    state.close(tookMs, !signal.aborted && already + done === survey.requests);
  }
  const tookMs = state.head.earlierMs + performance.now() - startedMs;
  const tally = await tallyAnswers(entries(), tokens, state);
  if (tally.openCount > 0) {
    return { state: "stopped", decided: survey.requests - tally.openCount, of: survey.requests };
  }
  const patienceMs = request.importPatienceMs ?? importPatienceMs;
  const read = async () => minus(await counts(), before);
  const counted = await awaitCounts(read, (found) => compare(tally.counts, found).agrees, patienceMs);
  const facts = { file: basename(file), requests: survey.requests, leftOut: survey.leftOut, notSent: tally.notSent };
  return { state: "done", summary: summarize({ ...facts, counts: tally.counts, counted, tokens, tookMs }) };
}

function resumable(earlier: RunHead | null, request: ReplayRequest): RunHead {
  if (!earlier) throw new Error("There is no replay of this file to go on with. Start one without --resume.");
  for (const [name, given, kept] of [
    ["--accounts", request.spread, earlier.spread],
    ["--limit", request.limit, earlier.limit],
  ] as const) {
    if (given !== null && given !== kept) {
      throw new Error(`The replay to go on with has ${name} ${kept ?? "unset"}. Leave ${name} out, or start anew.`);
    }
  }
  return earlier;
}

async function begin(
  request: ReplayRequest,
  earlier: RunHead | null,
  counts: () => ReturnType<typeof databaseCounts>,
): Promise<RunState> {
  if (earlier && !earlier.isFinished && !request.isQuiet) {
    process.stderr.write("An earlier replay of this file has not come to its end; this one begins anew.\n");
  }
  const before = await (earlier ? settledCounts(counts, stillMs) : counts());
  const { spread, limit } = request;
  const head = newHead(`rp-${randomBytes(6).toString("hex")}`, new Date(), { spread, limit }, before);
  return RunState.begin(replayPath(request.survey.hash, "run.json"), replayPath(request.survey.hash, "answers"), head);
}

/** `Stopped after 5,003 of 10,000 requests.` */
export function stoppedText({ decided, of }: { decided: number; of: number }): string {
  return `Stopped after ${number(decided)} of ${number(of)} requests. Go on with the same command and --resume.`;
}
