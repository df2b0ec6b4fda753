import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Database } from "#db/client.ts";
import { logger } from "../runtime/log.ts";
import { findOperation } from "./find-operation.ts";
import { type ApiDesk, handle } from "./handle.ts";
import { openapi } from "./openapi.ts";
import { operations } from "./operations.ts";

/** For tests only: calls the API and holds every answer against the published document. */

type Json = Record<string, unknown>;
export type Call = { token?: string; body?: unknown; headers?: Record<string, string>; now?: Date; raw?: string };
export type Reply = { status: number; headers: Headers; body: Json; text: string };

const publicUrl = "https://desk.acme.test";
const document = openapi(publicUrl, "1.0.0") as { paths: Record<string, Record<string, Json>>; components: Json };
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: "openapi", components: document.components });

export function apiClient(db: Database, defaultNow: Date) {
  const desk: ApiDesk = { db, log: logger("test"), publicUrl };
  return async (method: string, path: string, { token, body, headers, now, raw }: Call = {}): Promise<Reply> => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = new Request(`${publicUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(sent === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const [pathname = ""] = path.split("?");
    const facts = { path: pathname, ip: "203.0.113.9", requestId: crypto.randomUUID(), now: now ?? defaultNow };
    const response = await handle(desk, request, facts);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    const reply = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Json) : {},
    };
    holdAgainstDocument(method, pathname, reply);
    return reply;
  };
}

/** Throws when an answer of a documented call departs from the document. */
export function holdAgainstDocument(method: string, pathname: string, { status, headers, body, text }: Reply): void {
  const found = findOperation(operations, method, pathname);
  if (!found || "allow" in found) return;
  const { path } = found.operation;
  const responses = document.paths[path]?.[method.toLowerCase()]?.responses as Record<string, Json> | undefined;
  const named = responses?.[String(status)];
  if (!named)
    throw new Error(`${method} ${path} answered ${status}, which the document does not name: ${text.slice(0, 300)}`);
  const response = (typeof named.$ref === "string" ? at(named.$ref) : named) as { content?: Record<string, Json> };
  if (!response.content) {
    if (text !== "") throw new Error(`${method} ${path} answered a body with ${status}.`);
    return;
  }
  const type = (headers.get("content-type") ?? "").split(";")[0] ?? "";
  const content = response.content[type];
  if (!content) throw new Error(`${method} ${path} answered ${type}, which the document does not name.`);
  if (!type.includes("json")) return;
  const isValid = validatorOf(JSON.stringify(content.schema));
  if (!isValid(body))
    throw new Error(`${method} ${path} ${status}: ${ajv.errorsText(isValid.errors)} in ${text.slice(0, 500)}`);
}

const validators = new Map<string, ValidateFunction>();

/** Compiled once per schema, which takes ten times as long as the check itself. */
function validatorOf(schema: string): ValidateFunction {
  const made =
    validators.get(schema) ?? ajv.compile(JSON.parse(schema.replaceAll('"#/components', '"openapi#/components')));
  validators.set(schema, made);
  return made;
}

function at(ref: string): unknown {
  let value: unknown = document;
  for (const part of ref.slice(2).split("/")) value = (value as Json)[part];
  return value;
}
