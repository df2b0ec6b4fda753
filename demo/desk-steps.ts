import { submitAppeal } from "#core/appeals/submit-appeal.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { imposeBatch } from "#core/enforcement/impose-batch.ts";
import { settleActions } from "#core/enforcement/settle-actions.ts";
import type { Ctx } from "#core/frame/context.ts";
import { submitReport } from "#core/reports/submit-report.ts";
import { takeReport } from "#core/reports/take-report.ts";
import { dayMs, hourMs } from "#core/rules/time.ts";
import { asJob, type SeededAccount, seededNamed } from "./account-steps.ts";
import { cast, desk } from "./companies.ts";
import type { Cast, Step } from "./steps.ts";
import { confirmEffect, openCaseOf } from "./story-acts.ts";

/** What else lies on a desk: an appeal, actions that wait for their time, one act on many, reports, and strikes of long ago. */
export function deskSteps(accounts: readonly SeededAccount[], people: Cast, now: Date): Step[] {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const find = (name: string) => seededNamed(accounts, name);
  return [
    ...strikesOfLongAgo(find, people, ago(14 * 30 * dayMs)),
    { at: ago(5 * hourMs), run: (ctx) => appeal(ctx, people, find(cast.suspended)) },
    { at: ago(9 * hourMs), run: (ctx) => throttleInSilence(ctx, people, find(desk.silent)) },
    { at: ago(25 * hourMs), run: (ctx) => scheduleThrottle(ctx, people, find(desk.scheduled), now) },
    { at: ago(3 * dayMs), run: (ctx) => noticeToMany(ctx, people, desk.batch.map(find)) },
    { at: ago(31 * hourMs), run: (ctx) => reportAbuse(ctx, people) },
    { at: ago(90 * 60_000), run: reportWeakness },
  ];
}

type Find = (name: string) => SeededAccount;

const throttle = { type: "throttle" as const, factor: 0.5, reasonCode: "rate_excess" as const };

/** Imposed more than a year ago and over a day later: a strike that counts no more. */
function strikesOfLongAgo(find: Find, people: Cast, at: Date): Step[] {
  return [
    {
      at,
      run: async (ctx) => {
        const { actionId } = await imposeAction(people.asStaff(ctx, "reviewer"), {
          ...throttle,
          accountId: find(desk.struckLongAgo).accountId,
          durationHours: 24,
          publicText: "Your client sent several times as many requests as its rate limit allows, for a whole night.",
          internalNote: "A first time. Half the limit for a day, then as before.",
        });
        await confirmEffect(ctx, actionId);
      },
    },
    {
      at: new Date(at.getTime() + 24 * hourMs + 2_000),
      run: async (ctx) => {
        await settleActions(asJob(ctx), {});
      },
    },
  ];
}

async function appeal(ctx: Ctx, people: Cast, account: SeededAccount): Promise<void> {
  const { actionId } = await openCaseOf(ctx, account.accountId);
  if (!actionId) throw new Error("There is nothing to appeal against.");
  await submitAppeal(people.asMember(ctx, account, account.members[0]?.email ?? "", "owner"), {
    actionId,
    cause:
      "A deployment on Friday removed the pause between our retries, so each refused call was repeated until it passed.",
    changed: "The release is taken back. Retry-After is waited for again, which our logs show since this morning.",
    prevention: "The client library is now shared by all our jobs, and a test fails if it calls again too early.",
  });
}

async function throttleInSilence(ctx: Ctx, people: Cast, account: SeededAccount): Promise<void> {
  const { actionId } = await imposeAction(people.asStaff(ctx, "lead"), {
    ...throttle,
    accountId: account.accountId,
    durationHours: 72,
    silentHours: 24,
    silenceReason: "They must not know before the second address of the same operator has been found.",
    publicText: "Requests of your account are limited to half of their rate while we look into a report.",
    internalNote:
      "Same pattern as the account that was closed in October. The clock tells them tomorrow at the latest.",
  });
  await confirmEffect(ctx, actionId);
}

async function scheduleThrottle(ctx: Ctx, people: Cast, account: SeededAccount, now: Date): Promise<void> {
  await imposeAction(people.asStaff(ctx, "reviewer"), {
    ...throttle,
    accountId: account.accountId,
    effectiveAt: new Date(now.getTime() + 40 * hourMs),
    durationHours: 7 * 24,
    publicText: "Unless your nightly job keeps to its limit by then, its rate is halved for a week.",
    internalNote: "Announced by mail; they asked for two days to change it. Cancel it if they make it.",
  });
}

async function noticeToMany(ctx: Ctx, people: Cast, accounts: readonly SeededAccount[]): Promise<void> {
  const { done } = await imposeBatch(people.asStaff(ctx, "lead"), {
    accountIds: accounts.map((one) => one.accountId),
    type: "notice",
    reasonCode: "other",
    publicText:
      "The old bulk endpoint is switched off in January. Your client still calls it; please move to the new one.",
    internalNote: "Everybody who called it in the last week.",
  });
  for (const { actionId, state } of done) if (state === "applying") await confirmEffect(ctx, actionId);
}

const visitor = (ctx: Ctx, ip: string): Ctx => ({ ...ctx, actor: { kind: "visitor" }, ip });

/** Support has taken it; it names a customer, who is not asked yet. */
async function reportAbuse(ctx: Ctx, people: Cast): Promise<void> {
  const { reportId } = await submitReport(visitor(ctx, "198.51.100.61"), {
    kind: "abuse",
    about: "newsletter of Orchard Jobs",
    body: "They write to an address of mine that I have never given to anybody but a shop which closed three years ago.",
    reporterName: "Nadja Brandt",
  });
  await takeReport(people.asStaff(ctx, "support"), { reportId, version: 1 });
}

async function reportWeakness(ctx: Ctx): Promise<void> {
  await submitReport(visitor(ctx, "203.0.113.200"), {
    kind: "vulnerability",
    about: "Receipts in error pages",
    body: "A customer of yours prints the whole answer of the API on its public error page, with the receipt. I can show you where.",
  });
}
