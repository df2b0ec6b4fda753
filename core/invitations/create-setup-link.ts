import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitation, staffMember } from "#db/schema/auth.ts";
import { newLinkSecret } from "../auth/link-secret.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { hourMs } from "../rules/time.ts";

const validHours = 24;

/**
 * A one-time link secret for creating the first admin, or null when there is an admin already. An earlier unused link
 * stops working, so only the newest printed one counts.
 */
export const createSetupLink = command({
  permission: "setup:link",
  input: z.strictObject({}),
  run: async (ctx) => {
    const [admin] = await ctx.db
      .select({ userId: staffMember.userId })
      .from(staffMember)
      .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt)))
      .limit(1);
    if (admin) return null;
    await ctx.db
      .update(invitation)
      .set({ revokedAt: ctx.now })
      .where(and(eq(invitation.kind, "first_admin"), isNull(invitation.acceptedAt), isNull(invitation.revokedAt)));
    const { secret, secretHash } = newLinkSecret();
    const expiresAt = new Date(ctx.now.getTime() + validHours * hourMs);
    const [made] = await ctx.db
      .insert(invitation)
      .values({ kind: "first_admin", provenBy: "operator", secretHash, role: "admin", createdAt: ctx.now, expiresAt })
      .returning({ id: invitation.id });
    if (!made) throw new Error("The invitation row was not written.");
    return { id: made.id, secret, expiresAt };
  },
  happened: (_input, result) => result && fact("setup.link_made", { subjectId: result.id, accountId: null }),
});
