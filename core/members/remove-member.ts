import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { keepAnOwner } from "./keep-an-owner.ts";
import { refuseTokenForOwner } from "./refuse-token.ts";
import { withdrawOfMember } from "./withdraw-of-member.ts";

/**
 * Takes a person out of the account from their next request on. Tokens they made belong to the account
 * and keep calling the API; what these may do in Gatehouse ends with the person.
 */
export const removeMember = command({
  permission: "members:write",
  input: z.strictObject({ userId: z.uuid() }),
  run: async (ctx, { userId }) => {
    const accountId = accountOf(ctx, undefined);
    await refuseTokenForOwner(ctx, accountId, userId);
    await keepAnOwner(ctx, accountId, userId);
    const [removed] = await ctx.db
      .delete(member)
      .where(and(eq(member.accountId, accountId), eq(member.userId, userId)))
      .returning({ role: member.role });
    if (!removed) throw notFound("member");
    await withdrawOfMember(ctx, accountId, userId);
    return { accountId, role: removed.role };
  },
  happened: (input, result) =>
    fact("member.removed", { subjectId: input.userId, accountId: result.accountId }, { role: result.role }),
});
