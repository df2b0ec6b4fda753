import { isIP } from "node:net";
import { isPathTooLong } from "../../rules/limits/path.ts";
import { type Surface, surfaces } from "../../rules/vocabulary.ts";
import type { CheckRequest } from "../decision/check-request.ts";
import { callProblem, type Problem, pathTooLong } from "./problem.ts";

const maxCost = 1_000_000;
const maxBatch = 1_000;
/** With the query, which is cut off; the body of the call bounds it. */
const maxTarget = 65_536;
const requestIdShape = /^[\x21-\x7e]{1,128}$/;
const methodShape = /^[A-Za-z][A-Za-z-]{0,19}$/;

const fields: ReadonlySet<string> = new Set([
  "token",
  "endpoint",
  "method",
  "path",
  "surface",
  "ip",
  "user_agent",
  "scope",
  "cost",
  "recipients",
  "dry_run",
  "request_id",
]);

/**
 * Reads the body of `POST /v1/verify`. Strict: an unknown field, a wrong type or a missing field gives a problem that names
 * the field. `cost` counts the call as that many (0 = look), and is multiplied by the endpoint's own cost; with `dry_run` or
 * cost 0 nothing is spent, recorded or counted as usage.
 */
export function readVerify(body: string, caller: string): CheckRequest | { problem: Problem } {
  const parsed = parse(body);
  if (parsed instanceof Malformed) return parsed;
  return isObject(parsed) ? readFields(parsed, caller, "") : wrong("", "", "must be a JSON object");
}

/** Reads the body of `POST /v1/verify/batch`: `{"requests":[…]}`, 1 to 1,000 of what `/v1/verify` takes. */
export function readVerifyBatch(body: string, caller: string): { requests: CheckRequest[] } | { problem: Problem } {
  const parsed = parse(body);
  if (parsed instanceof Malformed) return parsed;
  if (!isObject(parsed)) return wrong("", "", "must be a JSON object");
  for (const name in parsed) if (name !== "requests") return wrong("", name, "is not a field; known is requests");
  const { requests: given } = parsed;
  if (!Array.isArray(given) || given.length === 0 || given.length > maxBatch) {
    return wrong("", "requests", `must be a list of 1 to ${maxBatch} requests`);
  }
  const requests: CheckRequest[] = [];
  for (const [i, one] of given.entries()) {
    const read = isObject(one)
      ? readFields(one, caller, `/requests/${i}`)
      : wrong(`/requests/${i}`, "", "must be a JSON object");
    if ("problem" in read) return read;
    requests.push(read);
  }
  return { requests };
}

class Malformed {
  readonly problem = callProblem(400, "malformed_json", "Malformed JSON", "The body is not valid JSON.");
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return new Malformed();
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `at` = pointer to the object that holds the fields. */
function readFields(given: Record<string, unknown>, caller: string, at: string): CheckRequest | { problem: Problem } {
  for (const name in given)
    if (!fields.has(name)) return wrong(at, name, `is not a field; known are ${[...fields].join(", ")}`);
  const { token, endpoint, method, path, ip, scope, cost, recipients, dry_run: dryRun, request_id: requestId } = given;
  const { surface = "http", user_agent: userAgent } = given;

  if (typeof token !== "string")
    return wrong(at, "token", "must be a string; send an empty one if the client sent none");
  const known: Surface | undefined = surfaces.find((one) => one === surface);
  if (!known) return wrong(at, "surface", `must be one of ${surfaces.join(", ")}`);
  if (!isTextOrAbsent(endpoint, 200)) return wrong(at, "endpoint", "must be a string of 1 to 200 characters");
  if (!isTextOrAbsent(method, 20)) return wrong(at, "method", "must be a string of 1 to 20 letters");
  if (method && !methodShape.test(method)) return wrong(at, "method", "must be a string of 1 to 20 letters");
  if (!isTextOrAbsent(path, maxTarget)) return wrong(at, "path", `must be a string of 1 to ${maxTarget} characters`);
  if (path && isPathTooLong(path)) return { problem: pathTooLong() };
  if (endpoint && (method || path)) return wrong(at, "endpoint", "must not be given together with method and path");
  if (!endpoint && !(method && path))
    return wrong(at, method ? "path" : "method", "must be given, with method and path, or else endpoint");
  if (!isTextOrAbsent(ip, 45) || (ip && (ip.includes("%") || isIP(ip) === 0)))
    return wrong(at, "ip", "must be an IPv4 or IPv6 address");
  if (!isTextOrAbsent(userAgent, 16_384, 0)) return wrong(at, "user_agent", "must be a string");
  if (!isTextOrAbsent(scope, 128)) return wrong(at, "scope", "must be a string of 1 to 128 characters");
  if (cost !== undefined && !isCost(cost)) return wrong(at, "cost", `must be a whole number from 0 to ${maxCost}`);
  if (recipients !== undefined && (!isCost(recipients) || recipients === 0))
    return wrong(at, "recipients", `must be a whole number from 1 to ${maxCost}`);
  if (dryRun !== undefined && typeof dryRun !== "boolean") return wrong(at, "dry_run", "must be true or false");
  if (!isTextOrAbsent(requestId, 128) || (requestId && !requestIdShape.test(requestId))) {
    return wrong(at, "request_id", "must be 1 to 128 printable ASCII characters without spaces");
  }
  return {
    token,
    tokenKey: null,
    surface: known,
    endpointName: endpoint ?? null,
    method: method?.toUpperCase() ?? null,
    uri: path ?? null,
    ip: ip ?? null,
    userAgent: userAgent ?? null,
    scope: scope ?? null,
    cost: cost ?? 1,
    recipients: recipients ?? null,
    isProbe: dryRun === true || cost === 0,
    requestId: requestId ?? null,
    caller,
  };
}

function isTextOrAbsent(value: unknown, max: number, min = 1): value is string | undefined {
  return value === undefined || (typeof value === "string" && value.length >= min && value.length <= max);
}

function isCost(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maxCost;
}

function wrong(at: string, field: string, detail: string): { problem: Problem } {
  const pointer = field === "" ? at : `${at}/${field.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 64)}`;
  const name = pointer === "" ? "The body" : `'${field === "" ? at : field.slice(0, 64)}'`;
  return {
    problem: callProblem(400, "invalid_field", "Invalid call", `${name} ${detail}.`, [{ pointer, detail }]),
  };
}
