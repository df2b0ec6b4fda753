import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { staffMember, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { claimMs } from "../rules/cases/case-machine.ts";
import { longestSnoozeMs } from "../rules/standing/enforcement.ts";
import { hourMs } from "../rules/time.ts";
import { changeCase } from "./change-case.ts";

const target = { caseId: z.uuid(), version: numberOrText(z.number().int()) };
const text = z.string().trim().max(2_000).default("");

type Changed = { id: string; accountId: string };
/** The case that was changed, as a fact names it. */
const about = ({ id, accountId }: Changed) => ({ subjectId: id, accountId });

/** Lets go of a case: it is nobody's again. */
export const releaseCase = command({
  permission: "cases:work",
  input: z.strictObject(target),
  run: (ctx, { caseId, version }) =>
    changeCase(ctx, caseId, version, "release", { assigneeUserId: null, claimedUntil: null }),
  happened: (_input, changed) => fact("case.released", about(changed)),
});

/** Gives a case to a named colleague, with a word about it. */
export const handOverCase = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, toUserId: z.uuid(deskWords.errors.chooseColleague), text }),
  run: async (ctx, { caseId, version, toUserId }) => {
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
    return { ...changed, to: colleague.name };
  },
  happened: (input, { to, ...changed }) => fact("case.handed_over", about(changed), { to, text: input.text }),
});

/** Puts a case off for a number of hours, a week at most, or until the next signal (0 hours). It is counted how often. */
export const snoozeCase = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, hours: numberOrText(z.number().min(0)).default(0) }),
  run: async (ctx, { caseId, version, hours }) => {
    const ms = hours * hourMs;
    if (ms > longestSnoozeMs) throw invalid("hours", deskWords.errors.snoozeTooLong);
    const until = hours === 0 ? null : new Date(ctx.now.getTime() + ms);
    const changed = await changeCase(ctx, caseId, version, "snooze", {
      snoozedUntil: until,
      claimedUntil: null,
      snoozeCount: sql`${abuseCase.snoozeCount} + 1`,
    });
    return { ...changed, until: until?.toISOString() ?? null };
  },
  happened: (_input, { until, ...changed }) => fact("case.snoozed", about(changed), { until }),
});

/** Takes a case that was put off back into the queue before its time. */
export const wakeCase = command({
  permission: "cases:work",
  input: z.strictObject(target),
  run: (ctx, { caseId, version }) => changeCase(ctx, caseId, version, "wake", { snoozedUntil: null }),
  happened: (_input, changed) => fact("case.woken", about(changed)),
});

/** Asks a lead for help. The case stays with whoever holds it. */
export const escalateCase = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, text: text.pipe(z.string().min(3, deskWords.errors.sayNeed)) }),
  run: (ctx, { caseId, version }) => changeCase(ctx, caseId, version, "escalate", {}),
  happened: (input, changed) => fact("case.escalated", about(changed), { text: input.text }),
});

/** Says that the owner is to answer first; a word of theirs brings it back. */
export const waitForOwner = command({
  permission: "cases:work",
  input: z.strictObject({ ...target, text }),
  run: (ctx, { caseId, version }) => changeCase(ctx, caseId, version, "ask_owner", {}),
  happened: (input, changed) => fact("case.owner_asked", about(changed), { text: input.text }),
});
