import { z } from "zod";
import * as words from "#words/words.ts";
import { staffKeyScope, staffKeyScopes, tokenScopes } from "../frame/permissions.ts";
import { wholeInput } from "../frame/whole-input.ts";
import { staffKeyKinds } from "../rules/vocabulary.ts";
import { keptHours } from "./idempotency.ts";
import { describeWebhooks } from "./openapi-webhooks.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { callsPerMinute } from "./own-limit.ts";
import { apiErrors } from "./problem.ts";
import { accountIdSchemas } from "./with-account-ids.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the API, made from the schemas that also read requests and shape answers. */
export function openapi(publicUrl: string, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of operations)
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: describeOperation(one) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Gatehouse API",
      version,
      summary: "Tokens, usage, limits, standing and enforcement by REST.",
      description: [
        "Call it with an account token that has scopes of Gatehouse, or with a staff key.",
        `Every POST takes an Idempotency-Key (kept ${keptHours} hours), every change \`dry_run=true\`. Lists have a \`cursor\`.`,
        `It takes ${callsPerMinute} calls a minute per account or key. Errors are problem documents (RFC 9457) with a stable \`code\`.`,
      ].join("\n\n"),
      license: { name: "Apache 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${publicUrl}/api/v1`, description: "This Gatehouse" }],
    tags: Object.entries(words.apiTags).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }],
    paths,
    webhooks: describeWebhooks(),
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: `An account token (\`gth_…\`) or a staff key (\`gths_…\`). Scopes of tokens: ${tokenScopes.join(", ")}. Scopes of keys: ${[...new Set(staffKeyKinds.flatMap(staffKeyScopes))].join(", ")}.`,
        },
      },
      schemas: { Problem: problemSchema },
      responses: Object.fromEntries(errorStatuses.map((status) => [`Error${status}`, errorResponse(status)])),
    },
  };
}

const problemSchema = {
  type: "object",
  description: "RFC 9457.",
  required: ["type", "title", "status", "detail", "code", "instance"],
  properties: {
    type: { type: "string", format: "uri", description: "Page that explains the code." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What is wrong here and what to do." },
    code: { type: "string", enum: apiErrors.map(({ code }) => code) },
    instance: { type: "string", description: "Id of the request." },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: { pointer: { type: "string", description: "RFC 6901." }, detail: { type: "string" } },
      },
    },
  },
};

const errorStatuses = [...new Set(operations.flatMap(errorStatusesOf))].sort((a, b) => a - b);

function errorResponse(status: number): Json {
  const titles = apiErrors.filter((error) => error.status === status);
  const [first] = titles;
  return {
    description: titles.map(({ code, title }) => `${title} (\`${code}\`).`).join(" "),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        example: {
          type: `https://desk.example.com/docs/api#error-${first?.code}`,
          title: first?.title,
          status,
          detail: "What is wrong here and what to do.",
          code: first?.code,
          instance: "urn:request:7f8c1b0e-1c5d-4a53-8e55-2b8f1f0f6a10",
        },
      },
    },
  };
}

function describeOperation(operation: Operation): Json {
  const { id, method, tag, summary, description, useCase, example, status = 200 } = operation;
  const input = inputSchema(operation);
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH";
  const own = Object.keys(input.properties).filter((name) => !inPath.includes(name));
  const needed = operation.isPublic ? "Needs no credential." : `Needs the permission \`${useCase.permission}\`.`;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(operation.isPublic ? { security: [] } : {}),
    description: description ? `${description}\n\n${needed}` : needed,
    parameters: [
      ...inPath.map((name) => ({
        name,
        in: "path",
        required: true,
        schema: input.properties[name] ?? { type: "string" },
      })),
      ...(hasBody ? [] : own.map((name) => parameter(name, input))),
      ...commonParameters(operation),
    ],
    ...(hasBody && own.length > 0 ? { requestBody: body(input, own, example.input) } : {}),
    responses: {
      [status]: success(operation),
      ...Object.fromEntries(
        errorStatusesOf(operation).map((one) => [one, { $ref: `#/components/responses/Error${one}` }]),
      ),
    },
  };
}

type ObjectSchema = { properties: Record<string, Json>; required: string[] };

/** What the caller may send: the use case's input without what the address or a header says. */
function inputSchema(operation: Operation): ObjectSchema {
  const schema = z.toJSONSchema(operation.isReplacing ? wholeInput(operation.useCase) : operation.useCase.input, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // Left out by zod where a text is taken for a number.
      if (def.type === "default") Object.assign(jsonSchema, { default: def.defaultValue });
    },
  }) as { properties?: Record<string, Json>; required?: string[] };
  const hidden = new Set([...Object.keys(operation.fixed ?? {}), ...pagedAway(operation)]);
  const isForStaff = staffKeyScopes("personal").includes(staffKeyScope(operation.useCase.permission));
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => !hidden.has(name))
      .map(([name, property]) => [name, isForStaff ? withExternalIds(name, property) : property]),
  );
  return { properties, required: (schema.required ?? []).filter((name) => name in properties) };
}

/** Staff name an account by either of its ids, and by null where the field takes that. */
function withExternalIds(name: string, property: Json): Json {
  const schema = accountIdSchemas[name];
  if (schema === undefined) return property;
  const takesNull = Array.isArray(property.anyOf) && property.anyOf.some((one: Json) => one.type === "null");
  return takesNull ? { anyOf: [schema, { type: "null" }] } : schema;
}

/** Fields of the input that `cursor` and `limit` stand for. */
function pagedAway(operation: Operation): string[] {
  const { page } = operation.list ?? {};
  return page ? Object.keys({ ...page.input(1, "1 1"), limit: 1 }) : [];
}

function parameter(name: string, input: ObjectSchema): Json {
  return { name, in: "query", required: input.required.includes(name), schema: input.properties[name] };
}

function commonParameters(operation: Operation): Json[] {
  const { method, useCase, list } = operation;
  const string = { type: "string" };
  const all: (Json | false)[] = [
    list !== null && {
      name: "limit",
      in: "query",
      description: "Items per page.",
      schema: { type: "integer", minimum: 1, maximum: 100, default: 25 },
    },
    list !== null && { name: "cursor", in: "query", description: "`nextCursor` of the page before.", schema: string },
    useCase.kind === "command" && {
      name: "dry_run",
      in: "query",
      description:
        "True = everything is checked and answered, but nothing is done. Secrets in the response do not work.",
      schema: { type: "boolean" },
    },
    useCase.kind === "command" &&
      method === "POST" &&
      !operation.isPublic && {
        name: "Idempotency-Key",
        in: "header",
        description: "The same key with the same body returns the same response.",
        schema: { type: "string", maxLength: 255 },
      },
    takesIfMatch(operation) && {
      name: "If-Match",
      in: "header",
      description: "ETag of the version you read. 412 when it has changed since.",
      schema: string,
    },
  ];
  return all.filter((one): one is Json => one !== false);
}

function takesIfMatch({ useCase }: Operation): boolean {
  const { input } = useCase;
  return useCase.kind === "command" && "shape" in input && "version" in (input.shape as object);
}

function body(input: ObjectSchema, own: string[], example: unknown): Json {
  const required = input.required.filter((name) => own.includes(name));
  return {
    required: required.length > 0,
    content: {
      "application/json": {
        schema: {
          type: "object",
          additionalProperties: false,
          properties: Object.fromEntries(own.map((name) => [name, input.properties[name]])),
          ...(required.length > 0 ? { required } : {}),
        },
        example: example ?? {},
      },
    },
  };
}

function success(operation: Operation): Json {
  const headers = {
    "RateLimit-Policy": { description: "The API's own limit.", schema: { type: "string" } },
    RateLimit: { description: "What remains of it.", schema: { type: "string" } },
    "X-Request-Id": { description: "Id of the request, also in the audit log.", schema: { type: "string" } },
    ...(operation.version ? { ETag: { description: "The version, for If-Match.", schema: { type: "string" } } } : {}),
  };
  if (operation.output === null) return { description: "Done.", headers };
  const shape = z.toJSONSchema(operation.output, { io: "output", unrepresentable: "any" });
  const { $schema: _dialect, ...schema } = shape;
  const listed = {
    type: "object",
    required: ["data", "nextCursor"],
    properties: { data: { type: "array", items: schema }, nextCursor: { type: ["string", "null"] } },
  };
  const example = operation.list ? { data: [operation.example.output], nextCursor: null } : operation.example.output;
  return {
    description: operation.summary,
    headers,
    content: {
      "application/json": { schema: operation.list ? listed : schema, example },
      ...(operation.csv ? { "text/csv": { schema: { type: "string" } } } : {}),
    },
  };
}

/** The statuses a call can be refused with, beside those that every call has. */
function errorStatusesOf({ method, useCase, isPublic = false }: Operation): number[] {
  const has = (when: boolean, ...statuses: number[]) => (when ? statuses : []);
  const isCommand = useCase.kind === "command";
  return [400, 404, 422, 429, 500, 503]
    .concat(has(!isPublic, 401, 403))
    .concat(has(isCommand, 409, 412))
    .concat(has(method === "POST" || method === "PUT" || method === "PATCH", 413, 415))
    .sort((a, b) => a - b);
}
