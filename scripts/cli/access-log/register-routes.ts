import type { Ctx } from "#core/frame/context.ts";
import { importOpenapi } from "#core/provider/import-openapi.ts";
import { sampleEndpoints } from "#core/provider/sample-provider.ts";
import { crc32 } from "#core/rules/tokens/token.ts";
import { endpoint } from "#db/schema/provider.ts";
import { number } from "../progress.ts";
import type { LogRoute } from "./log-routes.ts";

/** A log of more first segments than this has no API behind it. */
const mostRoutes = 500;
/** Names of endpoints that came from a log begin so. */
const prefix = "log.";

const samples: ReadonlySet<string> = new Set(sampleEndpoints.map((one) => one.name));
const samplePaths: ReadonlySet<string> = new Set(
  sampleEndpoints.filter((one) => one.surface === "http").map((one) => firstSegment(one.path)),
);

/** `left` = routes that are not registered because there are too many. */
export type RegisteredRoutes = { added: readonly { method: string; path: string }[]; left: number };

/**
 * Registers what a log's server has answered, as its provider would by importing the API's description: the gate refuses what is not
 * registered. Paths of the sample's API are left to the sample. Does nothing where a provider has registered endpoints of their
 * own, which a guess from a log must not widen.
 */
export async function registerRoutes(ctx: Ctx, routes: readonly LogRoute[]): Promise<RegisteredRoutes> {
  const registered = await ctx.db.select({ name: endpoint.name, surface: endpoint.surface }).from(endpoint);
  const isProviders = registered.some(
    ({ name, surface }) => surface === "http" && !samples.has(name) && !name.startsWith(prefix),
  );
  const wanted = routes.filter(({ path }) => !samplePaths.has(firstSegment(path)));
  if (isProviders || wanted.length === 0) return { added: [], left: 0 };
  const { added } = await importOpenapi(ctx, { document: documentOf(wanted.slice(0, mostRoutes)) });
  return { added, left: Math.max(0, wanted.length - mostRoutes) };
}

/** `12 endpoints of the log are registered: …`, or nothing. */
export function registeredText({ added, left }: RegisteredRoutes): string {
  if (added.length === 0) return "";
  const shown = added.slice(0, 5).map(({ method, path }) => `${method} ${path}`);
  const more = added.length > shown.length ? ` and ${number(added.length - shown.length)} more` : "";
  const rest = left > 0 ? ` Requests to ${number(left)} further paths count as unknown: they are too many.` : "";
  return `${number(added.length)} ${added.length === 1 ? "endpoint of the log is" : "endpoints of the log are"} registered: ${shown.join(", ")}${more}.${rest}\n`;
}

function documentOf(routes: readonly LogRoute[]) {
  const paths: Record<string, Record<string, { operationId: string }>> = {};
  for (const { method, path } of routes) {
    const item = paths[path] ?? {};
    paths[path] = item;
    item[method.toLowerCase()] = { operationId: nameOf(method, path) };
  }
  return { openapi: "3.1.0", paths };
}

/** Two paths whose names read alike are told apart by their sums. */
function nameOf(method: string, path: string): string {
  const segment = firstSegment(path);
  const words = segment.replaceAll(/[^a-z0-9._-]+/g, ".").slice(0, 30);
  const isWhole = words === segment && segment !== "";
  return `${prefix}${method.toLowerCase()}.${words}${isWhole ? "" : `.${crc32(segment).toString(36)}`}`;
}

function firstSegment(path: string): string {
  return path.slice(1).split("/", 1)[0]?.toLowerCase() ?? "";
}
