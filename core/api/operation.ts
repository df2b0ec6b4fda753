import type { z } from "zod";
import type { ApiTag } from "#words/words.ts";
import type { UseCase } from "../frame/define.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Cell = string | number;

type Definition<Input extends z.ZodType, Result> = {
  /** Unique, `tokens.create`; the operationId of the document. */
  id: string;
  method: Method;
  /** Below `/api/v1`, with the names of the input's fields: `/tokens/{tokenId}`. */
  path: string;
  tag: ApiTag;
  summary: string;
  description?: string;
  useCase: UseCase<Input, Result>;
  /** Fields of the input that the address decides and the caller cannot send. */
  fixed?: Record<string, unknown>;
  /** Default 200; 204 has no body. */
  status?: 200 | 201 | 204;
  /** What is answered, after JSON; fields it does not name are left out, so nothing new leaks. Null with 204. */
  output: z.ZodType | null;
  /** From the use case's result to the body; the result itself when left out. Lists do it in `items`. */
  body?: (result: Result) => unknown;
  /** A list: the body is `{ data, nextCursor }`, `output` is one item. */
  list?: List<Result>;
  /** The version that goes out as ETag; updates take it back as If-Match. */
  version?: (result: Result) => number;
  /** The same as a table, for `Accept: text/csv`. */
  csv?: (result: Result) => Cell[][];
  /** Default 64 KiB. */
  maxBodyBytes?: number;
  /** For everybody, without a credential. */
  isPublic?: boolean;
  /** Replaces everything: each field must be named, also where a form may leave it empty. */
  isReplacing?: boolean;
  /** Spends nothing of the API's own limit. */
  isFree?: boolean;
  /** A change that is still taken while the account is suspended or terminated. Reading always is. */
  isForSuspended?: boolean;
  example: { input?: Record<string, unknown>; output: unknown };
};

type List<Result> = {
  /** The items, in a stable order, as they go out. */
  items: (result: Result) => unknown[];
  /** Where the use case pages itself: what to give it, and the cursor after this page (null = the last). */
  page?: {
    input: (limit: number, cursor: string | null) => Record<string, unknown>;
    next: (result: Result, asked: { limit: number; cursor: string | null }) => string | null;
  };
  /** Otherwise the list is bounded and cut here; what tells its items apart. */
  key?: (item: never) => string;
};

/** A call of the REST API, its types closed over, so that all of them fit one list. */
export type Operation = Omit<Definition<z.ZodType, never>, "useCase" | "body" | "list" | "version" | "csv"> & {
  useCase: UseCase;
  body: (result: unknown) => unknown;
  list: {
    items: (result: unknown) => unknown[];
    page: {
      input: (limit: number, cursor: string | null) => Record<string, unknown>;
      next: (result: unknown, asked: { limit: number; cursor: string | null }) => string | null;
    } | null;
    key: ((item: unknown) => string) | null;
  } | null;
  version: ((result: unknown) => number) | null;
  csv: ((result: unknown) => Cell[][]) | null;
};

/** Checks the types of a definition against its use case and forgets them. */
export function operation<Input extends z.ZodType, Result>(definition: Definition<Input, Result>): Operation {
  const { body, list, version, csv } = definition;
  const erased = {
    body: body ?? ((result: unknown) => result),
    list: list ?? null,
    version: version ?? null,
    csv: csv ?? null,
  };
  return { ...definition, ...erased } as unknown as Operation;
}
