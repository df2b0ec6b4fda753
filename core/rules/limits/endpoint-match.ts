import type { Surface } from "../vocabulary.ts";
import { normalizePath } from "./path.ts";

/** What matching needs of a registered route. */
export type EndpointRoute = {
  surface: Surface;
  /** Upper case; `*` = any method. */
  method: string;
  /** `/v1/email`, `/v1/domains/{id}`; `{x}` is one segment, a last `/**` is any rest, also none. */
  path: string;
};

type Node<T> = {
  literals: Map<string, Node<T>>;
  parameter: Node<T> | null;
  /** Routes that end here, by method. */
  here: Map<string, T>;
  /** Routes that end in `/**` here, by method. */
  rest: Map<string, T>;
};

export type EndpointMatcher<T extends EndpointRoute> = ReadonlyMap<Surface, Node<T>>;

/** Builds the matcher. Of two routes with the same surface, method and shape the first one given is kept. */
export function compileEndpoints<T extends EndpointRoute>(endpoints: readonly T[]): EndpointMatcher<T> {
  const roots = new Map<Surface, Node<T>>();
  for (const endpoint of endpoints) {
    let node = roots.get(endpoint.surface) ?? newNode<T>();
    roots.set(endpoint.surface, node);
    const hasRest = endpoint.path === "/**" || endpoint.path.endsWith("/**");
    const path = normalizePath(hasRest ? endpoint.path.slice(0, -2) : endpoint.path);
    if (path === null) continue;
    for (const segment of segmentsOf(path)) node = childFor(node, segment);
    const routes = hasRest ? node.rest : node.here;
    if (!routes.has(endpoint.method)) routes.set(endpoint.method, endpoint);
  }
  return roots;
}

/**
 * The endpoint a request goes to, or null. `rawUri` is the request target as the client sent it; it is normalised as
 * upstreams do (see `normalizePath`). Case matters. The most specific route wins, from left to right: a literal segment
 * before `{x}` before `/**`, and then the named method before `*`. HEAD goes where GET goes unless a route names HEAD.
 */
export function matchEndpoint<T extends EndpointRoute>(
  matcher: EndpointMatcher<T>,
  surface: Surface,
  method: string,
  rawUri: string,
): T | null {
  const root = matcher.get(surface);
  if (!root) return null;
  const path = normalizePath(rawUri);
  if (path === null) return null;
  return walk(root, path, 1, method) ?? (method === "HEAD" ? walk(root, path, 1, "GET") : null);
}

/** `from` is where the next segment begins; past the end of the path there is none. Each node is visited at most once. */
function walk<T>(node: Node<T>, path: string, from: number, method: string): T | null {
  if (from >= path.length) return byMethod(node.here, method) ?? byMethod(node.rest, method);
  const slash = path.indexOf("/", from);
  const end = slash === -1 ? path.length : slash;
  const literal = node.literals.size === 0 ? undefined : node.literals.get(path.slice(from, end));
  const found =
    (literal && walk(literal, path, end + 1, method)) ??
    (node.parameter && walk(node.parameter, path, end + 1, method));
  return found ?? byMethod(node.rest, method);
}

function byMethod<T>(routes: ReadonlyMap<string, T>, method: string): T | null {
  if (routes.size === 0) return null;
  return routes.get(method) ?? routes.get("*") ?? null;
}

function segmentsOf(path: string): string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

function childFor<T>(node: Node<T>, segment: string): Node<T> {
  if (/^\{[^{}]*\}$/.test(segment)) {
    node.parameter ??= newNode<T>();
    return node.parameter;
  }
  const child = node.literals.get(segment) ?? newNode<T>();
  node.literals.set(segment, child);
  return child;
}

function newNode<T>(): Node<T> {
  return { literals: new Map(), parameter: null, here: new Map(), rest: new Map() };
}
