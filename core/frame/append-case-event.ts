import type { Transaction } from "#db/client.ts";
import { caseEvent } from "#db/schema/abuse.ts";
import type { TimelineFact } from "../facts/catalogue.ts";
import { appendAudit, newSalt } from "./append-audit.ts";
import { actorKind, actorName, actorUserId, type Ctx } from "./context.ts";
import { caseEventHash, sealCaseEvents } from "./seal-case-events.ts";

/** Adds to a case's timeline, which only grows. Its hash goes into the audit chain with the transaction, so that it cannot be changed unseen. */
export async function appendCaseEvent(
  ctx: Ctx,
  caseId: string,
  type: TimelineFact,
  data: Record<string, unknown>,
): Promise<void> {
  const values = {
    caseId,
    at: ctx.now,
    type,
    actorKind: actorKind(ctx.actor),
    actorUserId: actorUserId(ctx.actor),
    actorName: actorName(ctx.actor),
    data,
    salt: newSalt(),
  };
  const [made] = await ctx.db.insert(caseEvent).values(values).returning({ id: caseEvent.id });
  if (!made) throw new Error("The case event was not written.");
  const hash = caseEventHash({ id: made.id, ...values });
  if (ctx.pending) ctx.pending.caseEvents.push(hash);
  else await appendAudit(ctx.db as Transaction, ctx, sealCaseEvents({ audit: [], caseEvents: [hash] }, ctx.actor));
}
