import { z } from "zod";
import * as words from "#words/words.ts";
import { AppError } from "../frame/errors.ts";
import type { Operation } from "./operation.ts";
import { ApiError } from "./problem.ts";
import { readBody } from "./read-body.ts";

export const standardBodyBytes = 64 * 1024;
const standardLimit = 25;

export type ReadRequest = {
  input: Record<string, unknown>;
  /** The body as sent; empty when there is none. */
  text: string;
  isDryRun: boolean;
  /** The version of If-Match; null = not sent. */
  ifMatch: number | null;
  paging: { limit: number; cursor: string | null };
};

/** Puts a use case's input together from path, query or body. What does not belong to it stays in, so that it is refused by name. */
export async function readRequest(
  operation: Operation,
  request: Request,
  params: Record<string, string>,
): Promise<ReadRequest> {
  const query = new URL(request.url).searchParams;
  const isDryRun = operation.useCase.kind === "command" && take(query, "dry_run", /^(true|false)$/) === "true";
  const paging = operation.list ? takePaging(query) : { limit: standardLimit, cursor: null };
  const hasBody = operation.method === "POST" || operation.method === "PUT" || operation.method === "PATCH";
  const text = hasBody ? (await readBody(request, operation.maxBodyBytes ?? standardBodyBytes)).toString("utf8") : "";
  const given = hasBody ? { ...readJson(request, text), ...unexpected(query) } : fromQuery(query);
  for (const name of [...Object.keys(params), ...Object.keys(operation.fixed ?? {})]) {
    if (name in given)
      throw new AppError("invalid", `${name}: ${words.errors.partOfAddress}`, {
        fields: { [name]: words.errors.partOfAddress },
      });
  }
  const input = { ...given, ...params, ...operation.fixed };
  return {
    input,
    text,
    isDryRun,
    ifMatch: readIfMatch(request, operation),
    paging,
  };
}

function take(query: URLSearchParams, name: string, form: RegExp): string | null {
  const value = query.get(name);
  query.delete(name);
  if (value !== null && !form.test(value)) throw new ApiError("bad_request", words.errors.headerMalformed(name));
  return value;
}

function takePaging(query: URLSearchParams): ReadRequest["paging"] {
  const limit = Number(take(query, "limit", /^\d{1,3}$/) ?? standardLimit);
  if (limit < 1 || limit > 100) throw new ApiError("bad_request", "limit must be 1 to 100.");
  const text = take(query, "cursor", /^[A-Za-z0-9_-]{1,400}$/);
  return { limit, cursor: text === null ? null : Buffer.from(text, "base64url").toString("utf8") };
}

/** A use case takes a name once; asked twice it would be a guess which one counts. */
function fromQuery(query: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of query) {
    if (Object.hasOwn(input, name)) throw new ApiError("bad_request", words.errors.givenTwice(name));
    input[name] = value;
  }
  return input;
}

/** Parameters beside a body: there are none, so each is refused like an unknown field. */
function unexpected(query: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries([...query].map(([name, value]) => [`?${name}`, value]));
}

function readJson(request: Request, text: string): Record<string, unknown> {
  if (text === "") return {};
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ApiError("unsupported_media_type", words.errors.sendJson);
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(parse(text));
  if (!parsed.success) throw new ApiError("bad_request", words.errors.sendObject);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(
      "bad_request",
      words.errors.bodyMalformed(error instanceof Error ? error.message.slice(0, 120) : ""),
    );
  }
}

function readIfMatch(request: Request, operation: Operation): number | null {
  const text = request.headers.get("if-match");
  if (text === null || operation.useCase.kind !== "command") return null;
  const version = /^"(\d{1,9})"$/.exec(text.trim())?.[1];
  if (version === undefined) throw new ApiError("bad_request", words.errors.sendEtag);
  return Number(version);
}
