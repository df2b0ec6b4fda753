import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { endpoint, scope } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { notifyProvider } from "../frame/outbox.ts";
import { compareOpenapi, type MissingScope, openapiDocument } from "./compare-openapi.ts";

/**
 * Registers what an OpenAPI document of the provider's API has and Gatehouse does not: endpoints, their scopes, and changed scopes of
 * known endpoints. What is registered and not in the document stays and is named. Answers the difference; as a dry run it only
 * answers it. With a fingerprint it does only what was shown, and is a conflict when something changed in between.
 */
export const importOpenapi = command({
  permission: "limits:write",
  input: z.strictObject({
    document: openapiDocument,
    /** Requests per minute and account for new endpoints; null = unlimited. */
    rateLimit: numberOrText(z.number().int().min(0).max(10_000_000)).nullable().default(60),
    /** For forms, which have no null: the same as a null limit. */
    isUnlimited: z.stringbool().or(z.boolean()).default(false),
    /** Of `previewOpenapi`. */
    fingerprint: z.string().length(64).optional(),
  }),
  run: async (ctx, { document, rateLimit, isUnlimited, fingerprint }) => {
    const { difference, missingScopes, registered, faults, ...seen } = await compareOpenapi(ctx, document);
    if (fingerprint !== undefined && fingerprint !== seen.fingerprint)
      throw new AppError("conflict", deskWords.errors.comparisonStale);
    await addScopes(ctx, missingScopes);
    const names = new Set(registered.map((one) => one.name));
    for (const one of difference.added) {
      const name = names.has(one.name) ? `${one.name.slice(0, 50)}-${one.method.toLowerCase()}` : one.name;
      names.add(name);
      await ctx.db
        .insert(endpoint)
        .values({ ...one, name, surface: "http", rateLimit: isUnlimited ? null : rateLimit })
        .onConflictDoNothing();
    }
    for (const one of difference.changed) {
      await ctx.db
        .update(endpoint)
        .set({ scope: one.scope, version: sql`${endpoint.version} + 1` })
        .where(and(eq(endpoint.name, one.name), eq(endpoint.surface, "http")));
    }
    await notifyProvider(ctx);
    return { ...difference, newScopes: missingScopes.map(({ name }) => name), faults };
  },
  happened: (_input, { added, changed, newScopes }) =>
    added.length + changed.length + newScopes.length === 0
      ? null
      : fact(
          "endpoints.imported",
          { subjectId: "endpoints", accountId: null },
          { added: added.length, changed: changed.length, scopes: newScopes },
        ),
});

async function addScopes(ctx: Ctx, missing: readonly MissingScope[]): Promise<void> {
  if (missing.length === 0) return;
  const [last] = await ctx.db.select({ position: sql<number>`coalesce(max(${scope.position}), 0)::int` }).from(scope);
  await ctx.db.insert(scope).values(
    missing.map(({ name, description }, index) => ({
      name,
      area: name.split(/[:._]/)[0] ?? name,
      description: description || name,
      position: (last?.position ?? 0) + 1 + index,
    })),
  );
}
