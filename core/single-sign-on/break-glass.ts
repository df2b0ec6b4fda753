import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffMember, user } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import * as deskWords from "#words/desk.ts";
import { hasSecondStep } from "../auth/has-second-step.ts";
import { tellAdmins } from "../auth/tell-of-change.ts";
import { fact } from "../facts/fact.ts";
import { actorName } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";

/**
 * Names the one admin who may sign in with a password and a second step where single sign-on is the only way to the desk; null = nobody,
 * which is refused while it is. Each use is audited and mailed to every admin.
 */
export const setBreakGlass = command({
  permission: "identity:write",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid().nullable().default(null) }),
  run: async (ctx, { userId }) => {
    const name = userId === null ? null : await nameOfAble(ctx, userId);
    if (userId === null) {
      const isClosed = and(
        identityProvider.isOnlyWay,
        identityProvider.isEnabled,
        eq(identityProvider.audience, "staff"),
      );
      if ((await ctx.db.$count(identityProvider, isClosed)) > 0)
        throw new AppError("conflict", deskWords.errors.breakGlassNeeded);
    }
    await ctx.db.update(staffMember).set({ breakGlassSince: null }).where(isNotNull(staffMember.breakGlassSince));
    if (userId !== null)
      await ctx.db.update(staffMember).set({ breakGlassSince: ctx.now }).where(eq(staffMember.userId, userId));
    await tellAdmins(ctx, { kind: "break_glass_set", name, by: actorName(ctx.actor) });
    return { name };
  },
  happened: ({ userId }, { name }) =>
    fact("break_glass.set", { subjectId: userId ?? "nobody", accountId: null }, { name }),
});

async function nameOfAble(ctx: Parameters<typeof tellAdmins>[0], userId: string): Promise<string> {
  const [found] = await ctx.db
    .select({ name: user.name, hash: user.passwordHash })
    .from(staffMember)
    .innerJoin(user, and(eq(user.id, staffMember.userId), isNull(user.disabledAt)))
    .where(and(eq(staffMember.userId, userId), eq(staffMember.role, "admin"), isNull(staffMember.endedAt)))
    .for("update");
  if (!found) throw invalid("userId", deskWords.errors.chooseAdmin);
  if (found.hash === null || !(await hasSecondStep(ctx.db, userId)))
    throw invalid("userId", deskWords.errors.breakGlassUnable);
  return found.name;
}
