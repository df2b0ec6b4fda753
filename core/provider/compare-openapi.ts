import { createHash } from "node:crypto";
import { parse } from "yaml";
import { z } from "zod";
import { endpoint, scope } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { invalid } from "../frame/errors.ts";
import {
  compareEndpoints,
  type EndpointDifference,
  type OpenapiFacts,
  type RegisteredEndpoint,
  readOpenapi,
} from "../rules/limits/openapi-endpoints.ts";

/** An OpenAPI 3 document: parsed, or its text in JSON or YAML. */
export const openapiDocument = z.union(
  [z.record(z.string(), z.unknown()), z.string().max(4 * 1024 * 1024)],
  deskWords.errors.giveOpenApi,
);
type OpenapiDocument = z.output<typeof openapiDocument>;

export type MissingScope = { name: string; description: string };
type Comparison = {
  difference: EndpointDifference;
  missingScopes: MissingScope[];
  registered: RegisteredEndpoint[];
  faults: string[];
  /** sha256 of what an import would do; another one means something changed. */
  fingerprint: string;
};

/** How a document differs from what is registered. Throws `invalid` on `document` when it is no OpenAPI 3 document. */
export async function compareOpenapi(ctx: Ctx, document: OpenapiDocument): Promise<Comparison> {
  const facts = read(document);
  const registered = await ctx.db
    .select({
      name: endpoint.name,
      surface: endpoint.surface,
      method: endpoint.method,
      path: endpoint.path,
      scope: endpoint.scope,
    })
    .from(endpoint)
    .orderBy(endpoint.id);
  const difference = compareEndpoints(registered, facts.endpoints);
  const missingScopes = await scopesMissing(ctx, facts);
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([difference, missingScopes]))
    .digest("hex");
  return { difference, missingScopes, registered, faults: facts.faults.map(deskWords.openapiFault), fingerprint };
}

function read(document: OpenapiDocument): OpenapiFacts {
  try {
    return readOpenapi(typeof document === "string" ? parse(document) : document);
  } catch (error) {
    // The reader of YAML adds the lines around the place; the first says what and where.
    const [why = ""] = (error instanceof Error ? error.message : "").split("\n");
    throw invalid("document", why || deskWords.errors.notOpenApi);
  }
}

/** Scopes that calls need count even when no scheme describes them. */
async function scopesMissing(ctx: Ctx, { endpoints, scopes }: OpenapiFacts): Promise<MissingScope[]> {
  const wanted = new Map(scopes.map((one) => [one.name, one.description]));
  for (const one of endpoints) if (one.scope !== null && !wanted.has(one.scope)) wanted.set(one.scope, "");
  if (wanted.size === 0) return [];
  const known = new Set((await ctx.db.select({ name: scope.name }).from(scope)).map((row) => row.name));
  return [...wanted].flatMap(([name, description]) => (known.has(name) ? [] : [{ name, description }]));
}
