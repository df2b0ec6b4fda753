import { and, eq, inArray, isNull } from "drizzle-orm";
import { staffMember, user } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import type { StaffRole } from "../rules/vocabulary.ts";

/** Staff who asked for mail about cases, of these roles or of any. */
export function caseMailReaders(ctx: Ctx, roles?: readonly StaffRole[]) {
  return ctx.db
    .select({ userId: user.id, address: user.email })
    .from(staffMember)
    .innerJoin(user, eq(user.id, staffMember.userId))
    .where(
      and(
        eq(staffMember.mailsCases, true),
        isNull(staffMember.endedAt),
        isNull(user.disabledAt),
        roles ? inArray(staffMember.role, [...roles]) : undefined,
      ),
    );
}
