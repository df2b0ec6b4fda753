import { eq } from "drizzle-orm";
import { alertRule } from "#db/schema/alerts.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { mostPercent } from "../rules/usage/alerts.ts";
import { alertRuleInput } from "./alert-rule-input.ts";

/** Rules of one account; a bound against a runaway script. */
const mostRules = 50;

/** Adds a threshold. One that is reached already tells of it at the next look. */
export const createAlertRule = command({
  permission: "alerts:write",
  input: alertRuleInput,
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    const most = mostPercent(input.kind);
    if (input.thresholdPercent > most) throw invalid("thresholdPercent", words.errors.percentAtMost(most));
    await atMost(ctx, {
      ...{ accountId, what: "alert rules", most: mostRules },
      count: () => ctx.db.$count(alertRule, eq(alertRule.accountId, accountId)),
      refusal: new AppError("conflict", words.errors.tooManyAlertRules(mostRules)),
    });
    const [made] = await ctx.db
      .insert(alertRule)
      .values({ ...input, accountId, createdAt: ctx.now, createdByUserId: actorUserId(ctx.actor) })
      .onConflictDoNothing()
      .returning({ id: alertRule.id });
    if (!made) throw invalid("thresholdPercent", words.errors.alertRuleExists);
    return { id: made.id, accountId };
  },
  happened: (input, { id, accountId }) => fact("alert_rule.created", { subjectId: id, accountId }, input),
});
