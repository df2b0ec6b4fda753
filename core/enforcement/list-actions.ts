import { and, desc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../context.ts";
import { query } from "../define.ts";
import { listConfirmations } from "../gates/list-confirmations.ts";
import { actionStates } from "../rules/vocabulary.ts";

const author = alias(user, "author");
const approver = alias(user, "approver");
const ender = alias(user, "ender");

/** Actions as staff see them, newest first: of one account, of one case, or of given states. */
export const listActions = query({
  permission: "actions:read",
  input: z.strictObject({
    accountId: z.uuid().optional(),
    caseId: z.uuid().optional(),
    states: z.array(z.enum(actionStates)).optional(),
  }),
  run: async (ctx, input) => {
    const rows = await ctx.db
      .select({
        id: action.id,
        accountId: action.accountId,
        accountName: account.name,
        caseId: action.caseId,
        type: action.type,
        state: action.state,
        version: action.version,
        surface: action.surface,
        tokenId: action.tokenId,
        tokenName: token.name,
        endpointId: action.endpointId,
        endpointName: endpoint.name,
        factor: action.factor,
        reasonCode: action.reasonCode,
        policyClause: action.policyClause,
        publicText: action.publicText,
        internalNote: action.internalNote,
        evidenceHash: action.evidenceHash,
        isSilent: action.isSilent,
        noticeDueAt: action.noticeDueAt,
        silenceReason: action.silenceReason,
        effectiveAt: action.effectiveAt,
        lapsesAt: action.lapsesAt,
        wantedEndsAt: action.wantedEndsAt,
        windDownEndsAt: action.windDownEndsAt,
        servedSeconds: action.servedSeconds,
        batchId: action.batchId,
        isProtectedAccount: account.isProtected,
        createdAt: action.createdAt,
        appliedAt: action.appliedAt,
        confirmedAt: action.confirmedAt,
        standingVersion: action.standingVersion,
        endsAt: action.endsAt,
        endedAt: action.endedAt,
        endReason: action.endReason,
        authorUserId: action.authorUserId,
        authorName: author.name,
        approverName: approver.name,
        endedByName: ender.name,
      })
      .from(action)
      .innerJoin(account, eq(account.id, action.accountId))
      .innerJoin(author, eq(author.id, action.authorUserId))
      .leftJoin(token, eq(token.id, action.tokenId))
      .leftJoin(endpoint, eq(endpoint.id, action.endpointId))
      .leftJoin(approver, eq(approver.id, action.approverUserId))
      .leftJoin(ender, eq(ender.id, action.endedByUserId))
      .where(
        and(
          input.accountId ? eq(action.accountId, input.accountId) : undefined,
          input.caseId ? eq(action.caseId, input.caseId) : undefined,
          input.states ? inArray(action.state, input.states) : undefined,
        ),
      )
      .orderBy(desc(action.createdAt))
      .limit(200);
    return Promise.all(rows.map(async (row) => ({ ...row, effect: await effectOf(ctx, row) })));
  },
});

export type StaffAction = Awaited<ReturnType<typeof listActions>>[number];

type Applied = { state: string; accountId: string; standingVersion: number | null; appliedAt: Date | null };

/** How far the gates are with an action: per live gate, milliseconds from commit to confirmation, null = not yet. */
async function effectOf(ctx: Ctx, row: Applied) {
  const { accountId, standingVersion, appliedAt } = row;
  if (standingVersion === null || appliedAt === null) return null;
  if (row.state !== "applying" && row.state !== "active") return null;
  const gates = await listConfirmations(ctx, { accountId, standingVersion, appliedAt });
  return gates.map(({ gateId, confirmedAt, sinceStart }) => ({
    gateId,
    sinceStart,
    milliseconds: confirmedAt ? Math.max(0, confirmedAt.getTime() - appliedAt.getTime()) : null,
  }));
}
