import { isIP } from "node:net";
import { type Surface, surfaces } from "../rules/vocabulary.ts";
import type { CheckRequest } from "./check-request.ts";
import { callProblem, type Problem } from "./problem.ts";

const maxCost = 1_000_000;
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
  "dry_run",
  "request_id",
]);

/**
 * Reads the body of `POST /v1/verify`. Strict: an unknown field, a wrong type or a missing field gives a problem that names
 * the field. `cost` counts the call as that many (0 = look), and is multiplied by the endpoint's own cost; with `dry_run` or
 * cost 0 nothing is spent, recorded or counted as usage.
 */
export function readVerify(body: string, caller: string): CheckRequest | { problem: Problem } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    const detail = "The body is not valid JSON.";
    return { problem: callProblem(400, "malformed_json", "Malformed JSON", detail) };
  }
  return isObject(parsed) ? readFields(parsed, caller) : wrong("", "must be a JSON object");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readFields(given: Record<string, unknown>, caller: string): CheckRequest | { problem: Problem } {
  for (const name in given)
    if (!fields.has(name)) return wrong(name, `is not a field; known are ${[...fields].join(", ")}`);
  const { token, endpoint, method, path, ip, scope, cost, dry_run: dryRun, request_id: requestId } = given;
  const { surface = "http", user_agent: userAgent } = given;

  if (typeof token !== "string") return wrong("token", "must be a string; send an empty one if the client sent none");
  const known: Surface | undefined = surfaces.find((one) => one === surface);
  if (!known) return wrong("surface", `must be one of ${surfaces.join(", ")}`);
  if (!isTextOrAbsent(endpoint, 200)) return wrong("endpoint", "must be a string of 1 to 200 characters");
  if (!isTextOrAbsent(method, 20)) return wrong("method", "must be a string of 1 to 20 letters");
  if (method && !methodShape.test(method)) return wrong("method", "must be a string of 1 to 20 letters");
  if (!isTextOrAbsent(path, 16_384)) return wrong("path", "must be a string of 1 to 16384 characters");
  if (endpoint && (method || path)) return wrong("endpoint", "must not be given together with method and path");
  if (!endpoint && !(method && path))
    return wrong(method ? "path" : "method", "must be given, with method and path, or else endpoint");
  if (!isTextOrAbsent(ip, 45) || (ip && (ip.includes("%") || isIP(ip) === 0)))
    return wrong("ip", "must be an IPv4 or IPv6 address");
  if (!isTextOrAbsent(userAgent, 16_384, 0)) return wrong("user_agent", "must be a string");
  if (!isTextOrAbsent(scope, 128)) return wrong("scope", "must be a string of 1 to 128 characters");
  if (cost !== undefined && !isCost(cost)) return wrong("cost", `must be a whole number from 0 to ${maxCost}`);
  if (dryRun !== undefined && typeof dryRun !== "boolean") return wrong("dry_run", "must be true or false");
  if (!isTextOrAbsent(requestId, 128) || (requestId && !requestIdShape.test(requestId))) {
    return wrong("request_id", "must be 1 to 128 printable ASCII characters without spaces");
  }
  return {
    token,
    surface: known,
    endpointName: endpoint ?? null,
    method: method?.toUpperCase() ?? null,
    uri: path ?? null,
    ip: ip ?? null,
    userAgent: userAgent ?? null,
    scope: scope ?? null,
    cost: cost ?? 1,
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

function wrong(field: string, detail: string): { problem: Problem } {
  const pointer = field === "" ? "" : `/${field.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 64)}`;
  const name = field === "" ? "The body" : `'${field.slice(0, 64)}'`;
  return {
    problem: callProblem(400, "invalid_field", "Invalid call", `${name} ${detail}.`, [{ pointer, detail }]),
  };
}
