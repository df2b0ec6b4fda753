import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";

/** Gives the account another name. Its address (`/a/…`) stays, so that links go on working. */
export const renameAccount = command({
  permission: "account:write",
  input: z.strictObject({
    name: z.string().trim().min(1, words.errors.enterName).max(100),
    version: numberOrText(z.number().int()).optional(),
  }),
  run: async (ctx, { name, version }) => {
    const accountId = accountOf(ctx, undefined);
    const asRead = and(eq(account.id, accountId), version === undefined ? undefined : eq(account.version, version));
    const [was] = await ctx.db.select({ name: account.name }).from(account).where(asRead).for("update");
    if (!was) throw new AppError("conflict", words.errors.settingsChanged);
    await ctx.db
      .update(account)
      .set({ name, version: sql`${account.version} + 1` })
      .where(eq(account.id, accountId));
    return { accountId, name, changes: changesBetween(was, { name }) };
  },
  happened: (_input, { accountId, changes }) =>
    fact("account.renamed", { subjectId: accountId, accountId }, { changes }),
});
