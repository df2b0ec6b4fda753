import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { command } from "../frame/define.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { claimMs } from "../rules/cases/case-machine.ts";
import { longestSnoozeMs } from "../rules/standing/enforcement.ts";
import { changeCase } from "./change-case.ts";

const target = { caseId: z.uuid(), version: numberOrText(z.number().int()) };
const text = z.string().trim().max(2_000, "Use at most 2,000 characters.").default("");
const note = (action: string) => (_input: unknown, result: { id: string; accountId: string }) => ({
  action,
  subjectKind: "case",
  subjectId: result.id,
  accountId: result.accountId,
});

/** Lets go of a case: it is nobody's again. */
export const releaseCase = command({
  permission: "cases:work",
  input: z.strictObject(target),
  run: async (ctx, { caseId, version }) => {
    const changed = await changeCase(ctx, caseId, version, "release", { assigneeUserId: null, claimedUntil: null });
    await appendCaseEvent(ctx, caseId, "case.released");
    return changed;
  },
  audit: note("case.release"),
});

/** Gives a case to a named colleague, with a word about it. */
export const handOverCase = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, toUserId: z.uuid("Choose a colleague."), text }),
  run: async (ctx, { caseId, version, toUserId, text: about }) => {
    const [colleague] = await ctx.db
      .select({ name: user.name })
      .from(staffMember)
      .innerJoin(user, eq(user.id, staffMember.userId))
      .where(and(eq(staffMember.userId, toUserId), isNull(staffMember.endedAt), isNull(user.disabledAt)));
    if (!colleague) throw notFound("colleague");
    const changed = await changeCase(ctx, caseId, version, "hand_over", {
      assigneeUserId: toUserId,
      claimedUntil: new Date(ctx.now.getTime() + claimMs),
      snoozedUntil: null,
    });
    await appendCaseEvent(ctx, caseId, "case.handed_over", { to: colleague.name, text: about });
    return changed;
  },
  audit: note("case.hand_over"),
});

/** Puts a case off for a number of hours, a week at most, or until the next signal (0 hours). It is counted how often. */
export const snoozeCase = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, hours: numberOrText(z.number().min(0)).default(0) }),
  run: async (ctx, { caseId, version, hours }) => {
    const ms = hours * 3_600_000;
    if (ms > longestSnoozeMs) throw invalid("hours", "Put it off for at most 7 days.");
    const until = hours === 0 ? null : new Date(ctx.now.getTime() + ms);
    const changed = await changeCase(ctx, caseId, version, "snooze", {
      snoozedUntil: until,
      claimedUntil: null,
      snoozeCount: sql`${abuseCase.snoozeCount} + 1`,
    });
    await appendCaseEvent(ctx, caseId, "case.snoozed", { until: until?.toISOString() ?? null });
    return changed;
  },
  audit: note("case.snooze"),
});

/** Takes a case that was put off back into the queue before its time. */
export const wakeCase = command({
  permission: "cases:work",
  input: z.strictObject(target),
  run: async (ctx, { caseId, version }) => {
    const changed = await changeCase(ctx, caseId, version, "wake", { snoozedUntil: null });
    await appendCaseEvent(ctx, caseId, "case.woken");
    return changed;
  },
  audit: note("case.wake"),
});

/** Asks a lead for help. The case stays with whoever holds it. */
export const escalateCase = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, text: text.pipe(z.string().min(3, "Say what you need.")) }),
  run: async (ctx, { caseId, version, text: about }) => {
    const changed = await changeCase(ctx, caseId, version, "escalate", {});
    await appendCaseEvent(ctx, caseId, "case.escalated", { text: about });
    return changed;
  },
  audit: note("case.escalate"),
});

/** Says that the owner is to answer first; a word of theirs brings it back. */
export const waitForOwner = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, text }),
  run: async (ctx, { caseId, version, text: about }) => {
    const changed = await changeCase(ctx, caseId, version, "ask_owner", {});
    await appendCaseEvent(ctx, caseId, "case.owner_asked", { text: about });
    return changed;
  },
  audit: note("case.wait"),
});
