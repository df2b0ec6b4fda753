import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { pathRules } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command, query } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { readPathRules } from "../usage/read-path-rules.ts";

/** How the provider's servers read paths. */
export const getPathRules = query({
  permission: "limits:read",
  input: z.strictObject({}),
  run: (ctx) => readPathRules(ctx),
});

/** Says how the provider's servers read paths. It holds from the next request on. */
export const changePathRules = command({
  permission: "limits:write",
  input: z.strictObject({
    version: numberOrText(z.number().int()),
    matchesCase: z.stringbool().or(z.boolean()).default(false),
    allowsEncodedSlash: z.stringbool().or(z.boolean()).default(false),
  }),
  run: async (ctx, { version, ...rules }) => {
    const { version: _, ...was } = await readPathRules(ctx);
    const [changed] = await ctx.db
      .update(pathRules)
      .set({ ...rules, version: sql`${pathRules.version} + 1` })
      .where(and(eq(pathRules.id, 1), eq(pathRules.version, version)))
      .returning({ id: pathRules.id });
    if (!changed) throw new AppError("conflict", deskWords.errors.pathRulesChanged);
    return { ...rules, changes: changesBetween(was, rules) };
  },
  happened: (_input, { changes }) => fact("path_rules.changed", { subjectId: "paths", accountId: null }, { changes }),
});
