import type { Call } from "./call.ts";
import { callProblem } from "./problem.ts";
import { sendProblem } from "./respond.ts";

export type CallShape = { type: RegExp; typeName: string; maxBytes: number };

export const jsonCall: CallShape = {
  type: /^application\/json\s*(;|$)/i,
  typeName: "application/json",
  maxBytes: 65_536,
};

/** For lists of up to 1,000. */
export const jsonListCall: CallShape = { ...jsonCall, maxBytes: 2_097_152 };

export const formCall: CallShape = {
  type: /^application\/x-www-form-urlencoded\s*(;|$)/i,
  typeName: "application/x-www-form-urlencoded",
  maxBytes: 65_536,
};

/** Whether a POST has the content type of such calls. */
export function isOfShape({ typeName, type }: CallShape, contentType: string): boolean {
  return contentType === typeName || type.test(contentType);
}

/** Reads the body of a POST and hands it over as text. What is not such a call is answered here. */
export function readCall(shape: CallShape, call: Call, done: (body: string) => void): void {
  if (call.method !== "POST") {
    const problem = callProblem(405, "method_not_allowed", "Method not allowed", "Send the call with POST.");
    sendProblem(call, problem, ["Allow", "POST"]);
  } else if (!isOfShape(shape, call.contentType)) {
    const detail = `Send the body with 'Content-Type: ${shape.typeName}'.`;
    sendProblem(call, callProblem(415, "unsupported_media_type", "Unsupported media type", detail));
  } else call.readBody(shape.maxBytes, done);
}
