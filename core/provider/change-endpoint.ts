import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { endpoint, scope } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { ofForm } from "../frame/whole-input.ts";
import { readPath } from "../rules/limits/path.ts";
import { surfaces } from "../rules/vocabulary.ts";

const facts = {
  /** Requests per window and account; null = no rate limit. */
  rateLimit: numberOrText(z.number().int().min(0).max(10_000_000)).nullable().optional(),
  isUnlimited: ofForm(z.stringbool().or(z.boolean()).default(false)),
  windowSeconds: numberOrText(
    z.number().int().min(1, deskWords.errors.atLeastSecond).max(86_400, deskWords.errors.atMostDay),
  ).default(60),
  cost: numberOrText(z.number().int().min(0).max(1_000)).default(1),
  /** Of a call that does not tell; 0 = it sends nothing, or only what it tells counts. */
  recipientsPerCall: numberOrText(z.number().int().min(0).max(1_000)).default(0),
  /** Null = any live token may call it. */
  scope: z.string().max(60).nullable().optional(),
};

type Facts = {
  rateLimit?: number | null | undefined;
  isUnlimited: boolean;
  windowSeconds: number;
  cost: number;
  recipientsPerCall: number;
  scope?: string | null | undefined;
};

async function valuesOf(ctx: Ctx, input: Facts) {
  if (!input.isUnlimited && input.rateLimit === undefined)
    throw invalid("rateLimit", deskWords.errors.rateLimitMissing);
  if (input.scope != null) {
    const [known] = await ctx.db.select({ name: scope.name }).from(scope).where(eq(scope.name, input.scope));
    if (!known) throw invalid("scope", deskWords.errors.scopeUnknown);
  }
  return {
    rateLimit: input.isUnlimited ? null : (input.rateLimit ?? null),
    windowSeconds: input.windowSeconds,
    cost: input.cost,
    recipientsPerCall: input.recipientsPerCall,
    scope: input.scope ?? null,
  };
}

/** Changes what an endpoint costs, allows and needs, or refuses it for everybody. It holds from the next request on. */
export const changeEndpoint = command({
  permission: "limits:write",
  input: z.strictObject({
    endpointId: numberOrText(z.number().int().positive()),
    version: numberOrText(z.number().int()),
    ...facts,
    isDenied: z.stringbool().or(z.boolean()).default(false),
  }),
  run: async (ctx, input) => {
    const [found] = await ctx.db
      .select({
        name: endpoint.name,
        rateLimit: endpoint.rateLimit,
        windowSeconds: endpoint.windowSeconds,
        cost: endpoint.cost,
        recipientsPerCall: endpoint.recipientsPerCall,
        scope: endpoint.scope,
        deniedAt: endpoint.deniedAt,
        version: endpoint.version,
      })
      .from(endpoint)
      .where(eq(endpoint.id, input.endpointId))
      .for("update");
    if (!found) throw notFound("endpoint");
    if (found.version !== input.version) throw new AppError("conflict", deskWords.errors.endpointChanged);
    const values = await valuesOf(ctx, input);
    await ctx.db
      .update(endpoint)
      .set({
        ...values,
        deniedAt: input.isDenied ? (found.deniedAt ?? ctx.now) : null,
        version: sql`${endpoint.version} + 1`,
      })
      .where(eq(endpoint.id, input.endpointId));
    const { name, version: _, deniedAt, ...was } = found;
    const changes = changesBetween({ ...was, isDenied: deniedAt !== null }, { ...values, isDenied: input.isDenied });
    return { name, changes };
  },
  happened: (input, { name, changes }) =>
    fact("endpoint.changed", { subjectId: String(input.endpointId), accountId: null }, { name, changes }),
});

/** Whether every server reads a route's path alike. */
function isClearPath(path: string): boolean {
  const read = readPath(path.replace(/\/\*\*$/, ""), { matchesCase: true, allowsEncodedSlash: true });
  return read !== null && read !== "ambiguous" && read.asSent === null;
}

/** Registers a route of the API. Calls that match it are counted and limited as it says from the next request on. */
export const createEndpoint = command({
  permission: "limits:write",
  input: z.strictObject({
    name: z
      .string(deskWords.errors.nameEndpoint)
      .trim()
      .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, deskWords.errors.endpointNameForm),
    surface: z.enum(surfaces, deskWords.errors.chooseSurface),
    method: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^([A-Z]{3,10}|\*)$/, deskWords.errors.methodForm),
    path: z
      .string(deskWords.errors.givePath)
      .trim()
      .max(200)
      .regex(/^\/[\w\-./{}*~:@!$&'()+,=%]*$/, deskWords.errors.pathForm)
      .refine((path) => isClearPath(path), deskWords.errors.pathAmbiguous),
    ...facts,
  }),
  run: async (ctx, input) => {
    const values = await valuesOf(ctx, input);
    const { name, surface, method, path } = input;
    const [made] = await ctx.db
      .insert(endpoint)
      .values({ name, surface, method, path, ...values })
      .onConflictDoNothing()
      .returning({ id: endpoint.id });
    if (!made) throw new AppError("conflict", deskWords.errors.endpointExists);
    return { endpointId: made.id, values };
  },
  happened: (input, { endpointId, values }) =>
    fact(
      "endpoint.created",
      { subjectId: String(endpointId), accountId: null },
      { name: input.name, surface: input.surface, method: input.method, path: input.path, ...values },
    ),
});
