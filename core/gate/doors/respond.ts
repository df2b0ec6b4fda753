import type { Call } from "./call.ts";
import { type Problem, problemType } from "./problem.ts";

/** Answers of the gate are about one moment: nobody may keep them. */
export const noStore = ["Cache-Control", "no-store"] as const;

const jsonHeaders = ["Content-Type", "application/json", ...noStore] as const;

/** `body` is ASCII. */
export function sendJson(call: Call, body: string): void {
  call.answer(200, jsonHeaders, body);
}

export function sendProblem(call: Call, problem: Problem, headers: readonly string[] = []): void {
  sendProblemAs(call, problem.status, problem, headers);
}

/** With another status than the problem's own, where the gateway understands only a few. */
export function sendProblemAs(call: Call, status: number, problem: Problem, headers: readonly string[]): void {
  call.answer(status, ["Content-Type", problemType, ...noStore, ...headers], bytesOf(JSON.stringify(problem)));
}

export function sendText(call: Call, status: number, text: string): void {
  call.answer(status, ["Content-Type", "text/plain; version=0.0.4; charset=utf-8", ...noStore], bytesOf(text));
}

/** The text in UTF-8, one character for each byte. */
function bytesOf(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString("latin1");
}
