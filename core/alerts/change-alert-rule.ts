import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { alertRule } from "#db/schema/alerts.ts";
import { changesBetween } from "../facts/changes.ts";
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
    const one = and(eq(alertRule.id, ruleId), scoped(ctx, alertRule.accountId));
    const [found] = await ctx.db
      .select({
        accountId: alertRule.accountId,
        kind: alertRule.kind,
        cooldownSeconds: alertRule.cooldownSeconds,
        isMailed: alertRule.isMailed,
        disabledAt: alertRule.disabledAt,
      })
      .from(alertRule)
      .where(one)
      .for("update");
    if (!found) throw notFound("alert rule");
    await ctx.db
      .update(alertRule)
      .set({ ...values, disabledAt: isOn ? null : ctx.now })
      .where(one);
    const { accountId, kind, disabledAt, ...was } = found;
    return {
      id: ruleId,
      accountId,
      kind,
      changes: changesBetween({ ...was, isOn: disabledAt === null }, { ...values, isOn }),
    };
  },
  happened: (_input, { id, accountId, kind, changes }) =>
    fact("alert_rule.changed", { subjectId: id, accountId }, { kind, changes }),
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
