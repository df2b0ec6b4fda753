import type { Sql } from "postgres";
import { addNote } from "#core/abuse/add-note.ts";
import { claimCase } from "#core/abuse/claim-case.ts";
import { getCase } from "#core/abuse/get-case.ts";
import { listCases } from "#core/abuse/list-cases.ts";
import { recordSignals } from "#core/abuse/record-signals.ts";
import type { Ctx } from "#core/context.ts";
import { liftAction } from "#core/enforcement/lift-action.ts";
import { suspendAccount } from "#core/enforcement/suspend-account.ts";
import { env } from "#core/env.ts";
import { detect } from "#core/jobs/detect.ts";
import { logger } from "#core/log.ts";
import { publicTextOf } from "#core/rules/reasons.ts";
import type { StaffRole } from "#core/rules/vocabulary.ts";
import { openDatabase } from "#db/client.ts";
import type { Story } from "./cast.ts";
import { recentFrom } from "./recent.ts";
import type { SeededAccount } from "./seed-demo.ts";
import { beforeSuspension } from "./story-usage.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Person = { userId: string; name: string };

/** What staff have done so far, through the same commands that the desk uses, at the time it is said to have happened. */
export async function tellStories(
  ctx: Ctx,
  sql: Sql,
  accounts: readonly SeededAccount[],
  staff: ReadonlyMap<StaffRole, Person>,
): Promise<void> {
  const at = (ms: number): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() + ms) });
  const as = (role: StaffRole, ms: number): Ctx => {
    const person = staff.get(role);
    if (!person) throw new Error(`There is no ${role} in the cast.`);
    return { ...at(ms), actor: { kind: "staff", ...person, sessionId: person.userId, role } };
  };
  const open = async (story: Story, ms: number, refused: number, all: number) => {
    const account = accounts.find((one) => one.story === story);
    if (!account) throw new Error(`Nobody in the cast has the story ${story}.`);
    const share = Math.round((100 * refused) / all);
    const summary = `${share} % refused over 10 min, ${share} % over 60 min: ${refused} of ${all} requests`;
    const signal = {
      detector: "rate_excess",
      detectorVersion: 1,
      scope: "account" as const,
      scopeId: account.accountId,
      severity: 2,
      magnitude: refused,
      summary,
      evidence: { refused60Minutes: refused, requests60Minutes: all },
    };
    await recordSignals(at(ms), { accountId: account.accountId, signals: [signal] });
    const [row] = await listCases(as("lead", ms), { search: account.name });
    if (!row) throw new Error("The case was not opened.");
    return { accountId: account.accountId, caseId: row.id, publicText: publicTextOf("rate_excess", summary) };
  };
  const claim = async (role: StaffRole, ms: number, caseId: string) => {
    const { version } = await getCase(as(role, ms), { caseId });
    await claimCase(as(role, ms), { caseId, version });
  };

  const lifted = await open("lifted", -9 * dayMs, 4_120, 9_300);
  await claim("reviewer", -9 * dayMs + hourMs, lifted.caseId);
  const past = await suspendAccount(as("reviewer", -9 * dayMs + hourMs), {
    ...lifted,
    endsAt: new Date(ctx.now.getTime() - 6 * dayMs),
    reasonCode: "rate_excess",
    internalNote: "Third time this month; they answer mails quickly.",
  });
  await sql`update action set applied_at = effective_at where id = ${past.actionId}`;
  await liftAction(as("reviewer", -7 * dayMs), {
    actionId: past.actionId,
    reason: "They moved the job to the bulk endpoint; traffic is clean since.",
  });

  const { refusedAMinute, allowedAMinute } = beforeSuspension;
  const since = recentFrom(ctx.now).getTime() - ctx.now.getTime();
  const suspended = await open(
    "suspended",
    since - 20_000,
    60 * refusedAMinute,
    60 * (refusedAMinute + allowedAMinute),
  );
  await claim("reviewer", since - 10_000, suspended.caseId);
  const current = await suspendAccount(as("reviewer", since - 1), {
    ...suspended,
    endsAt: new Date(ctx.now.getTime() + 2 * dayMs),
    reasonCode: "rate_excess",
    internalNote: "Two notices without an answer.",
  });
  await sql`update action set applied_at = effective_at where id = ${current.actionId}`;

  const pending = await open("pending", -5 * hourMs, 2_300, 4_000);
  await claim("lead", -4 * hourMs, pending.caseId);
  await suspendAccount(as("lead", -2 * hourMs), {
    ...pending,
    forGood: true,
    reasonCode: "resale",
    publicText: "Your account offers the API as a product of its own under another name. Clause 5 does not allow that.",
    internalNote: "Reseller page archived in the ticket. For good, if somebody agrees.",
  });

  const claimed = await open("claimed", -3 * hourMs, 640, 2_100);
  await claim("support", -2 * hourMs, claimed.caseId);
  await addNote(as("support", -2 * hourMs), {
    caseId: claimed.caseId,
    text: "Asked the owner what runs at :00. Waiting for an answer.",
  });

  // The rest is found by the detectors themselves, in the usage that was written.
  const { db, close } = openDatabase(env().DATABASE_URL, { max: 2, applicationName: "gatehouse-seed" });
  await detect(db, ctx.now, logger("seed")).finally(close);
}
