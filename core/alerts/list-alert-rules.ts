import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { alertRule } from "#db/schema/alerts.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";

/** When the account is told, by kind and threshold. */
export const listAlertRules = query({
  permission: "alerts:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) =>
    ctx.db
      .select({
        id: alertRule.id,
        kind: alertRule.kind,
        thresholdPercent: alertRule.thresholdPercent,
        cooldownSeconds: alertRule.cooldownSeconds,
        isMailed: alertRule.isMailed,
        disabledAt: alertRule.disabledAt,
        seenShare: alertRule.seenShare,
        seenAt: alertRule.seenAt,
        firedAt: alertRule.firedAt,
      })
      .from(alertRule)
      .where(eq(alertRule.accountId, accountOf(ctx, input.accountId)))
      .orderBy(asc(alertRule.kind), asc(alertRule.thresholdPercent)),
});

export type AlertRuleRow = Awaited<ReturnType<typeof listAlertRules>>[number];
