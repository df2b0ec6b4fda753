import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import * as deskWords from "#words/desk.ts";
import { addNote } from "../cases/add-note.ts";
import { openCase } from "../cases/open-case.ts";
import { command, recordedInRun } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";

/** Opens a case about an account because of what a person has found, with a note that says what; joins the open one if there is one. */
export const openCaseOf = command({
  permission: "cases:work",
  input: z.strictObject({
    accountId: z.uuid(),
    text: z.string(deskWords.errors.writeNote).trim().min(1, deskWords.errors.writeNote).max(4_000),
  }),
  run: async (ctx, { accountId, text }) => {
    await lockAccounts(ctx, [accountId]);
    const [found] = await ctx.db
      .select({ id: account.id })
      .from(account)
      .where(and(eq(account.id, accountId), isNull(account.erasedAt)));
    if (!found) throw notFound("account");
    const caseId = await openCase(ctx, accountId);
    await addNote(ctx, { caseId, text });
    return { caseId };
  },
  happened: recordedInRun,
});
