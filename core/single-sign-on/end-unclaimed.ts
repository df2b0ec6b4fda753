import { and, eq } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import { isLastOwner } from "../members/keep-an-owner.ts";
import { withdrawOfMember } from "../members/withdraw-of-member.ts";
import { type Claims, rulesFor } from "./claims.ts";
import type { Provider } from "./find-provider.ts";

/**
 * Ends the memberships that a claim of this issuer made and that no claim gives any more. Those that somebody gave stay, and so does an
 * account's last owner. Without rules the claims decide nothing.
 */
export async function endUnclaimed(ctx: Ctx, provider: Provider, claims: Claims, userId: string): Promise<void> {
  const { roleRules, defaultRole, audience, id, name } = provider;
  if (roleRules.length === 0 || audience === "staff") return;
  const matching = rulesFor(roleRules, claims);
  if (audience === "account" && (matching.length > 0 || defaultRole !== null)) return;
  const mapped = await ctx.db
    .select({ accountId: member.accountId, role: member.role })
    .from(member)
    .where(and(eq(member.userId, userId), eq(member.mappedByProviderId, id)));
  for (const { accountId, role } of mapped) {
    if (matching.some((rule) => rule.accountId === accountId) || (await isLastOwner(ctx, accountId, userId))) continue;
    await ctx.db.delete(member).where(and(eq(member.accountId, accountId), eq(member.userId, userId)));
    await withdrawOfMember(ctx, accountId, userId);
    await record(ctx, fact("member.removed", { subjectId: userId, accountId }, { role, through: name }));
  }
}
