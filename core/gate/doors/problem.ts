import * as words from "#words/words.ts";
import { statusOf } from "../../rules/limits/check-order.ts";
import { maxPathLength } from "../../rules/limits/path.ts";
import type { GateUnavailableCode } from "../../rules/vocabulary.ts";
import type { Refused } from "../decision/decision.ts";

/** An RFC 9457 problem. `code` is stable and meant for programs, `detail` for people. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** Id of the refusal, and the page that explains it. */
  receipt?: string;
  instance?: string;
  /** Fields of a call to the gate that are wrong, as JSON pointers (RFC 6901). */
  errors?: { pointer: string; detail: string }[];
};

export const problemType = "application/problem+json";

/** The body of a refusal. `publicUrl` is where the web app shows receipts. Never holds the token. */
export function refusalProblem(refused: Refused, publicUrl: string): Problem {
  const problem: Problem = {
    type: "about:blank",
    title: words.gateProblems[refused.code],
    status: statusOf[refused.code],
    detail: words.gateRefusal(refused),
    code: refused.code,
  };
  if (refused.receipt === null) return problem;
  return { ...problem, receipt: refused.receipt, instance: `${publicUrl.replace(/\/+$/, "")}/r/${refused.receipt}` };
}

export function unavailableProblem(code: GateUnavailableCode): Problem {
  return {
    type: "about:blank",
    title: words.gateProblems[code],
    status: 503,
    detail: words.gateUnavailable(code),
    code,
  };
}

/** A path that no server behind the gate need answer. */
export function pathTooLong(): Problem {
  return callProblem(414, "path_too_long", words.pathTooLong.title, words.pathTooLong.detail(maxPathLength));
}

export function bodyTooLarge(maxBytes: number): Problem {
  return callProblem(413, "body_too_large", "Body too large", `The body is larger than ${maxBytes} bytes.`);
}

/** A call to the gate that could not be read. */
export function callProblem(
  status: number,
  code: string,
  title: string,
  detail: string,
  errors?: Problem["errors"],
): Problem {
  return { type: "about:blank", title, status, detail, code, ...(errors ? { errors } : {}) };
}
