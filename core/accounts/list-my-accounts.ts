import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { accountOfSession } from "../frame/session-account.ts";

/** The accounts the signed-in person is a member of, for the switcher and the landing after sign-in. */
export const listMyAccounts = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const userId = actorUserId(ctx.actor);
    if (userId === null) return [];
    const only = await accountOfSession(ctx);
    return ctx.db
      .select({ id: account.id, slug: account.slug, name: account.name, role: member.role })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
      .where(and(eq(member.userId, userId), only === null ? undefined : eq(account.id, only)))
      .orderBy(asc(account.name));
  },
});
