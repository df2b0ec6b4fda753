import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffMember, user } from "#db/schema/auth.ts";
import { query } from "../frame/define.ts";

/** Names and roles of those who work at the desk, for handing over. */
export const listColleagues = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({ userId: user.id, name: user.name, role: staffMember.role })
      .from(staffMember)
      .innerJoin(user, eq(user.id, staffMember.userId))
      .where(and(isNull(staffMember.endedAt), isNull(user.disabledAt)))
      .orderBy(asc(user.name)),
});
