import type { Surface } from "../vocabulary.ts";
import { defaultPathRules, type PathRules, readPath } from "./path.ts";

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

export type EndpointMatcher<T extends EndpointRoute> = { roots: ReadonlyMap<Surface, Node<T>>; rules: PathRules };

/** Builds the matcher. Of two routes with the same surface, method and shape the first one given is kept. */
export function compileEndpoints<T extends EndpointRoute>(
  endpoints: readonly T[],
  rules: PathRules = defaultPathRules,
): EndpointMatcher<T> {
  const roots = new Map<Surface, Node<T>>();
  for (const endpoint of endpoints) {
    let node = roots.get(endpoint.surface) ?? newNode<T>();
    roots.set(endpoint.surface, node);
    const hasRest = endpoint.path === "/**" || endpoint.path.endsWith("/**");
    const read = readPath(hasRest ? endpoint.path.slice(0, -2) : endpoint.path, rules);
    if (read === null || read === "ambiguous") continue;
    for (const segment of segmentsOf(cased(read.path, rules))) node = childFor(node, segment);
    const routes = hasRest ? node.rest : node.here;
    if (!routes.has(endpoint.method)) routes.set(endpoint.method, endpoint);
  }
  return { roots, rules };
}

/**
 * The endpoint a request goes to; null = none, `ambiguous` = servers may run another route than the gate would decide about: see
 * `readPath`, and a path of which the decoded and merged reading goes elsewhere than the one as sent. `target` is the request target as
 * the client sent it. The most specific route wins, from left to right: a literal segment before `{x}` before `/**`, and then the named
 * method before `*`. HEAD goes where GET goes unless a route names HEAD. Case matters only if the rules say so.
 */
export function matchEndpoint<T extends EndpointRoute>(
  { roots, rules }: EndpointMatcher<T>,
  surface: Surface,
  method: string,
  target: string,
): T | "ambiguous" | null {
  const root = roots.get(surface);
  if (!root) return null;
  const read = readPath(target, rules);
  if (read === null || read === "ambiguous") return read;
  const found = routeFor(root, cased(read.path, rules), method);
  if (read.asSent === null) return found;
  return routeFor(root, cased(read.asSent, rules), method) === found ? found : "ambiguous";
}

function routeFor<T>(root: Node<T>, path: string, method: string): T | null {
  return walk(root, path, 1, method) ?? (method === "HEAD" ? walk(root, path, 1, "GET") : null);
}

/** Only ASCII has one pair of cases that all servers agree on, and beyond it each character here is a byte. */
function cased(path: string, { matchesCase }: PathRules): string {
  return matchesCase || !/[A-Z]/.test(path) ? path : path.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

/** `from` is where the next segment begins; past the end of the path there is none. Each node is visited at most once. An empty segment is only rest. */
function walk<T>(node: Node<T>, path: string, from: number, method: string): T | null {
  if (from >= path.length) return byMethod(node.here, method) ?? byMethod(node.rest, method);
  const slash = path.indexOf("/", from);
  const end = slash === -1 ? path.length : slash;
  const literal = node.literals.size === 0 ? undefined : node.literals.get(path.slice(from, end));
  const found =
    (literal && walk(literal, path, end + 1, method)) ??
    (end > from && node.parameter ? walk(node.parameter, path, end + 1, method) : null);
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
