import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { changesBetween } from "../facts/changes.ts";
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
    const one = and(eq(member.accountId, accountId), eq(member.userId, userId));
    const [was] = await ctx.db.select({ role: member.role }).from(member).where(one).for("update");
    if (!was) throw notFound("member");
    await ctx.db.update(member).set({ role, mappedByProviderId: null }).where(one);
    await withdrawOfMember(ctx, accountId, userId);
    return { accountId, changes: changesBetween(was, { role }) };
  },
  happened: (input, { accountId, changes }) =>
    fact("member.role_changed", { subjectId: input.userId, accountId }, { role: input.role, changes }),
});
