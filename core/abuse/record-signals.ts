import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { emit } from "../outbox.ts";
import { mayOpenAgain } from "../rules/flag-machine.ts";
import { flagScopes } from "../rules/vocabulary.ts";
import { lockCases, openCase } from "./open-case.ts";
import { appendCaseEvent } from "./timeline.ts";

/** The same key is counted again at most this often, so that a long offence is not many. */
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
});
type RecordedSignal = z.output<typeof signalInput>;

/** Folds the signals of one account into its flags, and new flags into its open case. Returns what was opened. */
export const recordSignals = command({
  permission: "flags:record",
  input: z.strictObject({ accountId: z.uuid(), signals: z.array(signalInput).min(1) }),
  run: async (ctx, { accountId, signals }) => {
    await lockCases(ctx, accountId);
    const opened: string[] = [];
    for (const signal of signals) {
      const flagId = await fold(ctx, accountId, signal);
      if (flagId) opened.push(flagId);
    }
    return { opened };
  },
  audit: (input, { opened }) =>
    opened.length === 0
      ? null
      : {
          action: "flag.open",
          subjectKind: "account",
          subjectId: input.accountId,
          accountId: input.accountId,
          data: { flags: opened, detectors: input.signals.map((signal) => signal.detector) },
        },
});

async function fold(ctx: Ctx, accountId: string, signal: RecordedSignal): Promise<string | null> {
  const key = and(
    eq(flag.accountId, accountId),
    eq(flag.detector, signal.detector),
    eq(flag.scope, signal.scope),
    eq(flag.scopeId, signal.scopeId),
  );
  const [current] = await ctx.db
    .select({ id: flag.id, severity: flag.severity, lastSeenAt: flag.lastSeenAt })
    .from(flag)
    .where(and(key, inArray(flag.state, ["open", "recovering", "in_case"])));
  const evidence = { ...signal.evidence, magnitude: signal.magnitude };
  if (current) {
    if (ctx.now.getTime() - current.lastSeenAt.getTime() < sameKeyEveryMs) return null;
    const severity = Math.max(current.severity, signal.severity);
    await ctx.db
      .update(flag)
      .set({ count: sql`${flag.count} + 1`, severity, summary: signal.summary, evidence, lastSeenAt: ctx.now })
      .where(eq(flag.id, current.id));
    return null;
  }
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
    magnitude: z.object({ magnitude: z.number() }).catch({ magnitude: 0 }).parse(earlier.evidence).magnitude,
  };
  if (!mayOpenAgain(before ?? null, signal, ctx.now.getTime())) return null;
  const caseId = await openCase(ctx, accountId);
  const { magnitude: _magnitude, ...values } = signal;
  const [made] = await ctx.db
    .insert(flag)
    .values({ ...values, accountId, caseId, evidence, state: "in_case", firstSeenAt: ctx.now, lastSeenAt: ctx.now })
    .returning({ id: flag.id });
  if (!made) throw new Error("The flag row was not written.");
  await appendCaseEvent(ctx, caseId, "flag.raised", {
    flagId: made.id,
    detector: signal.detector,
    severity: signal.severity,
    summary: signal.summary,
  });
  await emit(ctx, "flag.opened", accountId, {
    flagId: made.id,
    caseId,
    detector: signal.detector,
    severity: signal.severity,
  });
  return made.id;
}
