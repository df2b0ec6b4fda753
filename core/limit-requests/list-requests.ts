import { asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { limitRequest } from "#db/schema/limit-requests.ts";
import { endpoint, override } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { paging } from "../frame/paging.ts";
import { accountOf } from "../frame/scope.ts";
import { readNeed } from "./read-need.ts";

/** What an account has asked for and how it was answered, the newest first, 50 at most. */
export const listLimitRequests = query({
  permission: "usage:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const isOwn = eq(limitRequest.accountId, accountOf(ctx, input.accountId));
    const rows = await read(ctx, isOwn, desc(limitRequest.createdAt), { limit: 50, offset: 0 });
    return rows.map(({ accountId: _id, accountName: _name, ...row }) => row);
  },
});

/**
 * Requests of all accounts: those that wait, the oldest first, each with what speaks for and against it; or those that were answered, the
 * newest first.
 */
export const listAllLimitRequests = query({
  permission: "limits:read",
  input: z.strictObject({ open: z.boolean().default(true), ...paging(30) }),
  run: async (ctx, { open, ...part }) => {
    const rows = open
      ? await read(ctx, eq(limitRequest.state, "open"), asc(limitRequest.createdAt), part)
      : await read(ctx, isDecided, desc(limitRequest.decidedAt), part);
    return Promise.all(rows.map(async (row) => ({ ...row, need: open ? await readNeed(ctx, row) : null })));
  },
});

const isDecided = inArray(limitRequest.state, ["granted", "declined", "withdrawn"]);

function read(ctx: Ctx, where: SQL, orderBy: SQL, { limit, offset }: { limit: number; offset: number }) {
  return ctx.db
    .select({
      id: limitRequest.id,
      accountId: limitRequest.accountId,
      accountName: account.name,
      kind: limitRequest.kind,
      endpointId: limitRequest.endpointId,
      endpointName: endpoint.name,
      windowSeconds: endpoint.windowSeconds,
      value: limitRequest.value,
      valueBefore: limitRequest.valueBefore,
      startsAt: limitRequest.startsAt,
      endsAt: limitRequest.endsAt,
      reason: limitRequest.reason,
      state: limitRequest.state,
      createdAt: limitRequest.createdAt,
      answer: limitRequest.answer,
      decidedAt: limitRequest.decidedAt,
      /** What was granted; null = nothing. Its end moves when staff end it earlier. */
      grantedValue: override.value,
      grantedUntil: override.endsAt,
    })
    .from(limitRequest)
    .innerJoin(account, eq(account.id, limitRequest.accountId))
    .leftJoin(endpoint, eq(endpoint.id, limitRequest.endpointId))
    .leftJoin(override, eq(override.id, limitRequest.overrideId))
    .where(where)
    .orderBy(orderBy, asc(limitRequest.id))
    .limit(limit)
    .offset(offset);
}

export type OwnLimitRequest = Awaited<ReturnType<typeof listLimitRequests>>[number];
export type LimitRequestRow = Awaited<ReturnType<typeof listAllLimitRequests>>[number];
