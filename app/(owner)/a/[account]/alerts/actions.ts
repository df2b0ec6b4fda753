"use server";

import { action } from "#app/_lib/action.ts";
import { changeAlertRule, deleteAlertRule } from "#core/alerts/change-alert-rule.ts";
import { createAlertRule } from "#core/alerts/create-alert-rule.ts";
import { seeAlerts } from "#core/alerts/see-alerts.ts";
import { testAlert } from "#core/alerts/test-alert.ts";

const revalidate = ["/a/[account]/alerts"];

export const createAlertRuleAction = action(createAlertRule, { as: "member", revalidate, echo: ["thresholdPercent"] });
export const changeAlertRuleAction = action(changeAlertRule, { as: "member", revalidate });
export const deleteAlertRuleAction = action(deleteAlertRule, { as: "member", revalidate });
export const seeAlertsAction = action(seeAlerts, { as: "member", revalidate: ["/a/[account]", ...revalidate] });
export const testAlertAction = action(testAlert, { as: "member", revalidate, show: ({ mailed }) => ({ mailed }) });
