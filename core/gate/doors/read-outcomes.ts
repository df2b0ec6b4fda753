import { isIP } from "node:net";
import { isPathTooLong } from "../../rules/limits/path.ts";
import { readTime } from "../../rules/read-time.ts";
import { storableText } from "../../rules/storable-text.ts";
import { uuidPattern } from "../../rules/uuid.ts";
import { outcomeKinds } from "../../rules/vocabulary.ts";
import { keptPath } from "../decision/record-decision.ts";
import { maxPathKept, maxUserAgentLength } from "../journal/journal-line.ts";
import type { Provider } from "../state/provider-cache.ts";
import type { ReportedOutcome } from "../state/rows.ts";
import { callProblem, type Problem } from "./problem.ts";

const maxList = 1_000;
const idShape = /^[\x21-\x7e]{1,128}$/;
const timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const fields: ReadonlySet<string> = new Set([
  ...["id", "token", "kind", "status", "endpoint", "request_id", "at"],
  ...["method", "path", "ip", "user_agent"],
]);
const methodShape = /^[A-Za-z][A-Za-z-]{0,19}$/;
const maxUserAgent = 16_384;
/** Answers from here on are refusals or mistakes; of others nobody needs to know what was asked for. */
const firstError = 400;
/** Clocks differ a little; older reports than are kept would be thrown away at once. */
const maxAheadMs = 5 * 60_000;
const maxAgeMs = 30 * 86_400_000;

/**
 * Reads the body of `POST /v1/outcomes`: `{"outcomes":[…]}`, 1 to 1,000 of `id, token, kind` (`status`, `bounce`, `complaint`), and
 * optional `status` (required for kind `status`), `endpoint` (its name), `request_id`, `at` (RFC 3339, now if left out), and `method`,
 * `path`, `ip` and `user_agent` of the request, which are kept of a status from 400 on: the path without its query, masked and cut.
 * Strict: a problem names the first field that is wrong.
 */
export function readOutcomes(
  body: string,
  provider: Provider,
  nowMs: number,
): { outcomes: ReportedOutcome[] } | { problem: Problem } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { problem: callProblem(400, "malformed_json", "Malformed JSON", "The body is not valid JSON.") };
  }
  if (!isObject(parsed)) return wrong("", "must be a JSON object");
  for (const name in parsed)
    if (name !== "outcomes") return wrong(`/${pointer(name)}`, "is not a field; known is outcomes");
  const { outcomes: given } = parsed;
  if (!Array.isArray(given) || given.length === 0 || given.length > maxList) {
    return wrong("/outcomes", `must be a list of 1 to ${maxList} outcomes`);
  }
  const outcomes: ReportedOutcome[] = [];
  for (const [i, one] of given.entries()) {
    const read = isObject(one)
      ? readOne(one, `/outcomes/${i}`, provider, nowMs)
      : wrong(`/outcomes/${i}`, "must be a JSON object");
    if ("problem" in read) return read;
    outcomes.push(read);
  }
  return { outcomes };
}

function readOne(
  given: Record<string, unknown>,
  at: string,
  provider: Provider,
  nowMs: number,
): ReportedOutcome | { problem: Problem } {
  for (const name in given)
    if (!fields.has(name))
      return wrong(`${at}/${pointer(name)}`, `is not a field; known are ${[...fields].join(", ")}`);
  const { id, token, status, endpoint, request_id: requestId = null } = given;
  const kind = outcomeKinds.find((one) => one === given.kind);
  if (typeof id !== "string" || !idShape.test(id))
    return wrong(`${at}/id`, "must be 1 to 128 printable ASCII characters without spaces");
  if (typeof token !== "string" || !uuidPattern.test(token))
    return wrong(`${at}/token`, "must be the token's id, as the decision gave it");
  if (!kind) return wrong(`${at}/kind`, `must be one of ${outcomeKinds.join(", ")}`);
  if (status === undefined ? kind === "status" : !isStatus(status))
    return wrong(`${at}/status`, "must be a whole number from 100 to 999");
  const known =
    endpoint === undefined ? null : typeof endpoint === "string" ? provider.byName.get(endpoint) : undefined;
  if (known === undefined) return wrong(`${at}/endpoint`, "must be the name of an endpoint");
  if (requestId !== null && (typeof requestId !== "string" || !idShape.test(requestId)))
    return wrong(`${at}/request_id`, "must be 1 to 128 printable ASCII characters without spaces");
  const atMs = given.at === undefined ? nowMs : timeOf(given.at);
  if (atMs === null || atMs > nowMs + maxAheadMs || atMs < nowMs - maxAgeMs)
    return wrong(`${at}/at`, "must be a time of the last 30 days, like 2026-11-24T09:30:00Z");
  const asked = readAsked(given, at);
  if ("problem" in asked) return asked;
  return {
    ...{
      id,
      tokenId: token,
      endpointId: known?.id ?? 0,
      kind,
      status: isStatus(status) ? status : null,
      requestId,
      atMs,
    },
    ...(isStatus(status) && status >= firstError ? asked : nothingAsked),
  };
}

type Asked = Pick<ReportedOutcome, "method" | "path" | "ip" | "userAgent">;
const nothingAsked: Asked = { method: null, path: null, ip: null, userAgent: null };

/** What was asked for, as it is kept. */
function readAsked(given: Record<string, unknown>, at: string): Asked | { problem: Problem } {
  const { method, path, ip, user_agent: userAgent } = given;
  if (method !== undefined && (typeof method !== "string" || !methodShape.test(method)))
    return wrong(`${at}/method`, "must be a string of 1 to 20 letters");
  if (path !== undefined && (typeof path !== "string" || path === "" || isPathTooLong(path)))
    return wrong(`${at}/path`, "must be the path of the request, of 1 to 8192 characters");
  if (ip !== undefined && (typeof ip !== "string" || ip.includes("%") || isIP(ip) === 0))
    return wrong(`${at}/ip`, "must be an IPv4 or IPv6 address");
  if (userAgent !== undefined && (typeof userAgent !== "string" || userAgent.length > maxUserAgent))
    return wrong(`${at}/user_agent`, `must be a string of at most ${maxUserAgent} characters`);
  return {
    method: method?.toUpperCase() ?? null,
    path: path === undefined ? null : storableText((keptPath(path) ?? "").slice(0, maxPathKept)),
    ip: ip ?? null,
    userAgent: userAgent ? storableText(userAgent.slice(0, maxUserAgentLength)) : null,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 999;
}

function timeOf(value: unknown): number | null {
  if (typeof value !== "string" || !timeShape.test(value)) return null;
  return readTime(value, "beginning");
}

function pointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 64);
}

function wrong(at: string, detail: string): { problem: Problem } {
  const name = at === "" ? "The body" : `'${at.slice(1)}'`;
  return {
    problem: callProblem(400, "invalid_field", "Invalid call", `${name} ${detail}.`, [{ pointer: at, detail }]),
  };
}
