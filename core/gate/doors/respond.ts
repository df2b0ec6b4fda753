import type { ServerResponse } from "node:http";
import { type Problem, problemType } from "./problem.ts";

/** Answers of the gate are about one moment: nobody may keep them. */
export const noStore = ["Cache-Control", "no-store"] as const;

/**
 * Ends the connection with this answer when the request's body has not been read: a gateway that announces a body and sends none would
 * lose the beginning of its next question, which would be read as that body.
 */
export function closeIfUnread(response: ServerResponse): void {
  const { req } = response;
  if (req.complete) return;
  const { "content-length": length, "transfer-encoding": coding } = req.headers;
  if (coding !== undefined || (length !== undefined && length !== "0")) response.shouldKeepAlive = false;
}

/** `body` is ASCII: a character is a byte. */
export function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, [
    "Content-Type",
    "application/json",
    "Content-Length",
    String(body.length),
    "Cache-Control",
    "no-store",
  ]);
  response.end(body, "latin1");
}

export function sendProblem(response: ServerResponse, problem: Problem, headers: readonly string[] = []): void {
  send(response, problem.status, problemType, JSON.stringify(problem), headers);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, "text/plain; version=0.0.4; charset=utf-8", text, []);
}

function send(response: ServerResponse, status: number, type: string, body: string, headers: readonly string[]): void {
  if (response.headersSent) return;
  closeIfUnread(response);
  response.writeHead(status, [
    "Content-Type",
    type,
    "Content-Length",
    String(Buffer.byteLength(body)),
    ...noStore,
    ...headers,
  ]);
  response.end(body);
}
