import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { alertRule } from "#db/schema/alerts.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { alertRuleInput } from "./alert-rule-input.ts";

const on = z.union([z.boolean(), z.literal("1").transform(() => true)]).default(false);

/** Turns a rule or its mail on or off, or gives it another cooldown. */
export const changeAlertRule = command({
  permission: "alerts:write",
  input: alertRuleInput.pick({ cooldownSeconds: true, isMailed: true }).extend({ ruleId: z.uuid(), isOn: on }),
  run: async (ctx, { ruleId, isOn, ...values }) => {
    const [changed] = await ctx.db
      .update(alertRule)
      .set({ ...values, disabledAt: isOn ? null : ctx.now })
      .where(and(eq(alertRule.id, ruleId), scoped(ctx, alertRule.accountId)))
      .returning({ id: alertRule.id, accountId: alertRule.accountId });
    if (!changed) throw notFound("alert rule");
    return changed;
  },
  happened: ({ ruleId: _id, ...input }, { id, accountId }) =>
    fact("alert_rule.changed", { subjectId: id, accountId }, input),
});

/** Removes a rule; what it has told stays in the history. */
export const deleteAlertRule = command({
  permission: "alerts:write",
  input: z.strictObject({ ruleId: z.uuid() }),
  run: async (ctx, { ruleId }) => {
    const [gone] = await ctx.db
      .delete(alertRule)
      .where(and(eq(alertRule.id, ruleId), scoped(ctx, alertRule.accountId)))
      .returning({
        id: alertRule.id,
        accountId: alertRule.accountId,
        kind: alertRule.kind,
        thresholdPercent: alertRule.thresholdPercent,
      });
    if (!gone) throw notFound("alert rule");
    return gone;
  },
  happened: (_input, { id, accountId, kind, thresholdPercent }) =>
    fact("alert_rule.deleted", { subjectId: id, accountId }, { kind, thresholdPercent }),
});
