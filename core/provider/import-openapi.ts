import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { endpoint, scope } from "#db/schema/provider.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { invalid } from "../errors.ts";
import { notifyProvider } from "../outbox.ts";
import { compareEndpoints, type OpenapiFacts, readOpenapi } from "../rules/openapi-endpoints.ts";

/**
 * Registers what an OpenAPI document of the provider's API has and Gatehouse does not: endpoints, their scopes, and changed scopes of
 * known endpoints. What is registered and not in the document stays and is named. Answers the difference; as a dry run it only
 * answers it.
 */
export const importOpenapi = command({
  permission: "limits:write",
  input: z.strictObject({
    /** The parsed document. */
    document: z.record(z.string(), z.unknown()),
    /** Requests per minute and account for new endpoints; null = unlimited. */
    rateLimit: z.coerce.number().int().min(0).max(10_000_000).nullable().default(60),
  }),
  run: async (ctx, { document, rateLimit }) => {
    const facts = read(document);
    const registered = await ctx.db
      .select({
        name: endpoint.name,
        surface: endpoint.surface,
        method: endpoint.method,
        path: endpoint.path,
        scope: endpoint.scope,
      })
      .from(endpoint);
    const difference = compareEndpoints(registered, facts.endpoints);
    const newScopes = await addScopes(ctx, facts);
    const names = new Set(registered.map((one) => one.name));
    for (const one of difference.added) {
      const name = names.has(one.name) ? `${one.name.slice(0, 50)}-${one.method.toLowerCase()}` : one.name;
      names.add(name);
      await ctx.db
        .insert(endpoint)
        .values({ ...one, name, surface: "http", rateLimit })
        .onConflictDoNothing();
    }
    for (const one of difference.changed) {
      await ctx.db
        .update(endpoint)
        .set({ scope: one.scope, version: sql`${endpoint.version} + 1` })
        .where(and(eq(endpoint.name, one.name), eq(endpoint.surface, "http")));
    }
    await notifyProvider(ctx);
    return { ...difference, newScopes, faults: facts.faults };
  },
  audit: (_input, { added, changed, newScopes }) =>
    added.length + changed.length + newScopes.length === 0
      ? null
      : {
          action: "endpoint.import",
          subjectKind: "provider",
          subjectId: "endpoints",
          accountId: null,
          data: { added: added.length, changed: changed.length, scopes: newScopes },
        },
});

function read(document: Record<string, unknown>): OpenapiFacts {
  try {
    return readOpenapi(document);
  } catch (error) {
    throw invalid("document", error instanceof Error ? error.message : "This is not an OpenAPI 3 document.");
  }
}

/** Scopes that calls need come in even when no scheme describes them. Returns the new names. */
async function addScopes(ctx: Ctx, { endpoints, scopes }: OpenapiFacts): Promise<string[]> {
  const wanted = new Map(scopes.map((one) => [one.name, one.description]));
  for (const one of endpoints) if (one.scope !== null && !wanted.has(one.scope)) wanted.set(one.scope, "");
  if (wanted.size === 0) return [];
  const known = await ctx.db.select({ name: scope.name, position: scope.position }).from(scope);
  const last = Math.max(0, ...known.map((row) => row.position));
  const missing = [...wanted].filter(([name]) => !known.some((row) => row.name === name));
  if (missing.length === 0) return [];
  await ctx.db.insert(scope).values(
    missing.map(([name, description], index) => ({
      name,
      area: name.split(/[:._]/)[0] ?? name,
      description: description || name,
      position: last + 1 + index,
    })),
  );
  return missing.map(([name]) => name);
}
