import { and, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import { moveCase } from "../cases/change-case.ts";
import { openCase } from "../cases/open-case.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { lockAccounts } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { mayOpenAgain } from "../rules/cases/flag-machine.ts";
import { flagScopes } from "../rules/vocabulary.ts";
import { overCap } from "./flag-caps.ts";

/** Traffic of one key counts again from this long after what was counted, so that a long offence is not many. */
const sameKeyEveryMs = 60_000;

const signalInput = z.strictObject({
  detector: z.string(),
  detectorVersion: z.number().int(),
  scope: z.enum(flagScopes),
  scopeId: z.string(),
  severity: z.number().int().min(1).max(3),
  magnitude: z.number(),
  summary: z.string(),
  evidence: z.record(z.string(), z.number()),
  /** Number of the detector's setting; 0 = the code's own. */
  settingNumber: z.number().int().default(0),
  /** Set = the flag is held out of the queue because the cause may be ours; says why. */
  heldReason: z.string().nullable().default(null),
  /** Of the traffic; absent = now. */
  firstSeenAt: z.date().optional(),
  lastSeenAt: z.date().optional(),
});
type RecordedSignal = z.output<typeof signalInput>;

/** Folds the signals of one account into its flags, and new flags into its open case. Returns what was opened. */
export const recordSignals = command({
  permission: "flags:record",
  input: z.strictObject({ accountId: z.uuid(), signals: z.array(signalInput).min(1) }),
  run: async (ctx, { accountId, signals }) => {
    await lockAccounts(ctx, [accountId]);
    const opened: string[] = [];
    for (const signal of signals) {
      const flagId = await fold(ctx, accountId, signal);
      if (flagId) opened.push(flagId);
    }
    return { opened };
  },
  happened: (input, { opened }) =>
    opened.length === 0
      ? null
      : fact(
          "flags.opened",
          { subjectId: input.accountId, accountId: input.accountId },
          { flags: opened, detectors: input.signals.map((signal) => signal.detector) },
        ),
});

async function fold(ctx: Ctx, accountId: string, signal: RecordedSignal): Promise<string | null> {
  const key = and(
    eq(flag.accountId, accountId),
    eq(flag.detector, signal.detector),
    eq(flag.scope, signal.scope),
    eq(flag.scopeId, signal.scopeId),
  );
  const [current] = await ctx.db
    .select({
      id: flag.id,
      state: flag.state,
      severity: flag.severity,
      evidence: flag.evidence,
      lastSeenAt: flag.lastSeenAt,
      firstSeenAt: flag.firstSeenAt,
    })
    .from(flag)
    .where(and(key, inArray(flag.state, ["open", "recovering", "in_case"])))
    .for("update");
  const isInCase = current?.state === "in_case";
  const held = async () => signal.heldReason ?? (await overCap(ctx, signal.detector));
  // The peak stays: what comes after a dismissal is compared with the most there was, not with how it faded.
  const evidence = { ...signal.evidence, magnitude: Math.max(signal.magnitude, magnitudeIn(current?.evidence)) };
  const { firstSeenAt = ctx.now, lastSeenAt = ctx.now } = signal;
  if (current) {
    const heldReason = isInCase ? null : await held();
    const isReleased = !isInCase && heldReason === null;
    const newMs = lastSeenAt.getTime() - current.lastSeenAt.getTime();
    // Without new traffic the same calls are only still in the window.
    if (!isReleased && newMs <= 0 && signal.magnitude <= magnitudeIn(current.evidence)) return null;
    await ctx.db
      .update(flag)
      .set({
        state: current.state === "recovering" ? "open" : current.state,
        count: newMs >= sameKeyEveryMs ? sql`${flag.count} + 1` : flag.count,
        severity: Math.max(current.severity, signal.severity),
        summary: signal.summary,
        evidence,
        heldReason,
        firstSeenAt: new Date(Math.min(firstSeenAt.getTime(), current.firstSeenAt.getTime())),
        lastSeenAt: newMs > 0 ? lastSeenAt : current.lastSeenAt,
      })
      .where(eq(flag.id, current.id));
    if (isReleased) await joinCase(ctx, accountId, current.id, "flag.released");
    return null;
  }
  if (!(await mayOpen(ctx, key, signal))) return null;
  const heldReason = await held();
  const { magnitude: _magnitude, settingNumber: _number, ...values } = signal;
  const [made] = await ctx.db
    .insert(flag)
    .values({ ...values, heldReason, accountId, evidence, state: "open", raisedAt: ctx.now, firstSeenAt, lastSeenAt })
    .returning({ id: flag.id });
  if (!made) throw new Error("The flag row was not written.");
  if (heldReason === null) await joinCase(ctx, accountId, made.id, "flag.raised", signal.settingNumber);
  return made.id;
}

/** Whether the key may open a new flag: it is not muted, and was not dismissed just now as something no worse. */
async function mayOpen(ctx: Ctx, key: SQL | undefined, signal: RecordedSignal): Promise<boolean> {
  const [muted] = await ctx.db
    .select({ id: flag.id })
    .from(flag)
    .where(and(key, eq(flag.state, "muted"), gt(flag.mutedUntil, ctx.now)))
    .limit(1);
  if (muted) return false;
  const [earlier] = await ctx.db
    .select({ state: flag.state, decidedAt: flag.decidedAt, severity: flag.severity, evidence: flag.evidence })
    .from(flag)
    .where(and(key, inArray(flag.state, ["confirmed", "dismissed"])))
    .orderBy(desc(flag.decidedAt))
    .limit(1);
  const before = earlier && {
    decision: earlier.state === "dismissed" ? ("dismissed" as const) : ("confirmed" as const),
    decidedAtMs: earlier.decidedAt?.getTime() ?? 0,
    severity: earlier.severity,
    magnitude: magnitudeIn(earlier.evidence),
  };
  return mayOpenAgain(before ?? null, signal, ctx.now.getTime());
}

function magnitudeIn(evidence: unknown): number {
  return z.object({ magnitude: z.number() }).catch({ magnitude: 0 }).parse(evidence).magnitude;
}

/** Puts a flag into the account's case, opening or reopening one; a case that was put off until the next signal comes back. */
export async function joinCase(
  ctx: Ctx,
  accountId: string,
  flagId: string,
  event: "flag.raised" | "flag.released",
  number = 0,
): Promise<string> {
  const caseId = await openCase(ctx, accountId);
  const [joined] = await ctx.db
    .update(flag)
    .set({ caseId, state: "in_case", heldReason: null, joinedAt: ctx.now })
    .where(eq(flag.id, flagId))
    .returning({ detector: flag.detector, severity: flag.severity, summary: flag.summary });
  if (!joined) throw new Error("The flag is gone.");
  const about = { subjectId: flagId, accountId, caseId };
  await record(
    ctx,
    event === "flag.raised"
      ? fact(event, about, { ...joined, caseId, ...(number > 0 ? { number } : {}) })
      : fact(event, about, { ...joined, caseId }),
  );
  await wakeOnSignal(ctx, accountId, caseId);
  return caseId;
}

async function wakeOnSignal(ctx: Ctx, accountId: string, caseId: string): Promise<void> {
  const [snoozed] = await ctx.db
    .select({ until: abuseCase.snoozedUntil })
    .from(abuseCase)
    .where(and(eq(abuseCase.id, caseId), eq(abuseCase.state, "snoozed")));
  if (!snoozed || snoozed.until !== null) return;
  await moveCase(ctx, caseId, "wake");
  await record(ctx, fact("case.woken", { subjectId: caseId, accountId }, { why: deskWords.records.newSignal }));
}
