import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { appendCaseEvent } from "../abuse/timeline.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { AppError, invalid, notFound } from "../errors.ts";
import { mayImpose } from "../rules/enforcement.ts";
import { billingConsequence, reasons } from "../rules/reasons.ts";
import { reasonCodes, surfaces } from "../rules/vocabulary.ts";
import { applyAction } from "./apply-action.ts";
import { sealEvidence } from "./evidence.ts";

export const suspendAccountInput = z.strictObject({
  accountId: z.uuid(),
  caseId: z.uuid().optional(),
  /** Required for a temporary suspension; absent with `forGood`. */
  endsAt: z.coerce.date("Choose when it ends.").optional(),
  forGood: z.stringbool().or(z.boolean()).default(false),
  /** One surface, or the whole account. */
  surface: z.enum(surfaces).optional(),
  reasonCode: z.enum(reasonCodes, "Choose a reason."),
  publicText: z
    .string()
    .trim()
    .min(10, "Tell the owner what happened and what to do, in a sentence or two.")
    .max(4_000),
  internalNote: z.string().trim().min(3, "Leave a note for your colleagues.").max(4_000),
  /** Without notice: the owner is told when the clock runs out. */
  silentHours: z.coerce
    .number()
    .min(1)
    .max(24 * 30)
    .optional(),
});

/**
 * Suspends an account, or one surface of it, until a date or for good, from the next request on. It adds one action and
 * touches no token. What this person may not impose alone is proposed and waits for a second one.
 */
export const suspendAccount = command({
  permission: "actions:suspend",
  input: suspendAccountInput,
  run: async (ctx, input) => {
    const { actor } = ctx;
    if (actor.kind !== "staff") throw new AppError("forbidden", "Only staff suspend.");
    const target = await findTarget(ctx, input.accountId, input.caseId);
    if (!input.forGood && !input.endsAt) throw invalid("endsAt", "Choose when it ends, or choose “for good”.");
    const endsAt = input.forGood ? null : (input.endsAt ?? null);
    const imposition = mayImpose(actor.role, {
      durationMs: endsAt ? endsAt.getTime() - ctx.now.getTime() : null,
      silenceMs: input.silentHours === undefined ? null : input.silentHours * 3_600_000,
      isProtectedAccount: target.isProtected,
    });
    if (imposition.may === "not") throw invalid("endsAt", imposition.why);
    await refuseTwin(ctx, input.accountId, input.surface ?? null);
    const sealed = await sealEvidence(ctx, input.accountId, input.caseId ?? null);
    const [made] = await ctx.db
      .insert(action)
      .values({
        accountId: input.accountId,
        caseId: input.caseId ?? null,
        type: "suspension",
        state: imposition.may === "propose" ? "pending_approval" : "draft",
        surface: input.surface ?? null,
        reasonCode: input.reasonCode,
        policyVersionId: sealed.policyVersionId,
        policyClause: reasons[input.reasonCode].clause,
        publicText: input.publicText,
        internalNote: input.internalNote,
        evidence: sealed.evidence,
        evidenceHash: sealed.hash,
        isSilent: input.silentHours !== undefined,
        noticeDueAt:
          input.silentHours === undefined ? null : new Date(ctx.now.getTime() + input.silentHours * 3_600_000),
        billingConsequence,
        effectiveAt: ctx.now,
        endsAt,
        authorUserId: actor.userId,
        createdAt: ctx.now,
      })
      .returning({ id: action.id });
    if (!made) throw new Error("The action row was not written.");
    if (input.caseId) await confirmFlags(ctx, input.caseId, actor.userId);
    if (imposition.may === "propose") {
      if (input.caseId) {
        await appendCaseEvent(ctx, input.caseId, "action.proposed", {
          actionId: made.id,
          type: "suspension",
          why: imposition.why,
        });
      }
      return { actionId: made.id, state: "pending_approval" as const, why: imposition.why };
    }
    await applyAction(ctx, made.id);
    return { actionId: made.id, state: "applying" as const, why: null };
  },
  audit: (input, { actionId, state }) => ({
    action: state === "applying" ? "action.apply" : "action.propose",
    subjectKind: "action",
    subjectId: actionId,
    accountId: input.accountId,
    data: {
      type: "suspension",
      reasonCode: input.reasonCode,
      surface: input.surface ?? null,
      endsAt: input.forGood ? null : (input.endsAt?.toISOString() ?? null),
      silentHours: input.silentHours ?? null,
    },
  }),
});

async function findTarget(ctx: Ctx, accountId: string, caseId: string | undefined) {
  const [found] = await ctx.db
    .select({ isProtected: account.isProtected })
    .from(account)
    .where(eq(account.id, accountId));
  if (!found) throw notFound("account");
  if (caseId !== undefined) {
    const [own] = await ctx.db
      .select({ id: abuseCase.id })
      .from(abuseCase)
      .where(and(eq(abuseCase.id, caseId), eq(abuseCase.accountId, accountId)));
    if (!own) throw notFound("case of this account");
  }
  return found;
}

/** Two suspensions of the same thing would make lifting one look broken. */
async function refuseTwin(ctx: Ctx, accountId: string, surface: string | null): Promise<void> {
  const [twin] = await ctx.db
    .select({ endsAt: action.endsAt })
    .from(action)
    .where(
      and(
        eq(action.accountId, accountId),
        eq(action.type, "suspension"),
        inArray(action.state, ["pending_approval", "scheduled", "applying", "active"]),
        sql`${action.surface} is not distinct from ${surface}`,
        sql`(${action.endsAt} is null or ${action.endsAt} > ${ctx.now})`,
      ),
    );
  if (twin)
    throw new AppError(
      "conflict",
      "This is suspended already, or a suspension waits for approval. Lift or cancel that one first.",
    );
}

async function confirmFlags(ctx: Ctx, caseId: string, userId: string): Promise<void> {
  const confirmed = await ctx.db
    .update(flag)
    .set({ state: "confirmed", decidedAt: ctx.now, decidedByUserId: userId })
    .where(and(eq(flag.caseId, caseId), eq(flag.state, "in_case")))
    .returning({ id: flag.id, detector: flag.detector });
  for (const { id, detector } of confirmed)
    await appendCaseEvent(ctx, caseId, "flag.confirmed", { flagId: id, detector });
}
