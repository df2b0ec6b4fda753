import { and, eq } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import type { CaseOutcome, DismissReason } from "../rules/vocabulary.ts";

/** What an outcome says of every flag that nobody has decided. */
const dismissedBy: Partial<Record<CaseOutcome, DismissReason>> = {
  no_abuse: "not_abuse",
  broken_client_helped: "broken_client",
  duplicate: "duplicate",
  our_fault: "our_fault",
};

/**
 * Ends the flags that are undecided when their case closes: dismissed where the outcome says so, else let go. One that stayed would
 * take up all that its detector says later, in a case that nobody looks at. Either way their evidence is answered.
 */
export async function settleFlagsOf(ctx: Ctx, caseId: string, outcome: CaseOutcome): Promise<void> {
  const reason = dismissedBy[outcome];
  const decision = { decidedAt: ctx.now, decidedByUserId: actorUserId(ctx.actor) };
  const settled = await ctx.db
    .update(flag)
    .set(reason ? { state: "dismissed", dismissReason: reason, ...decision } : { state: "expired", ...decision })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "in_case")))
    .returning({ id: flag.id, accountId: flag.accountId, detector: flag.detector });
  if (!reason) return;
  for (const { id, accountId, detector } of settled)
    await record(ctx, fact("flag.dismissed", { subjectId: id, accountId, caseId }, { detector, reason }));
}
