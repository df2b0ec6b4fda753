import { and, eq, gt } from "drizzle-orm";
import { viewEvent } from "#db/schema/abuse.ts";
import type { Ctx } from "../frame/context.ts";
import { minuteMs } from "../rules/time.ts";
import type { ViewKind } from "../rules/vocabulary.ts";

/** The same page looked at again within this time is one view. */
const onceEveryMs = 10 * minuteMs;

type View = { accountId: string | null; what: ViewKind; subjectId: string; reason?: string };

/** Writes down that staff looked at somebody's data. A view with a reason, of something unmasked, is always written. */
export async function recordView(ctx: Ctx, { accountId, what, subjectId, reason }: View): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "staff") return;
  if (reason === undefined) {
    const [recent] = await ctx.db
      .select({ id: viewEvent.id })
      .from(viewEvent)
      .where(
        and(
          eq(viewEvent.userId, actor.userId),
          eq(viewEvent.what, what),
          eq(viewEvent.subjectId, subjectId),
          gt(viewEvent.at, new Date(ctx.now.getTime() - onceEveryMs)),
        ),
      )
      .limit(1);
    if (recent) return;
  }
  await ctx.db.insert(viewEvent).values({
    at: ctx.now,
    userId: actor.userId,
    userName: actor.name,
    role: actor.role,
    accountId,
    what,
    subjectId,
    reason: reason ?? null,
    requestId: ctx.requestId,
  });
}
