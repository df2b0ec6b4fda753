import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { member } from "#db/schema/accounts.ts";
import { recoveryCode, user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { accountOfSession } from "../frame/session-account.ts";
import { passkeyExists } from "./has-second-step.ts";

/** What the person has set for themselves. */
export const getProfile = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const userId = actorUserId(ctx.actor) ?? "";
    const [found] = await ctx.db
      .select({
        name: user.name,
        email: user.email,
        timeZone: user.timeZone,
        totpSince: user.totpSince,
        hasPasskey: passkeyExists(),
        hasPassword: sql<boolean>`${user.passwordHash} is not null`,
      })
      .from(user)
      .where(eq(user.id, userId));
    if (!found) throw new AppError("unauthenticated", words.errors.signInFirst);
    const [codes] = await ctx.db
      .select({ left: count() })
      .from(recoveryCode)
      .where(sql`${eq(recoveryCode.userId, userId)} and ${isNull(recoveryCode.usedAt)}`);
    return { ...found, recoveryCodesLeft: codes?.left ?? 0 };
  },
});

/** Whether this runtime can print times in a zone. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat(undefined, { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Whoever runs an account's own issuer must not rename people in other accounts. */
async function refuseForOthers(ctx: Ctx, userId: string): Promise<void> {
  const only = await accountOfSession(ctx);
  if (only === null) return;
  const elsewhere = and(eq(member.userId, userId), ne(member.accountId, only));
  if ((await ctx.db.$count(member, elsewhere)) > 0) throw new AppError("forbidden", words.errors.nameIsShared);
}

/** Changes the person's name and the zone times are shown in; null = the browser's. */
export const updateProfile = command({
  permission: "session:own",
  input: z.strictObject({
    name: z.string().trim().min(1, words.errors.enterYourName).max(100),
    timeZone: z.string().max(60).refine(isTimeZone, words.errors.chooseTimeZone).nullable().default(null),
  }),
  run: async (ctx, input) => {
    const userId = actorUserId(ctx.actor) ?? "";
    await refuseForOthers(ctx, userId);
    const [was] = await ctx.db
      .select({ name: user.name, timeZone: user.timeZone })
      .from(user)
      .where(eq(user.id, userId))
      .for("update");
    if (!was) throw new AppError("unauthenticated", words.errors.signInFirst);
    await ctx.db.update(user).set(input).where(eq(user.id, userId));
    return { id: userId, changes: changesBetween(was, input) };
  },
  happened: (_input, { id, changes }) => fact("profile.changed", { subjectId: id, accountId: null }, { changes }),
});
