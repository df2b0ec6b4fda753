import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { endpoint, override } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { scoped } from "../frame/scope.ts";
import { overrideKinds } from "../rules/vocabulary.ts";

/** Gives one account another quota or rate limit, from a time on and until a time. The plan stays as it is. */
export const addOverride = command({
  permission: "accounts:limit",
  input: z.strictObject({
    accountId: z.uuid(),
    kind: z.enum(overrideKinds),
    /** Required for a rate limit, absent for a quota. */
    endpointId: numberOrText(z.number().int().positive()).optional(),
    /** Requests per UTC day (quota) or per the endpoint's window. */
    value: numberOrText(z.number(deskWords.errors.giveNumber).int().min(0).max(1_000_000_000)),
    startsAt: timeOrText().optional(),
    endsAt: endOrText().optional(),
    reason: z.string(words.errors.sayWhy).trim().min(3, words.errors.sayWhy).max(500),
  }),
  run: async (ctx, { accountId, kind, endpointId, value, reason, ...when }) => {
    const startsAt = when.startsAt ?? ctx.now;
    const endsAt = when.endsAt ?? null;
    if (kind === "rate_limit" && endpointId === undefined) throw invalid("endpointId", words.errors.chooseEndpoint);
    if (kind === "quota" && endpointId !== undefined) throw invalid("endpointId", deskWords.errors.quotaHasNoEndpoint);
    if (endsAt && (endsAt <= startsAt || endsAt <= ctx.now)) throw invalid("endsAt", words.errors.chooseLaterEnd);
    const [found] = await ctx.db
      .select({ id: account.id })
      .from(account)
      .where(and(eq(account.id, accountId), scoped(ctx, account.id)));
    if (!found) throw notFound("account");
    if (endpointId !== undefined) {
      const [known] = await ctx.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.id, endpointId));
      if (!known) throw notFound("endpoint");
    }
    const [made] = await ctx.db
      .insert(override)
      .values({
        accountId,
        kind,
        endpointId: endpointId ?? null,
        value,
        startsAt,
        endsAt,
        reason,
        createdByUserId: actorUserId(ctx.actor),
        createdAt: ctx.now,
      })
      .returning({ id: override.id });
    if (!made) throw new Error("The override row was not written.");
    return { overrideId: made.id };
  },
  happened: (input, { overrideId }) =>
    fact(
      "override.added",
      { subjectId: overrideId, accountId: input.accountId },
      {
        kind: input.kind,
        endpointId: input.endpointId ?? null,
        value: input.value,
        endsAt: input.endsAt?.toISOString() ?? null,
        reason: input.reason,
      },
    ),
});

/** Ends an override now. It stays in the history, so that charts draw what held. */
export const endOverride = command({
  permission: "accounts:limit",
  input: z.strictObject({ overrideId: z.uuid() }),
  run: async (ctx, { overrideId }) => {
    const [ended] = await ctx.db
      .update(override)
      .set({ endsAt: ctx.now })
      .where(
        and(
          eq(override.id, overrideId),
          scoped(ctx, override.accountId),
          or(isNull(override.endsAt), gt(override.endsAt, ctx.now)),
        ),
      )
      .returning({ accountId: override.accountId });
    if (!ended) throw notFound("override in force");
    return ended;
  },
  happened: (input, { accountId }) => fact("override.ended", { subjectId: input.overrideId, accountId }),
});

/** Overrides of an account, the newest first, with those that are over. */
export const listOverrides = query({
  permission: "limits:read",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, { accountId }) => {
    const rows = await ctx.db
      .select({
        id: override.id,
        kind: override.kind,
        endpointName: endpoint.name,
        value: override.value,
        startsAt: override.startsAt,
        endsAt: override.endsAt,
        reason: override.reason,
        byName: user.name,
      })
      .from(override)
      .leftJoin(endpoint, eq(endpoint.id, override.endpointId))
      .leftJoin(user, eq(user.id, override.createdByUserId))
      .where(and(eq(override.accountId, accountId), scoped(ctx, override.accountId)))
      .orderBy(desc(override.startsAt))
      .limit(100);
    return rows.map((row) => ({ ...row, isOver: row.endsAt !== null && row.endsAt <= ctx.now }));
  },
});
