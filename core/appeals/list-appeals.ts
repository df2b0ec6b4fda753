import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action, appeal, appealMessage } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { paging } from "../frame/paging.ts";
import { scoped } from "../frame/scope.ts";
import { theProvider } from "../rules/people/mask.ts";
import { openAppealStates } from "../rules/standing/appeal-machine.ts";

const assignee = alias(user, "assignee");

/**
 * Appeals with their dialogue, those to be decided soonest first and decided ones newest first. A member sees their own account's,
 * with "the provider" in the place of staff names.
 */
export const listAppeals = query({
  permission: "appeals:read",
  input: z.strictObject({
    open: z.boolean().optional(),
    appealId: z.uuid().optional(),
    filterAccountId: z.uuid().optional(),
    ...paging(200),
  }),
  run: async (ctx, input) => {
    const openStates = [...openAppealStates];
    const rows = await ctx.db
      .select({
        id: appeal.id,
        accountId: appeal.accountId,
        accountName: account.name,
        actionId: appeal.actionId,
        actionType: action.type,
        surface: action.surface,
        tokenName: token.name,
        endpointName: endpoint.name,
        reasonCode: action.reasonCode,
        publicText: action.publicText,
        authorUserId: action.authorUserId,
        approverUserId: action.approverUserId,
        caseId: appeal.caseId,
        state: appeal.state,
        cause: appeal.cause,
        changed: appeal.changed,
        prevention: appeal.prevention,
        createdAt: appeal.createdAt,
        dueAt: appeal.dueAt,
        decidedAt: appeal.decidedAt,
        decisionText: appeal.decisionText,
        assigneeUserId: appeal.assigneeUserId,
        assigneeName: assignee.name,
        version: appeal.version,
      })
      .from(appeal)
      .innerJoin(account, eq(account.id, appeal.accountId))
      .innerJoin(action, eq(action.id, appeal.actionId))
      .leftJoin(token, eq(token.id, action.tokenId))
      .leftJoin(endpoint, eq(endpoint.id, action.endpointId))
      .leftJoin(assignee, eq(assignee.id, appeal.assigneeUserId))
      .where(
        and(
          scoped(ctx, appeal.accountId),
          input.open === true ? inArray(appeal.state, openStates) : undefined,
          input.open === false
            ? inArray(appeal.state, ["granted", "partly_granted", "rejected", "withdrawn"])
            : undefined,
          input.appealId ? eq(appeal.id, input.appealId) : undefined,
          input.filterAccountId ? eq(appeal.accountId, input.filterAccountId) : undefined,
        ),
      )
      .orderBy(
        ...(input.open === true ? [asc(appeal.dueAt), asc(appeal.id)] : [desc(appeal.createdAt), desc(appeal.id)]),
      )
      .limit(input.limit)
      .offset(input.offset);
    const messages = await messagesOf(
      ctx,
      rows.map((row) => row.id),
    );
    const isStaff = ctx.actor.kind === "staff";
    return rows.map((row) => ({
      ...row,
      ...(isStaff ? {} : { assigneeName: null, assigneeUserId: null, authorUserId: "", approverUserId: null }),
      isOpen: (openStates as string[]).includes(row.state),
      messages: messages
        .filter((one) => one.appealId === row.id)
        .map((one) => {
          const fromStaff = one.authorKind === "staff";
          return { ...one, fromStaff, authorName: fromStaff && !isStaff ? theProvider : one.authorName };
        }),
    }));
  },
});

export type Appeal = Awaited<ReturnType<typeof listAppeals>>[number];

async function messagesOf(ctx: Ctx, ids: string[]) {
  if (ids.length === 0) return [];
  return ctx.db
    .select({
      id: appealMessage.id,
      appealId: appealMessage.appealId,
      at: appealMessage.at,
      authorKind: appealMessage.authorKind,
      authorName: appealMessage.authorName,
      text: appealMessage.text,
    })
    .from(appealMessage)
    .where(inArray(appealMessage.appealId, ids))
    .orderBy(asc(appealMessage.id));
}
