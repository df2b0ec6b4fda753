import * as words from "#words/words.ts";
import "server-only";
import { openapi } from "#core/api/openapi.ts";
import { operations } from "#core/api/operations.ts";
import { publicUrl } from "#core/runtime/env.ts";
import { version } from "#core/runtime/version.ts";

export type Field = { name: string; where: string; type: string; isRequired: boolean; description: string };

export type Call = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  permission: string;
  fields: Field[];
  curl: string;
  answer: string;
  status: number;
};

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  items?: Schema;
  anyOf?: Schema[];
  description?: string;
  default?: unknown;
};
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema };
type Described = {
  parameters: Parameter[];
  requestBody?: {
    content: { "application/json": { schema: { properties: Record<string, Schema>; required?: string[] } } };
  };
};

/** The reference page's content, read from the same document that programs read. */
export function readReference(): { tag: string; about: string; calls: Call[] }[] {
  const document = openapi(publicUrl(), version) as { paths: Record<string, Record<string, Described>> };
  return Object.entries(words.apiTags).map(([tag, about]) => ({
    tag,
    about,
    calls: operations
      .filter((one) => one.tag === tag)
      .map((one) => {
        const described = document.paths[one.path]?.[one.method.toLowerCase()];
        const { id, method, path, summary, description = "", status = 200, example } = one;
        const answer = one.list ? { data: [example.output], nextCursor: null } : example.output;
        return {
          id,
          method,
          path,
          summary,
          description,
          permission: one.useCase.permission,
          fields: described ? fieldsOf(described) : [],
          curl: curlOf(method, path, example.input),
          answer: answer === null ? "" : JSON.stringify(answer, null, 2),
          status,
        };
      }),
  }));
}

function fieldsOf({ parameters, requestBody }: Described): Field[] {
  const body = requestBody?.content["application/json"].schema;
  return [
    ...parameters.map((one) => ({
      name: one.name,
      where: one.in,
      type: typeOf(one.schema ?? {}),
      isRequired: one.required ?? false,
      description: one.description ?? one.schema?.description ?? "",
    })),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
      name,
      where: "body",
      type: typeOf(schema),
      isRequired: body?.required?.includes(name) ?? false,
      description: schema.description ?? "",
    })),
  ];
}

function typeOf({ type, enum: values, format, items, anyOf }: Schema): string {
  if (values) return values.map(String).join(" | ");
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(" | ");
  if (items) return `${typeOf(items)}[]`;
  const name = Array.isArray(type) ? type.join(" | ") : (type ?? "any");
  return format ? `${name} (${format})` : name;
}

function curlOf(method: string, path: string, input: Record<string, unknown> | undefined): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, "$$$1");
  const hasBody = method !== "GET" && method !== "DELETE" && input !== undefined;
  const asked = Object.entries(hasBody ? {} : (input ?? {})).map(([name, value]) => [name, String(value)]);
  const query = asked.length === 0 ? "" : `?${new URLSearchParams(asked)}`;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${publicUrl()}/api/v1${filled}${query}"`,
    `-H "Authorization: Bearer $TOKEN"`,
  ];
  if (hasBody) lines.push(`-H "Content-Type: application/json"`, `-d '${JSON.stringify(input)}'`);
  return lines.join(" \\\n  ");
}
