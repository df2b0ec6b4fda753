import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { savedFilter } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";

const most = 30;

/** Keeps a search of the queue for the whole team. */
export const saveFilter = command({
  permission: "cases:work",
  input: z.strictObject({
    name: z.string(deskWords.errors.nameFilter).trim().min(1, deskWords.errors.nameFilter).max(40),
    /** Query string of the queue's address, without the question mark. */
    query: z.string().max(500),
  }),
  run: async (ctx, { name, query: text }) => {
    await atMost(ctx, {
      ...{ accountId: null, what: "saved filters", most },
      count: () => ctx.db.$count(savedFilter),
      refusal: new AppError("conflict", deskWords.errors.tooManyFilters(most)),
    });
    const [made] = await ctx.db
      .insert(savedFilter)
      .values({ name, query: text, createdByUserId: actorUserId(ctx.actor), createdAt: ctx.now })
      .returning({ id: savedFilter.id });
    return { id: made?.id ?? "" };
  },
  happened: (input, { id }) => fact("filter.saved", { subjectId: id, accountId: null }, { name: input.name }),
});

export const removeFilter = command({
  permission: "cases:work",
  input: z.strictObject({ filterId: z.uuid() }),
  run: async (ctx, { filterId }) => {
    const [removed] = await ctx.db
      .delete(savedFilter)
      .where(eq(savedFilter.id, filterId))
      .returning({ name: savedFilter.name });
    if (!removed) throw notFound("filter");
    return removed;
  },
  happened: (input, { name }) => fact("filter.removed", { subjectId: input.filterId, accountId: null }, { name }),
});

export const listFilters = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({ id: savedFilter.id, name: savedFilter.name, query: savedFilter.query, byName: user.name })
      .from(savedFilter)
      .leftJoin(user, eq(user.id, savedFilter.createdByUserId))
      .orderBy(asc(savedFilter.name)),
});
