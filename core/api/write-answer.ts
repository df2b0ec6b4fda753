import { z } from "zod";
import * as words from "#words/words.ts";
import type { Answer } from "./idempotency.ts";
import type { Operation } from "./operation.ts";
import { ApiError } from "./problem.ts";
import type { ReadRequest } from "./read-request.ts";
import { csvOf } from "./write-csv.ts";

/** A use case's result as an answer: cut to its page, put into the published shape, with its ETag and the link to the next page. */
export function writeAnswer(
  operation: Operation,
  request: Request,
  { paging }: ReadRequest,
  result: unknown,
  publicUrl: string,
): Answer {
  const status = operation.status ?? 200;
  if (operation.output === null) return { status: 204, body: "", headers: {} };
  if (operation.csv && /\btext\/csv\b/.test(request.headers.get("accept") ?? "")) {
    return { status, body: csvOf(operation.csv(result)), headers: { "content-type": "text/csv; charset=utf-8" } };
  }
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (operation.version) headers.etag = `"${operation.version(result)}"`;
  if (!operation.list)
    return { status, body: JSON.stringify(shaped(operation.output, operation.body(result))), headers };
  const { items, next } = cut(operation.list, result, paging);
  const cursor = next === null ? null : Buffer.from(next).toString("base64url");
  if (cursor !== null) headers.link = `<${nextUrl(request, publicUrl, cursor)}>; rel="next"`;
  const data = items.map((item) => shaped(operation.output ?? z.never(), item));
  return { status, body: JSON.stringify({ data, nextCursor: cursor }), headers };
}

/** Through JSON, because that is what the published shape describes: times are text there. */
function shaped(shape: z.ZodType, body: unknown): unknown {
  return shape.parse(JSON.parse(JSON.stringify(body)));
}

function cut(list: NonNullable<Operation["list"]>, result: unknown, { limit, cursor }: ReadRequest["paging"]) {
  const all = list.items(result);
  if (list.page) return { items: all, next: list.page.next(result, { limit, cursor }) };
  const { key } = list;
  if (!key) throw new Error("A list needs a page or a key.");
  const after = cursor === null ? -1 : all.findIndex((item) => key(item) === cursor);
  if (cursor !== null && after === -1) throw new ApiError("bad_request", words.errors.cursorInvalid);
  const items = all.slice(after + 1, after + 1 + limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && after + 1 + limit < all.length ? key(last) : null };
}

function nextUrl(request: Request, publicUrl: string, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", cursor);
  return `${publicUrl}${pathname}?${searchParams}`;
}
