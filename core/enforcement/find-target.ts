import { and, desc, eq, gt, inArray, isNotNull, ne, not, type SQL, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { scoped } from "../frame/scope.ts";
import { isUndone } from "../frame/undone.ts";
import { emergencyAgainAfterMs } from "../rules/standing/enforcement.ts";
import type { ImposeInput } from "./impose-input.ts";
import { isProtectedFrom } from "./protection.ts";
import { liftColumns, refuseLift } from "./refuse-lift.ts";

type Target = Pick<ImposeInput, "accountId" | "caseId" | "tokenId" | "endpointId">;

/**
 * Locks the account, and makes sure that case, token and endpoint exist and belong to it. Says whether it is protected from who
 * acts. Throws `not_found`.
 */
export async function findTarget(ctx: Ctx, { accountId, caseId, tokenId, endpointId }: Target) {
  await lockAccounts(ctx, [accountId]);
  const [found] = await ctx.db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, accountId), scoped(ctx, account.id)));
  if (!found) throw notFound("account");
  if (caseId !== undefined) {
    const [own] = await ctx.db
      .select({ id: abuseCase.id })
      .from(abuseCase)
      .where(and(eq(abuseCase.id, caseId), eq(abuseCase.accountId, accountId)));
    if (!own) throw notFound("case of this account");
  }
  if (tokenId !== undefined) {
    const [own] = await ctx.db
      .select({ id: token.id })
      .from(token)
      .where(and(eq(token.id, tokenId), eq(token.accountId, accountId)));
    if (!own) throw notFound("token of this account");
  }
  if (endpointId !== undefined) {
    const [known] = await ctx.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.id, endpointId));
    if (!known) throw notFound("endpoint");
  }
  return { isProtected: await isProtectedFrom(ctx, accountId) };
}

/** An action in force of this account that is to be replaced by who may lift it, with the time served under it and when it lapses. */
export async function findReplaced(ctx: Ctx, accountId: string, actionId: string | undefined) {
  if (actionId === undefined) return null;
  const [found] = await ctx.db
    .select({
      ...liftColumns,
      id: action.id,
      state: action.state,
      servedSeconds: action.servedSeconds,
    })
    .from(action)
    .where(and(eq(action.id, actionId), eq(action.accountId, accountId)))
    .for("update");
  if (!found) throw notFound("action of this account");
  if ((found.state !== "applying" && found.state !== "active") || !found.appliedAt)
    throw new AppError("conflict", deskWords.errors.actionToReplaceOver(words.actionStates[found.state].is));
  refuseLift(ctx.actor, found, ctx.now);
  const servedMs = Math.max(0, ctx.now.getTime() - found.appliedAt.getTime()) + found.servedSeconds * 1000;
  return { id: found.id, servedMs, lapsesAtMs: found.lapsesAt?.getTime() ?? null };
}

/**
 * After an emergency that nobody confirmed, however it ended, the next one takes two people from the start: else one person could hold
 * an account suspended for ever. Only one that takes the place of it may follow, and lapses when it would have. Throws `conflict`.
 */
export async function refuseRepeatedEmergency(ctx: Ctx, accountId: string, replacesActionId: string | undefined) {
  const [before] = await ctx.db
    .select({ at: action.createdAt })
    .from(action)
    .where(
      and(
        eq(action.accountId, accountId),
        eq(action.type, "suspension"),
        isNotNull(action.appliedAt),
        isNotNull(action.lapsesAt),
        gt(action.createdAt, new Date(ctx.now.getTime() - emergencyAgainAfterMs)),
        not(isUndone),
        replacesActionId ? ne(action.id, replacesActionId) : undefined,
        replacesActionId ? sql`${action.id} not in (${replacedBefore(replacesActionId)})` : undefined,
      ),
    )
    .orderBy(desc(action.createdAt))
    .limit(1);
  if (before) throw new AppError("conflict", deskWords.errors.emergencyBefore(before.at));
}

/** What an action took the place of, and what that one had taken the place of, and so on. */
function replacedBefore(actionId: string): SQL {
  return sql`with recursive chain as (
    select replaces_action_id as id from action where id = ${actionId} and replaces_action_id is not null
    union select a.replaces_action_id from action a join chain c on c.id = a.id where a.replaces_action_id is not null)
    select id from chain`;
}

/** Two measures of one kind on the same thing would make lifting one look broken. Throws `conflict`. */
export async function refuseTwin(ctx: Ctx, input: ImposeInput): Promise<void> {
  if (input.type === "notice") return;
  const same = (column: typeof action.surface | typeof action.tokenId | typeof action.endpointId, value: unknown) =>
    sql`${column} is not distinct from ${value ?? null}`;
  const [twin] = await ctx.db
    .select({ state: action.state })
    .from(action)
    .where(
      and(
        eq(action.accountId, input.accountId),
        eq(action.type, input.type),
        inArray(action.state, ["pending_approval", "scheduled", "applying", "active"]),
        same(action.surface, input.surface),
        same(action.tokenId, input.tokenId),
        same(action.endpointId, input.endpointId),
        sql`(${action.endsAt} is null or ${action.endsAt} > ${ctx.now})`,
        input.replacesActionId ? ne(action.id, input.replacesActionId) : undefined,
      ),
    );
  if (!twin) return;
  throw new AppError(
    "conflict",
    deskWords.errors.actionExists(words.actionTypes[input.type].noun, twin.state === "pending_approval"),
  );
}
