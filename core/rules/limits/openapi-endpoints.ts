/** What Gatehouse takes from an OpenAPI document of the provider's API. */
export type OpenapiEndpoint = { name: string; method: string; path: string; scope: string | null };
/** `where` = method and path, as in the document. */
export type OpenapiFault =
  | { code: "unmatchable"; where: string }
  | { code: "too_many"; where: string; most: number }
  | { code: "empty" };
export type OpenapiFacts = {
  endpoints: OpenapiEndpoint[];
  scopes: { name: string; description: string }[];
  /** What could not be taken. */
  faults: OpenapiFault[];
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
const mostEndpoints = 2_000;

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reads paths, methods and scopes of an OpenAPI 3 document (parsed). Paths get the path of the first server before them. The scope
 * of a call is the first one its security asks for, its own or the document's. Throws when it is no such document.
 */
export function readOpenapi(document: unknown): OpenapiFacts {
  const root = objectOf(document);
  if (!textOf(root.openapi).startsWith("3.")) throw new Error("This is not an OpenAPI 3 document.");
  const base = basePathOf(root);
  const endpoints: OpenapiEndpoint[] = [];
  const faults: OpenapiFault[] = [];
  const names = new Set<string>();
  for (const [path, item] of Object.entries(objectOf(root.paths))) {
    for (const method of methods) {
      const operation = objectOf(item)[method];
      if (operation === undefined) continue;
      const full = `${base}${path}`;
      const where = `${method.toUpperCase()} ${path}`;
      if (!/^\/[\w\-./{}*~:@!$&'()+,;=%]{0,199}$/.test(full)) {
        faults.push({ code: "unmatchable", where });
        continue;
      }
      if (endpoints.length === mostEndpoints) {
        faults.push({ code: "too_many", where, most: mostEndpoints });
        return { endpoints, scopes: scopesOf(root), faults };
      }
      const name = freeName(nameOf(objectOf(operation), method, path), names);
      names.add(name);
      endpoints.push({ name, method: method.toUpperCase(), path: full, scope: scopeOf(objectOf(operation), root) });
    }
  }
  if (endpoints.length === 0) faults.push({ code: "empty" });
  return { endpoints, scopes: scopesOf(root), faults };
}

/** `/v2` of `https://api.example.com/v2/`; nothing of a template. */
function basePathOf(root: Json): string {
  const url = textOf(objectOf(listOf(root.servers)[0]).url);
  const path = url.startsWith("/") ? url : URL.canParse(url) ? new URL(url).pathname : "";
  return path.includes("{") || path.includes("%7B") ? "" : path.replace(/\/+$/, "");
}

/** operationId in the form of endpoint names, or method and path. */
function nameOf(operation: Json, method: string, path: string): string {
  const given = textOf(operation.operationId) || `${method}${path}`;
  const words = given.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return (
    words
      .replaceAll(/[^a-z0-9._-]+/g, ".")
      .replaceAll(/^[._-]+|[._-]+$/g, "")
      .slice(0, 56) || method
  );
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name}-${n}`;
  return free;
}

function scopeOf(operation: Json, root: Json): string | null {
  const security = operation.security === undefined ? root.security : operation.security;
  for (const requirement of listOf(security)) {
    for (const scopes of Object.values(objectOf(requirement))) {
      const first = listOf(scopes)
        .map(textOf)
        .find((scope) => scope !== "");
      if (first !== undefined) return first;
    }
  }
  return null;
}

function scopesOf(root: Json): { name: string; description: string }[] {
  const found = new Map<string, string>();
  for (const scheme of Object.values(objectOf(objectOf(root.components).securitySchemes))) {
    for (const flow of Object.values(objectOf(objectOf(scheme).flows))) {
      for (const [name, description] of Object.entries(objectOf(objectOf(flow).scopes)))
        found.set(name, textOf(description));
    }
  }
  return [...found].map(([name, description]) => ({ name, description }));
}

export type RegisteredEndpoint = OpenapiEndpoint & { surface: string };

export type EndpointDifference = {
  added: OpenapiEndpoint[];
  /** Same method and path, another scope. */
  changed: { name: string; method: string; path: string; scopeBefore: string | null; scope: string | null }[];
  /** Registered here and not in the document; they stay. */
  gone: { name: string; method: string; path: string }[];
  unchanged: number;
};

/** How a document differs from what is registered on the http surface. Names of path parameters do not count. */
export function compareEndpoints(
  registered: readonly RegisteredEndpoint[],
  document: readonly OpenapiEndpoint[],
): EndpointDifference {
  const keyOf = ({ method, path }: { method: string; path: string }) =>
    `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
  const here = new Map(registered.filter((one) => one.surface === "http").map((one) => [keyOf(one), one]));
  const difference: EndpointDifference = { added: [], changed: [], gone: [], unchanged: 0 };
  for (const one of document) {
    const known = here.get(keyOf(one));
    here.delete(keyOf(one));
    if (!known) difference.added.push(one);
    else if (known.scope === one.scope) difference.unchanged += 1;
    else
      difference.changed.push({
        name: known.name,
        method: known.method,
        path: known.path,
        scopeBefore: known.scope,
        scope: one.scope,
      });
  }
  difference.gone = [...here.values()].map(({ name, method, path }) => ({ name, method, path }));
  return difference;
}
