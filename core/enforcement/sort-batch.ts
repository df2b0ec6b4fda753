import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { invalid } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { groupBy } from "../rules/group-by.ts";
import { whyLeftOut } from "../rules/standing/batch.ts";
import type { Terms } from "./impose-input.ts";

export type BatchAccount = { accountId: string; name: string; caseId: string | null };
export type LeftOut = { accountId: string; name: string | null; why: string };

/** Who of the chosen accounts an action reaches, and who is left out and why. In the order of ids, so that two batches never wait for each other. */
export async function sortBatch(
  ctx: Ctx,
  accountIds: readonly string[],
  { type, surface }: Pick<Terms, "type" | "surface">,
): Promise<{ reached: BatchAccount[]; leftOut: LeftOut[] }> {
  if (type === "token_pause") throw invalid("type", deskWords.errors.pauseNeedsToken);
  const ids = [...new Set(accountIds)];
  const found = await ctx.db
    .select({ id: account.id, name: account.name, isProtected: account.isProtected, caseId: abuseCase.id })
    .from(account)
    .leftJoin(abuseCase, and(eq(abuseCase.accountId, account.id), ne(abuseCase.state, "closed")))
    .where(and(inArray(account.id, ids), scoped(ctx, account.id)))
    .orderBy(asc(account.id));
  const actions = await ctx.db
    .select({
      accountId: action.accountId,
      type: action.type,
      state: action.state,
      surface: action.surface,
      isNarrow: sql<boolean>`(${action.tokenId} is not null or ${action.endpointId} is not null)`,
    })
    .from(action)
    .where(
      and(
        inArray(action.accountId, ids),
        inArray(action.state, ["pending_approval", "scheduled", "applying", "active"]),
        sql`(${action.endsAt} is null or ${action.endsAt} > ${ctx.now})`,
      ),
    );
  const actionsOf = groupBy(actions, (one) => one.accountId);
  const known = new Set(found.map((one) => one.id));
  const reached: BatchAccount[] = [];
  const leftOut: LeftOut[] = [];
  for (const { id, name, isProtected, caseId } of found) {
    const why = whyLeftOut({ isProtected, actions: actionsOf.get(id) ?? [] }, { type, surface: surface ?? null });
    if (why === null) reached.push({ accountId: id, name, caseId });
    else leftOut.push({ accountId: id, name, why: deskWords.leftOut(why) });
  }
  for (const id of ids) {
    if (!known.has(id)) leftOut.push({ accountId: id, name: null, why: deskWords.noSuchAccount });
  }
  return { reached, leftOut };
}
