import { and, desc, eq, lte } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { policyDocument, policyVersion } from "#db/schema/policy.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";

const clausesSchema = z.array(z.object({ number: z.string(), title: z.string(), text: z.string() }));
export type Clause = z.output<typeof clausesSchema>[number];

/** Versions with the name of their document, for a join on `id`. */
export function policyVersions(db: Queryable) {
  return db
    .select({
      id: policyVersion.id,
      number: policyVersion.number,
      title: policyDocument.title,
      slug: policyDocument.slug,
      effectiveAt: policyVersion.effectiveAt,
      clauses: policyVersion.clauses,
    })
    .from(policyVersion)
    .innerJoin(policyDocument, eq(policyDocument.id, policyVersion.documentId))
    .as("policy_versions");
}

/** The newest version in force of the policy that binds use of the API. Throws `conflict` when there is none. */
export async function policyInForce(ctx: Ctx) {
  const versions = policyVersions(ctx.db);
  const [found] = await ctx.db
    .select({ id: versions.id, number: versions.number, title: versions.title, clauses: versions.clauses })
    .from(versions)
    .where(and(eq(versions.slug, "api-use-policy"), lte(versions.effectiveAt, ctx.now)))
    .orderBy(desc(versions.number))
    .limit(1);
  if (!found) throw new AppError("conflict", deskWords.errors.noPolicy);
  return found;
}

/** One clause of a version's `clauses` column; null where that version has none of this number. */
export function clauseOf(clauses: unknown, number: string): Clause | null {
  const read = clausesSchema.catch([]).parse(clauses);
  return read.find((one) => one.number === number) ?? null;
}
