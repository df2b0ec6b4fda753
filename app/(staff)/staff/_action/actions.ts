"use server";

import { action } from "#app/_lib/action.ts";
import { approveAction } from "#core/enforcement/approve-action.ts";
import { cancelAction } from "#core/enforcement/cancel-action.ts";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { liftAction } from "#core/enforcement/lift-action.ts";
import { undoAction } from "#core/enforcement/undo-action.ts";

const revalidate = ["/staff/cases/[case]", "/staff/accounts/[account]"];

export const imposeActionAction = action(imposeAction, {
  as: "staff",
  revalidate,
  show: ({ actionId, state, why, lapsesAt }) => ({ actionId, state, why, isEmergency: lapsesAt !== null }),
});
export const undoActionAction = action(undoAction, { as: "staff", revalidate });
export const liftActionAction = action(liftAction, {
  as: "staff",
  revalidate,
  show: ({ remaining }) => ({ remaining: remaining.length }),
});
export const approveActionAction = action(approveAction, { as: "staff", revalidate });
export const cancelActionAction = action(cancelAction, { as: "staff", revalidate });
