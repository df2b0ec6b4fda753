import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { alertRule } from "#db/schema/alerts.ts";
import type { AlertFacts } from "#words/words.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { isAlertDue, paceShare, pressureShare, quotaShare, refusedShare } from "../rules/usage/alerts.ts";
import type { AlertKind } from "../rules/vocabulary.ts";
import { readNow } from "../usage/read-now.ts";
import { sendAlert } from "./send-alert.ts";

/** Looks at one account and tells its members what has crossed a threshold since the last look. Returns the kinds that fired. */
export const evaluateAlerts = command({
  permission: "alerts:evaluate",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    // The lock makes two workers take turns, so that a crossing is seen by one.
    const rules = await ctx.db
      .select({
        id: alertRule.id,
        kind: alertRule.kind,
        thresholdPercent: alertRule.thresholdPercent,
        cooldownSeconds: alertRule.cooldownSeconds,
        isMailed: alertRule.isMailed,
        seenShare: alertRule.seenShare,
        seenAt: alertRule.seenAt,
        firedAt: alertRule.firedAt,
      })
      .from(alertRule)
      // Of a closed account every call is refused, and everybody has been told.
      .innerJoin(account, and(eq(account.id, alertRule.accountId), isNull(account.closedAt)))
      .where(and(eq(alertRule.accountId, accountId), isNull(alertRule.disabledAt)))
      .for("update", { of: alertRule });
    const fired: AlertKind[] = [];
    if (rules.length === 0) return { accountId, fired };
    const looked = await look(ctx, accountId);
    for (const rule of rules) {
      const seen = { ...looked, share: looked.shares[rule.kind] };
      const isDue = isAlertDue(rule, rule, seen.share, ctx.now);
      await ctx.db
        .update(alertRule)
        .set({ seenShare: seen.share, seenAt: ctx.now, ...(isDue ? { firedAt: ctx.now } : {}) })
        .where(eq(alertRule.id, rule.id));
      if (!isDue) continue;
      fired.push(rule.kind);
      const said = words.alert(rule.kind, rule.thresholdPercent, seen);
      const mails = rule.isMailed ? "alerts" : null;
      const { kind, thresholdPercent } = rule;
      const { subject } = said;
      await sendAlert(ctx, {
        ...{ accountId, ruleId: rule.id, kind, path: pathOf(kind), ...said, mails },
        fact: (alertId) =>
          fact(
            crossingOf(kind, thresholdPercent),
            { subjectId: alertId, accountId },
            { subject, kind, thresholdPercent, share: seen.share },
          ),
      });
    }
    return { accountId, fired };
  },
  happened: (_input, { accountId, fired }) =>
    fired.length === 0 ? null : fact("alerts.fired", { subjectId: accountId, accountId }, { kinds: fired }),
});

/** The page of the account that shows what was crossed. */
function pathOf(kind: AlertKind): string {
  return kind === "refused_share" ? "/refusals" : "/limits";
}

function crossingOf(kind: AlertKind, thresholdPercent: number) {
  if (kind === "rate_pressure" || kind === "refused_share") return "limit.pressure" as const;
  return kind === "quota" && thresholdPercent >= 100 ? ("quota.exceeded" as const) : ("quota.threshold" as const);
}

async function look(
  ctx: Ctx,
  accountId: string,
): Promise<Omit<AlertFacts, "share"> & { shares: Record<AlertKind, number> }> {
  const { quota, pressure, lastHour } = await readNow(ctx, accountId);
  const { used, limit, forecast } = quota;
  const { allowed, refused } = lastHour;
  const total = allowed + refused;
  const fullest = [...pressure].sort((a, b) => pressureShare([b]) - pressureShare([a]))[0];
  return {
    used,
    limit,
    forecast,
    refused,
    total,
    endpoint: fullest ? words.route(fullest) : "",
    shares: {
      quota: quotaShare(used, limit),
      pace: paceShare(forecast, limit),
      rate_pressure: pressureShare(pressure),
      refused_share: refusedShare(refused, total),
    },
  };
}
