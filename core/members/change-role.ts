import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { memberRoles } from "../rules/vocabulary.ts";
import { keepAnOwner } from "./keep-an-owner.ts";
import { refuseToken, refuseTokenForOwner } from "./refuse-token.ts";
import { withdrawOfMember } from "./withdraw-of-member.ts";

/** Gives a member another role. It holds from their next request on, for them and for the tokens whose secrets they have. */
export const changeMemberRole = command({
  permission: "members:write",
  needsProof: ({ role }) => role === "owner",
  input: z.strictObject({ userId: z.uuid(), role: z.enum(memberRoles) }),
  run: async (ctx, { userId, role }) => {
    const accountId = accountOf(ctx, undefined);
    if (role === "owner") refuseToken(ctx.actor);
    await refuseTokenForOwner(ctx, accountId, userId);
    if (role !== "owner") await keepAnOwner(ctx, accountId, userId);
    const [changed] = await ctx.db
      .update(member)
      .set({ role, mappedByProviderId: null })
      .where(and(eq(member.accountId, accountId), eq(member.userId, userId)))
      .returning({ userId: member.userId });
    if (!changed) throw notFound("member");
    await withdrawOfMember(ctx, accountId, userId);
    return { accountId };
  },
  happened: (input, result) =>
    fact("member.role_changed", { subjectId: input.userId, accountId: result.accountId }, { role: input.role }),
});
