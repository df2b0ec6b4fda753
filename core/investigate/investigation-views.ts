import { and, asc, eq, or } from "drizzle-orm";
import { z } from "zod";
import { investigationView } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import type { Ctx } from "../frame/context.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";

/** Views that one person keeps, shared ones included. */
const most = 50;

/** Keeps a view under a name, for oneself or for the whole desk. */
export const saveInvestigation = command({
  permission: "cases:work",
  input: z.strictObject({
    name: z.string(deskWords.errors.nameView).trim().min(1, deskWords.errors.nameView).max(60),
    /** Query string of the page's address, without the question mark. */
    query: z.string().max(2_000),
    isShared: z.stringbool().or(z.boolean()).default(false),
  }),
  run: async (ctx, input) => {
    const userId = personOf(ctx);
    await atMost(ctx, {
      ...{ accountId: null, what: "investigation views", most },
      count: () => ctx.db.$count(investigationView, eq(investigationView.createdByUserId, userId)),
      refusal: new AppError("conflict", deskWords.errors.tooManyViews(most)),
    });
    const [made] = await ctx.db
      .insert(investigationView)
      .values({ ...input, createdByUserId: userId, createdAt: ctx.now })
      .returning({ id: investigationView.id });
    return { id: made?.id ?? "" };
  },
  happened: ({ name, isShared }, { id }) =>
    fact("investigation.saved", { subjectId: id, accountId: null }, { name, isShared }),
});

/** Removes a view of one's own, or one that is shared. */
export const removeInvestigation = command({
  permission: "cases:work",
  input: z.strictObject({ viewId: z.uuid() }),
  run: async (ctx, { viewId }) => {
    const [removed] = await ctx.db
      .delete(investigationView)
      .where(and(eq(investigationView.id, viewId), mayBeSeen(ctx)))
      .returning({ name: investigationView.name });
    if (!removed) throw notFound("view");
    return removed;
  },
  happened: ({ viewId }, { name }) => fact("investigation.removed", { subjectId: viewId, accountId: null }, { name }),
});

/** One's own views and those that the desk shares, by name. */
export const listInvestigations = query({
  permission: "accounts:list",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        id: investigationView.id,
        name: investigationView.name,
        query: investigationView.query,
        isShared: investigationView.isShared,
        byName: user.name,
      })
      .from(investigationView)
      .innerJoin(user, eq(user.id, investigationView.createdByUserId))
      .where(mayBeSeen(ctx))
      .orderBy(asc(investigationView.name), asc(investigationView.id)),
});

export type SavedInvestigation = Awaited<ReturnType<typeof listInvestigations>>[number];

function mayBeSeen(ctx: Ctx) {
  const userId = actorUserId(ctx.actor);
  return or(eq(investigationView.isShared, true), userId ? eq(investigationView.createdByUserId, userId) : undefined);
}

function personOf(ctx: Ctx): string {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw new Error("Only a person keeps views.");
  return userId;
}
