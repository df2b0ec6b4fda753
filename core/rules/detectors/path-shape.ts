import { compileEndpoints, type EndpointMatcher, type EndpointRoute, matchEndpoint } from "../limits/endpoint-match.ts";
import type { PathRules } from "../limits/path.ts";

/** A registered endpoint as paths are compared with it; `isClosed` = its provider has closed it in the last days. */
export type ShapeRoute = { id: number; path: string; isClosed: boolean };

/** A route without its method: a path that another method would have reached is no new path. */
type Route = EndpointRoute;
export type PathShapes = {
  matcher: EndpointMatcher<Route>;
  versions: readonly string[];
  routes: ReadonlyMap<number, ShapeRoute>;
};

/** `shape` = the path by which distinct ones are counted. `isFree` = no registered route says what it is. */
export type PathShape = { shape: string; isFree: boolean };

const longestShape = 200;

/** What `pathShape` and `wrongPath` look paths up in. */
export function shapesOf(routes: readonly ShapeRoute[], rules: PathRules): PathShapes {
  const anyMethod = routes.map(({ path }) => ({ surface: "http" as const, method: "*", path }));
  return {
    matcher: compileEndpoints(anyMethod, rules),
    versions: [...new Set(routes.flatMap(({ path }) => path.split("/").filter(isVersion)))],
    routes: new Map(routes.map((one) => [one.id, one])),
  };
}

/**
 * A wrong path as the detectors see it: by its shape, and as it was asked for where no route says what it is. What told no path is known by its
 * endpoint, and so is an endpoint that was open until just now; null = neither is known.
 */
export function wrongPath(
  { endpointId, path }: { endpointId: number; path: string | null },
  shapes: PathShapes,
): { path: string; asked?: string } | null {
  const route = shapes.routes.get(endpointId);
  if (route && (route.isClosed || !route.path.endsWith("/**"))) return { path: route.path };
  if (path === null) return null;
  const { shape, isFree } = pathShape(path, shapes);
  return { path: shape, ...(isFree ? { asked: path } : {}) };
}

/**
 * What a path is counted as: the route it falls under (`/v1/domains/{id}`, however many domains were asked for); of a version that is not
 * there the same route in another (`/v2/domains/{id}` where there is a `/v1`: the whole API of that version counts as one path); else the path
 * with its ids left out. A route that ends in `/**` says nothing of what is below it.
 */
export function pathShape(path: string, { matcher, versions }: Pick<PathShapes, "matcher" | "versions">): PathShape {
  const route = routeOf(path, matcher);
  if (route !== null) return { shape: route, isFree: false };
  const segments = path.split("/");
  const at = segments.findIndex(isVersion);
  for (const version of at === -1 ? [] : versions) {
    const other = [...segments.slice(0, at), version, ...segments.slice(at + 1)].join("/");
    if (routeOf(other, matcher) !== null)
      return { shape: [...segments.slice(0, at + 1), "**"].join("/"), isFree: false };
  }
  const shape = segments.map((segment) => (isId(segment) ? "{id}" : segment)).join("/");
  return { shape: shape.slice(0, longestShape), isFree: true };
}

function routeOf(path: string, matcher: EndpointMatcher<Route>): string | null {
  const found = matchEndpoint(matcher, "http", "*", path);
  return found === null || found === "ambiguous" || found.path.endsWith("/**") ? null : found.path;
}

function isVersion(segment: string): boolean {
  return /^v\d{1,3}$/i.test(segment);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const longestId = 128;

/** Numbers from three digits on (below a hundred there are too few to hide behind), UUIDs, hashes, addresses of people and other long names with digits. What ends like a file is none: scanners make such up. */
function isId(segment: string): boolean {
  if (segment.length > longestId) return false;
  if (/^\d{3,}$/.test(segment) || uuid.test(segment)) return true;
  if (/^[\w.+-]+(?:@|%40)[\w.-]+$/.test(segment)) return true;
  return segment.length >= 12 && /^[A-Za-z0-9_-]+$/.test(segment) && /\d/.test(segment);
}
