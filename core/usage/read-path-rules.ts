import { pathRules } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";

/** How the provider's servers read paths, with the version that a change must name. */
export async function readPathRules(ctx: Pick<Ctx, "db">) {
  const [found] = await ctx.db
    .select({
      matchesCase: pathRules.matchesCase,
      allowsEncodedSlash: pathRules.allowsEncodedSlash,
      version: pathRules.version,
    })
    .from(pathRules);
  if (!found) throw new Error("The row of path_rules is missing.");
  return found;
}
