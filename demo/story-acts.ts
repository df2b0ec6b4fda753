import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { readWindow } from "#core/detection/read-window.ts";
import { recordSignals } from "#core/detection/record-signals.ts";
import { appendCaseEvent } from "#core/frame/append-case-event.ts";
import type { Ctx } from "#core/frame/context.ts";
import { detectors } from "#core/rules/detectors/registry.ts";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { standingConfirmation } from "#db/schema/gates.ts";
import * as words from "#words/words.ts";
import { asJob } from "./account-steps.ts";

/** How long the gate of the demo took to confirm, milliseconds. */
const confirmedAfterMs = 14;

/** The detectors look at an account as they would have at this time: at nothing that came later. */
export async function detectAt(ctx: Ctx, name: string, accountId: string): Promise<void> {
  const job = asJob(ctx, "Detectors");
  const nowMs = ctx.now.getTime();
  const seen = await readWindow(job, accountId);
  const past = <Row extends { atMs: number }>(rows: readonly Row[]) => rows.filter((row) => row.atMs < nowMs);
  const window = {
    ...seen,
    minutes: past(seen.minutes),
    refusedPaths: past(seen.refusedPaths),
    seconds: past(seen.seconds),
    waits: past(seen.waits),
  };
  const signals = detectors.flatMap((detector) =>
    (detector.looksAt === "minutes" ? detector.evaluate(window, detector.defaults) : []).map(
      ({ facts, ...signal }) => ({
        ...signal,
        summary: words.signal(facts),
        detector: detector.id,
        detectorVersion: detector.version,
      }),
    ),
  );
  if (signals.length === 0) throw new Error(`The story of ${name} shows the detectors nothing.`);
  await recordSignals(job, { accountId, signals });
}

/** The account's open case, with the text proposed for the owner and the suspension in force, if there is one. */
export async function openCaseOf(ctx: Ctx, accountId: string) {
  const [found] = await ctx.db
    .select({ caseId: abuseCase.id, version: abuseCase.version })
    .from(abuseCase)
    .where(and(eq(abuseCase.accountId, accountId), ne(abuseCase.state, "closed")));
  if (!found) throw new Error("The account has no open case.");
  const flags = await ctx.db
    .select({ id: flag.id, summary: flag.summary })
    .from(flag)
    .where(eq(flag.caseId, found.caseId));
  const [applied] = await ctx.db
    .select({ id: action.id })
    .from(action)
    .where(and(eq(action.accountId, accountId), inArray(action.state, ["applying", "active"])));
  return {
    ...found,
    flagIds: flags.map((one) => one.id),
    publicText: words.publicText("rate_excess", flags[0]?.summary ?? null),
    actionId: applied?.id ?? null,
  };
}

/** The gate of that time has confirmed. What it wrote then is written here, because no gate runs while the demo is made. */
export async function confirmEffect(ctx: Ctx, actionId: string): Promise<void> {
  const confirmedAt = new Date(ctx.now.getTime() + confirmedAfterMs);
  const [confirmed] = await ctx.db
    .update(action)
    .set({ state: "active", appliedAt: ctx.now, confirmedAt, version: sql`${action.version} + 1` })
    .where(eq(action.id, actionId))
    .returning({ accountId: action.accountId, caseId: action.caseId, standingVersion: action.standingVersion });
  if (!confirmed) throw new Error("There is no such action.");
  const { accountId, caseId, standingVersion } = confirmed;
  if (standingVersion !== null) {
    await ctx.db.insert(standingConfirmation).values({ accountId, gateId: "gate-1", standingVersion, confirmedAt });
  }
  const data = { actionId, gates: 1, milliseconds: confirmedAfterMs };
  if (caseId !== null) await appendCaseEvent(asJob({ ...ctx, now: confirmedAt }), caseId, "action.confirmed", data);
}
