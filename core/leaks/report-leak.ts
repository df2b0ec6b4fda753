import { eq } from "drizzle-orm";
import { z } from "zod";
import { leakReport, staffKey } from "#db/schema/api.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { sendAlert } from "../alerts/send-alert.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { record } from "../frame/record.ts";
import { hashToken } from "../gate/state/hash-token.ts";
import { tokenLeak } from "../rules/detectors/token-leak.ts";
import { maxTokenLength } from "../rules/tokens/token.ts";
import { tokenState } from "../rules/tokens/token-state.ts";
import type { LeakOutcome } from "../rules/vocabulary.ts";
import { leakResponse } from "../runtime/env.ts";
import { pauseToken } from "../tokens/pause-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { limitReports } from "./limit-reports.ts";

const reportInput = z.strictObject({
  token: z.string().trim().min(1, words.errors.pasteToken).max(maxTokenLength, words.errors.tooLongForToken),
  /** Where it was found. */
  url: z.union([z.literal(""), z.url({ protocol: /^https?$/, error: words.errors.enterUrlOrNothing })]).default(""),
});

/**
 * Somebody reports a token they have found. Having it is proof enough, so no account is needed. A live token is revoked or paused, as
 * the operator has set; the account's members are told where it was found, and a flag opens. Says the same whether the token
 * exists or not. Repeating a report changes nothing.
 */
export const reportLeak = command({
  permission: "leaks:report",
  input: reportInput,
  run: async (ctx, { token: text, url }) => {
    limitReports(ctx);
    return takeReport(ctx, { text, url, source: "", reporter: "form" });
  },
  happened: (_input, { reportId, outcome, accountId }) => factOf(reportId, outcome, accountId, "form"),
});

type Report = { text: string; url: string; source: string; reporter: "github" | "form" };

/** The same for one report of a batch whose sender has been checked. The caller holds the transaction. */
export async function takeReport(ctx: Ctx, { text, url, source, reporter }: Report) {
  const hash = hashToken(text);
  const [found] = await ctx.db
    .select({
      tokenId: token.id,
      accountId: token.accountId,
      name: token.name,
      preview: tokenSecret.preview,
      retiresAt: tokenSecret.retiresAt,
      expiresAt: token.expiresAt,
      pausedAt: token.pausedAt,
      revokedAt: token.revokedAt,
    })
    .from(tokenSecret)
    .innerJoin(token, eq(token.id, tokenSecret.tokenId))
    .where(eq(tokenSecret.hash, hash))
    .for("update", { of: token });
  const isRetired = found?.retiresAt ? found.retiresAt <= ctx.now : false;
  const isLive = found !== undefined && !isRetired && ["active", "paused"].includes(tokenState(found, ctx.now));
  const [made] = await ctx.db
    .insert(leakReport)
    .values({
      hash,
      reporter,
      url,
      source,
      tokenId: found?.tokenId ?? null,
      accountId: found?.accountId ?? null,
      outcome: found ? (isLive ? leakResponse() : "already_ended") : await endStaffKey(ctx, hash),
      createdAt: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ id: leakReport.id, outcome: leakReport.outcome });
  if (!made) return { reportId: null, outcome: null, accountId: null, isOurs: found !== undefined };
  if (found) await act(ctx, found, isLive, url);
  return {
    reportId: made.id,
    outcome: made.outcome,
    accountId: found?.accountId ?? null,
    isOurs: made.outcome !== "unknown",
  };
}

/** A staff key in public is ended whatever the setting: it acts on every account. */
async function endStaffKey(ctx: Ctx, hash: Buffer): Promise<LeakOutcome> {
  const [key] = await ctx.db
    .select({ id: staffKey.id, revokedAt: staffKey.revokedAt })
    .from(staffKey)
    .where(eq(staffKey.hash, hash));
  if (!key) return "unknown";
  if (key.revokedAt) return "already_ended";
  await ctx.db.update(staffKey).set({ revokedAt: ctx.now }).where(eq(staffKey.id, key.id));
  return "revoked";
}

type Leaked = { tokenId: string; accountId: string; name: string; preview: string; pausedAt: Date | null };

async function act(ctx: Ctx, leaked: Leaked, isLive: boolean, url: string): Promise<void> {
  const { tokenId, accountId, name, preview } = leaked;
  const asJob: Ctx = { ...ctx, actor: { kind: "job", name: "Leak intake" } };
  const done = leakResponse();
  const leak = { name, preview, url, done: isLive ? done : null };
  if (isLive && done === "revoked")
    await revokeToken(asJob, { tokenId, reason: `Found ${words.leakPlace(url)}`.slice(0, 200) });
  if (isLive && done === "paused" && !leaked.pausedAt) await pauseToken(asJob, { tokenId });
  await recordSignals(asJob, {
    accountId,
    signals: [
      {
        detector: tokenLeak.id,
        detectorVersion: tokenLeak.version,
        scope: "token",
        scopeId: tokenId,
        severity: isLive ? 2 : 1,
        magnitude: 1,
        summary: words.tokenLeakSignal(leak),
        evidence: { live: isLive ? 1 : 0 },
      },
    ],
  });
  const outcome = isLive ? done : "already_ended";
  await record(asJob, fact("token.leaked", { subjectId: tokenId, accountId }, { name, preview, url, outcome }));
  await sendAlert(asJob, {
    accountId,
    kind: "token_leak",
    ...words.tokenLeaked(leak),
    path: `/tokens/${tokenId}`,
    mails: "tokens",
  });
}

export function factOf(
  reportId: string | null,
  outcome: LeakOutcome | null,
  accountId: string | null,
  reporter: string,
) {
  if (reportId === null) return null;
  return fact("leak.reported", { subjectId: reportId, accountId }, { outcome, reporter });
}
