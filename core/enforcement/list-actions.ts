import { and, desc, eq, gte, ilike, inArray, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action, actionBatch } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { paging } from "../frame/paging.ts";
import type { Objection } from "../rules/standing/enforcement.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import { actionStates, actionTypes, reasonCodes } from "../rules/vocabulary.ts";
import { confirmationsOf } from "./list-confirmations.ts";
import { whyNotTwo } from "./second-person.ts";

const author = alias(user, "author");
const approver = alias(user, "approver");
const ender = alias(user, "ender");

const soonMs = dayMs;

/** What an action can wait for: a second person (proposed, or an emergency not confirmed yet), its gates, or its end within a day. */
function waitingFor(what: "approval" | "gates" | "end" | undefined, now: Date): SQL | undefined {
  if (what === undefined) return undefined;
  if (what === "gates") return eq(action.state, "applying");
  if (what === "end") return and(eq(action.state, "active"), lt(action.endsAt, new Date(now.getTime() + soonMs)));
  const unconfirmed = and(inArray(action.state, ["applying", "active"]), isNotNull(action.lapsesAt));
  return or(eq(action.state, "pending_approval"), unconfirmed);
}

function isBy(name: string): SQL | undefined {
  const pattern = `%${escapeLike(name)}%`;
  return or(ilike(author.name, pattern), ilike(approver.name, pattern));
}

function endsBy(at: Date): SQL | undefined {
  return and(inArray(action.state, ["scheduled", "applying", "active"]), lt(action.endsAt, at));
}

/**
 * Actions as staff see them, newest first: one, of one account or case, of given states, types, reasons and authors, that end within
 * some hours, or that wait for something.
 */
export const listActions = query({
  permission: "actions:read",
  input: z.strictObject({
    actionId: z.uuid().optional(),
    accountId: z.uuid().optional(),
    /** Part of the account's name. */
    account: z.string().trim().max(100).optional(),
    types: z.array(z.enum(actionTypes)).optional(),
    reasonCode: z.enum(reasonCodes).optional(),
    /** Part of the name of who imposed or approved it. */
    author: z.string().trim().max(100).optional(),
    /** In force or to come, and over within so many hours from now. */
    endsWithinHours: numberOrText(z.number().int().min(1).max(8_760)).optional(),
    /** Over since then, and before then. */
    endedFrom: timeOrText().optional(),
    endedUntil: endOrText().optional(),
    caseId: z.uuid().optional(),
    states: z.array(z.enum(actionStates)).optional(),
    waitsFor: z.enum(["approval", "gates", "end"]).optional(),
    ...paging(200),
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
        /** That the same act reached. */
        accounts: sql<number>`coalesce(${actionBatch.accounts}, 1)`,
        isProtectedAccount: account.isProtected,
        createdAt: action.createdAt,
        appliedAt: action.appliedAt,
        confirmedAt: action.confirmedAt,
        standingVersion: action.standingVersion,
        overdueAt: action.overdueAt,
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
      .leftJoin(actionBatch, eq(actionBatch.id, action.batchId))
      .leftJoin(token, eq(token.id, action.tokenId))
      .leftJoin(endpoint, eq(endpoint.id, action.endpointId))
      .leftJoin(approver, eq(approver.id, action.approverUserId))
      .leftJoin(ender, eq(ender.id, action.endedByUserId))
      .where(
        and(
          input.actionId ? eq(action.id, input.actionId) : undefined,
          input.accountId ? eq(action.accountId, input.accountId) : undefined,
          input.account ? ilike(account.name, `%${escapeLike(input.account)}%`) : undefined,
          input.types ? inArray(action.type, input.types) : undefined,
          input.reasonCode ? eq(action.reasonCode, input.reasonCode) : undefined,
          input.author ? isBy(input.author) : undefined,
          input.endsWithinHours ? endsBy(new Date(ctx.now.getTime() + input.endsWithinHours * hourMs)) : undefined,
          input.endedFrom ? gte(action.endedAt, input.endedFrom) : undefined,
          input.endedUntil ? lt(action.endedAt, input.endedUntil) : undefined,
          input.caseId ? eq(action.caseId, input.caseId) : undefined,
          input.states ? inArray(action.state, input.states) : undefined,
          waitingFor(input.waitsFor, ctx.now),
        ),
      )
      .orderBy(desc(action.createdAt), desc(action.id))
      .limit(input.limit)
      .offset(input.offset);
    const effects = await effectsOf(ctx, rows);
    const notTwo = await notTwoBy(ctx, rows);
    return rows.map((row) => ({
      ...row,
      effect: effects.get(row.id) ?? null,
      /** Why the approval of who asks would not count as a second person's. */
      notTwo: notTwo.get(row.authorUserId) ?? null,
    }));
  },
});

type Waiting = { state: string; lapsesAt: Date | null; authorUserId: string };

/** By the author of what waits for approval. */
async function notTwoBy(ctx: Ctx, rows: readonly Waiting[]): Promise<Map<string, Objection>> {
  const ownId = actorUserId(ctx.actor);
  const waiting = rows.filter(({ state, lapsesAt }) => state === "pending_approval" || lapsesAt !== null);
  const authors = new Set(waiting.map((row) => row.authorUserId).filter((id) => id !== ownId));
  const found = new Map<string, Objection>();
  if (ownId === null) return found;
  for (const authorId of authors) {
    const objection = await whyNotTwo(ctx, authorId, ownId);
    if (objection) found.set(authorId, objection);
  }
  return found;
}

export type StaffAction = Awaited<ReturnType<typeof listActions>>[number];

type Applied = { id: string; state: string; accountId: string; standingVersion: number | null; appliedAt: Date | null };

/** How far the gates are with actions in force: per live gate, milliseconds from commit to confirmation, null = not yet. */
async function effectsOf(ctx: Ctx, rows: readonly Applied[]) {
  const applied = rows.flatMap(({ id, state, accountId, standingVersion, appliedAt }) =>
    (state === "applying" || state === "active") && standingVersion !== null && appliedAt !== null
      ? [{ id, accountId, standingVersion, appliedAt }]
      : [],
  );
  const confirmations = await confirmationsOf(ctx, applied);
  return new Map(
    applied.map(({ id, appliedAt }, index) => [
      id,
      (confirmations[index] ?? []).map(({ gateId, confirmedAt, sinceStart }) => ({
        gateId,
        sinceStart,
        milliseconds: confirmedAt ? Math.max(0, confirmedAt.getTime() - appliedAt.getTime()) : null,
      })),
    ]),
  );
}
