import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffMember } from "#db/schema/auth.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";

/** Whether the signed-in person of the staff gets mail about cases that wait. */
export const getMyCaseMail = query({
  permission: "cases:work",
  input: z.strictObject({}),
  run: async (ctx) => {
    const [found] = await ctx.db
      .select({ mailsCases: staffMember.mailsCases })
      .from(staffMember)
      .where(eq(staffMember.userId, actorUserId(ctx.actor) ?? ""));
    if (!found) throw notFound("staff member");
    return found;
  },
});

/** Chooses it. */
export const setMyCaseMail = command({
  permission: "cases:work",
  input: z.strictObject({ mailsCases: z.stringbool().or(z.boolean()) }),
  run: async (ctx, { mailsCases }) => {
    const userId = actorUserId(ctx.actor) ?? "";
    const [changed] = await ctx.db
      .update(staffMember)
      .set({ mailsCases })
      .where(and(eq(staffMember.userId, userId), isNull(staffMember.endedAt)))
      .returning({ userId: staffMember.userId });
    if (!changed) throw notFound("staff member");
    return changed;
  },
  happened: ({ mailsCases }, { userId }) =>
    fact("staff.mail_chosen", { subjectId: userId, accountId: null }, { mailsCases }),
});
