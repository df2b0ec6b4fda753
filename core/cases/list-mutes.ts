import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { token } from "#db/schema/tokens.ts";
import * as deskWords from "#words/desk.ts";
import { query } from "../frame/define.ts";
import { scoped } from "../frame/scope.ts";

const most = 500;

/** Every mute in force, of one account or of all, the one that ends first first: what is silent, who muted it, why and until when. */
export const listMutes = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, { accountId }) => {
    const rows = await ctx.db
      .select({
        id: flag.id,
        accountId: flag.accountId,
        accountName: account.name,
        detector: flag.detector,
        scope: flag.scope,
        scopeId: flag.scopeId,
        tokenName: token.name,
        mutedAt: flag.decidedAt,
        mutedUntil: flag.mutedUntil,
        mutedByName: user.name,
        reason: flag.muteReason,
      })
      .from(flag)
      .innerJoin(account, eq(account.id, flag.accountId))
      .leftJoin(user, eq(user.id, flag.decidedByUserId))
      .leftJoin(
        token,
        and(eq(flag.scope, "token"), eq(token.accountId, flag.accountId), eq(flag.scopeId, sql`${token.id}::text`)),
      )
      .where(
        and(
          eq(flag.state, "muted"),
          gt(flag.mutedUntil, ctx.now),
          accountId === undefined ? undefined : eq(flag.accountId, accountId),
          scoped(ctx, flag.accountId),
        ),
      )
      .orderBy(asc(flag.mutedUntil))
      .limit(most);
    return rows.map(({ tokenName, ...row }) => ({
      ...row,
      title: deskWords.detectorTitle(row.detector),
      /** The token or the network it is silent about; null = the whole account. */
      about: row.scope === "account" ? null : (tokenName ?? row.scopeId),
    }));
  },
});

export type Mute = Awaited<ReturnType<typeof listMutes>>[number];
