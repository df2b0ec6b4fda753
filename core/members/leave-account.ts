import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { keepAnOwner } from "./keep-an-owner.ts";
import { withdrawOfMember } from "./withdraw-of-member.ts";

/** Takes the member who asks out of the account, whatever their role; the last owner stays. Tokens they made belong to the account. */
export const leaveAccount = command({
  permission: "members:leave",
  input: z.strictObject({}),
  run: async (ctx) => {
    const accountId = accountOf(ctx, undefined);
    const userId = actorUserId(ctx.actor) ?? "";
    await keepAnOwner(ctx, accountId, userId);
    const [left] = await ctx.db
      .delete(member)
      .where(and(eq(member.accountId, accountId), eq(member.userId, userId)))
      .returning({ role: member.role });
    if (!left) throw notFound("member");
    await withdrawOfMember(ctx, accountId, userId);
    return { accountId, userId, role: left.role };
  },
  happened: (_input, { accountId, userId, role }) => fact("member.left", { subjectId: userId, accountId }, { role }),
});
