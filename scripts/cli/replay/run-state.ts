import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { z } from "zod";
import { type DecisionCode, decisionCodes } from "#core/rules/vocabulary.ts";
import { writePrivately } from "../access-log/secrets-file.ts";
import { countsSchema, type TokenCounts } from "./database-counts.ts";

/** What a line became: the gate's decision, or `not_sent` because the gate does not take such a call at all. */
export type LineAnswer = DecisionCode | "not_sent";
const answers: readonly LineAnswer[] = ["not_sent", ...decisionCodes];
const places = new Map<string, number>(answers.map((answer, i) => [answer, i + 1]));

const headSchema = z.object({
  version: z.literal(1),
  /** Begins every request id of this run. */
  replayId: z.string(),
  startedAt: z.iso.datetime(),
  /** Accounts the clients are spread over; null = one each. */
  spread: z.number().int().nullable(),
  /** Most requests to send; null = all. */
  limit: z.number().int().nullable(),
  /** What the database had counted for these tokens before the run. */
  before: countsSchema,
  /** Milliseconds that earlier parts of this run have taken. */
  earlierMs: z.number(),
  isFinished: z.boolean(),
});
export type RunHead = z.output<typeof headSchema>;

/**
 * How far a replay is: a small file about the run, and one that grows by a line per answered request before the next is
 * sent. A process that is killed leaves both readable; at most the answers on their way are not in them.
 */
export class RunState {
  readonly head: RunHead;
  readonly #headPath: string;
  readonly #file: number;
  /** Per line of the log: 0 = not answered, else 1 + the place in `answers`. */
  #codes: Uint8Array;

  private constructor(headPath: string, head: RunHead, file: number, codes: Uint8Array) {
    this.#headPath = headPath;
    this.head = head;
    this.#file = file;
    this.#codes = codes;
  }

  /** Begins a run, over what was kept of an earlier one. */
  static begin(headPath: string, answersPath: string, head: RunHead): RunState {
    const file = openSync(answersPath, "w", 0o600);
    writePrivately(headPath, JSON.stringify(head));
    return new RunState(headPath, head, file, new Uint8Array(1024));
  }

  /** Goes on with the run that `readHead` gave. */
  static resume(headPath: string, answersPath: string, head: RunHead): RunState {
    const state = new RunState(headPath, head, openSync(answersPath, "a+", 0o600), new Uint8Array(1024));
    const text = readFileSync(answersPath, "utf8");
    // Only whole lines: the last one may be torn. What is written next begins a new one.
    for (const row of text.slice(0, text.lastIndexOf("\n") + 1).split("\n")) {
      const [line, code] = row.split(" ");
      const place = places.get(code ?? "");
      if (place !== undefined && /^[1-9]\d{0,8}$/.test(line ?? "")) state.#set(Number(line), place);
    }
    if (text !== "" && !text.endsWith("\n")) writeSync(state.#file, "\n");
    return state;
  }

  answerOf(line: number): LineAnswer | null {
    const code = this.#codes[line] ?? 0;
    return code === 0 ? null : (answers[code - 1] ?? null);
  }

  /** Keeps the answer at once. */
  answered(line: number, answer: LineAnswer): void {
    this.#set(line, places.get(answer) ?? 0);
    writeSync(this.#file, `${line} ${answer}\n`);
  }

  /** Ends this part of the run. */
  close(tookMs: number, isFinished: boolean): void {
    closeSync(this.#file);
    const head: RunHead = { ...this.head, earlierMs: this.head.earlierMs + Math.round(tookMs), isFinished };
    writePrivately(this.#headPath, JSON.stringify(head));
  }

  #set(line: number, code: number): void {
    if (line >= this.#codes.length) {
      const larger = new Uint8Array(Math.max(line + 1, this.#codes.length * 2));
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[line] = code;
  }
}

/** The run kept in a file; null when there is none. Throws on a file that something else has written. */
export function readHead(headPath: string): RunHead | null {
  let text: string;
  try {
    text = readFileSync(headPath, "utf8");
  } catch {
    return null;
  }
  try {
    return headSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${headPath} is damaged. Delete it and start the replay anew.`);
  }
}

export function newHead(
  replayId: string,
  now: Date,
  rest: Pick<RunHead, "spread" | "limit">,
  before: TokenCounts,
): RunHead {
  const counts = Object.fromEntries([...before].map(([token, codes]) => [token, Object.fromEntries(codes)]));
  return {
    version: 1,
    replayId,
    startedAt: now.toISOString(),
    ...rest,
    before: counts,
    earlierMs: 0,
    isFinished: false,
  };
}
