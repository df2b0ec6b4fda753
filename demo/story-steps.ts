import { addNote } from "#core/cases/add-note.ts";
import { claimCase } from "#core/cases/claim-case.ts";
import { closeCase } from "#core/cases/close-case.ts";
import { dismissFlag } from "#core/cases/dismiss-flag.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { liftAction } from "#core/enforcement/lift-action.ts";
import type { Ctx } from "#core/frame/context.ts";
import { hourMs, minuteMs } from "#core/rules/time.ts";
import type { StaffRole } from "#core/rules/vocabulary.ts";
import { type SeededAccount, seededNamed } from "./account-steps.ts";
import { cast } from "./companies.ts";
import type { Cast, Step } from "./steps.ts";
import { confirmEffect, detectAt, openCaseOf } from "./story-acts.ts";
import { helped } from "./story-demands.ts";
import { storyTimes } from "./story-times.ts";

/** What detectors and staff have done so far, through the same commands that the worker and the desk use. */
export function storySteps(accounts: readonly SeededAccount[], people: Cast, now: Date): Step[] {
  const times = storyTimes(now);
  const idOf = (name: string) => seededNamed(accounts, name).accountId;
  const later = (at: Date, ms: number) => new Date(at.getTime() + ms);
  const detect = (name: string, at: Date): Step => ({ at, run: (ctx) => detectAt(ctx, name, idOf(name)) });
  const claim = (name: string, role: StaffRole, at: Date): Step => ({
    at,
    run: async (ctx) => {
      const { caseId, version } = await openCaseOf(ctx, idOf(name));
      await claimCase(people.asStaff(ctx, role), { caseId, version });
    },
  });
  const note = (name: string, role: StaffRole, at: Date, text: string): Step => ({
    at,
    run: async (ctx) => {
      const { caseId } = await openCaseOf(ctx, idOf(name));
      await addNote(people.asStaff(ctx, role), { caseId, text });
    },
  });
  const suspend = (name: string, role: StaffRole, at: Date, terms: Terms): Step => ({
    at,
    run: async (ctx) => {
      const accountId = idOf(name);
      const { caseId, publicText } = await openCaseOf(ctx, accountId);
      const input = {
        type: "suspension" as const,
        publicText,
        reasonCode: "rate_excess" as const,
        ...terms,
        accountId,
        caseId,
      };
      const { actionId, state } = await imposeAction(people.asStaff(ctx, role), input);
      if (state === "applying") await confirmEffect(ctx, actionId);
    },
  });

  // Detectors go on looking, so that what the owner is told has the numbers of that hour.
  return [
    detect(cast.excess, times.excess.flaggedAt),
    detect(cast.probing, times.probing.flaggedAt),

    detect(cast.claimed, times.claimed.flaggedAt),
    note(cast.claimed, "support", later(times.claimed.flaggedAt, 95 * minuteMs), claimedNotes[0]),
    note(cast.claimed, "support", later(now, -70 * minuteMs), claimedNotes[1]),
    claim(cast.claimed, "reviewer", later(now, -3 * minuteMs)),

    detect(cast.suspended, times.suspended.flaggedAt),
    claim(cast.suspended, "reviewer", later(times.suspended.at, -20 * minuteMs)),
    detect(cast.suspended, times.suspended.at),
    suspend(cast.suspended, "reviewer", times.suspended.at, {
      endsAt: times.suspended.endsAt,
      internalNote: "Two mails and a call since Friday, no change. 72 hours, then we look again.",
    }),

    detect(cast.lifted, times.lifted.flaggedAt),
    claim(cast.lifted, "reviewer", later(times.lifted.at, -30 * minuteMs)),
    detect(cast.lifted, times.lifted.at),
    suspend(cast.lifted, "reviewer", times.lifted.at, {
      endsAt: times.lifted.endsAt,
      internalNote: "Third time this month. They answer mails quickly, so lift it as soon as the job is fixed.",
    }),
    { at: times.lifted.liftedAt, run: (ctx) => lift(ctx, people, idOf(cast.lifted)) },

    detect(cast.pending, times.pending.flaggedAt),
    claim(cast.pending, "reviewer", later(now, -4 * hourMs)),
    suspend(cast.pending, "reviewer", later(now, -3 * hourMs), {
      forGood: true,
      reasonCode: "resale",
      publicText:
        "Your account offers the API as a product of its own under another name. Clause 5 does not allow that.",
      internalNote: "Their price list for our endpoints is archived in the ticket. For good, if somebody agrees.",
    }),

    detect(helped, times.helped.flaggedAt),
    claim(helped, "support", later(times.helped.flaggedAt, 40 * minuteMs)),
    { at: times.helped.closedAt, run: (ctx) => help(ctx, people, idOf(helped)) },
  ];
}

type Terms = {
  endsAt?: Date;
  forGood?: boolean;
  reasonCode?: "resale";
  publicText?: string;
  internalNote: string;
};

const claimedNotes = [
  "Asked the owner what runs at that hour. It looks like an import that retries each row at once.",
  "Answer by mail: “we saw it, the job is paused until our developer is back”. Watching until tonight.",
] as const;

async function lift(ctx: Ctx, people: Cast, accountId: string): Promise<void> {
  const { caseId, version, actionId } = await openCaseOf(ctx, accountId);
  if (!actionId) throw new Error("There is nothing to lift.");
  const reviewer = people.asStaff(ctx, "reviewer");
  await liftAction(reviewer, { actionId, reason: "They moved the job to the bulk endpoint and wait for Retry-After." });
  await closeCase(reviewer, { caseId, version, outcome: "suspended" });
}

async function help(ctx: Ctx, people: Cast, accountId: string): Promise<void> {
  const { caseId, version, flagIds } = await openCaseOf(ctx, accountId);
  const support = people.asStaff(ctx, "support");
  const text = "A retry loop in their new release; fixed within a day after our call. Nothing to hold against them.";
  await addNote(support, { caseId, text });
  for (const flagId of flagIds) await dismissFlag(support, { flagId, reason: "broken_client" });
  await closeCase(support, { caseId, version, outcome: "broken_client_helped" });
}
