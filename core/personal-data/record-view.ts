import { and, eq, gt, inArray } from "drizzle-orm";
import { viewEvent } from "#db/schema/abuse.ts";
import type { Actor, Ctx } from "../frame/context.ts";
import { minuteMs } from "../rules/time.ts";
import type { ViewKind } from "../rules/vocabulary.ts";

/** The same page looked at again within this time is one view. */
const onceEveryMs = 10 * minuteMs;

type StaffActor = Extract<Actor, { kind: "staff" }>;
type View = { accountId: string | null; what: ViewKind; subjectId: string; reason?: string };

/** Writes down that staff looked at these accounts, in two statements. */
export async function recordAccountViews(ctx: Ctx, accountIds: readonly string[]): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || accountIds.length === 0) return;
  const recent = await ctx.db
    .select({ subjectId: viewEvent.subjectId })
    .from(viewEvent)
    .where(isRecent(ctx, actor.userId, "account", accountIds));
  const seen = new Set(recent.map(({ subjectId }) => subjectId));
  const fresh = [...new Set(accountIds)].filter((id) => !seen.has(id));
  if (fresh.length === 0) return;
  const views = fresh.map((accountId) => viewOf(ctx, actor, { accountId, what: "account", subjectId: accountId }));
  await ctx.db.insert(viewEvent).values(views);
}

/** Writes down that staff looked at somebody's data. A view with a reason, of something unmasked, is always written. */
export async function recordView(ctx: Ctx, view: View): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "staff") return;
  if (view.reason === undefined) {
    const [recent] = await ctx.db
      .select({ id: viewEvent.id })
      .from(viewEvent)
      .where(isRecent(ctx, actor.userId, view.what, [view.subjectId]))
      .limit(1);
    if (recent) return;
  }
  await ctx.db.insert(viewEvent).values(viewOf(ctx, actor, view));
}

function isRecent(ctx: Ctx, userId: string, what: ViewKind, subjectIds: readonly string[]) {
  return and(
    eq(viewEvent.userId, userId),
    eq(viewEvent.what, what),
    inArray(viewEvent.subjectId, [...subjectIds]),
    gt(viewEvent.at, new Date(ctx.now.getTime() - onceEveryMs)),
  );
}

function viewOf(ctx: Ctx, actor: StaffActor, { accountId, what, subjectId, reason }: View) {
  return {
    ...{ at: ctx.now, userId: actor.userId, userName: actor.name, role: actor.role },
    ...{ accountId, what, subjectId, reason: reason ?? null, requestId: ctx.requestId },
  };
}
