"use server";

import { action } from "#app/_lib/action.ts";
import { addNote } from "#core/abuse/add-note.ts";
import { claimCase } from "#core/abuse/claim-case.ts";
import { closeCase } from "#core/abuse/close-case.ts";
import { dismissFlag } from "#core/abuse/dismiss-flag.ts";
import { approveAction } from "#core/enforcement/approve-action.ts";
import { cancelAction } from "#core/enforcement/cancel-action.ts";
import { liftAction } from "#core/enforcement/lift-action.ts";
import { suspendAccount } from "#core/enforcement/suspend-account.ts";

const revalidate = ["/staff/cases/[case]"];

export const claimCaseAction = action(claimCase, { as: "staff", revalidate });
export const addNoteAction = action(addNote, { as: "staff", revalidate });
export const dismissFlagAction = action(dismissFlag, { as: "staff", revalidate });
export const closeCaseAction = action(closeCase, { as: "staff", revalidate });
export const suspendAccountAction = action(suspendAccount, {
  as: "staff",
  revalidate,
  show: ({ state, why }) => ({ state, why }),
});
export const liftActionAction = action(liftAction, {
  as: "staff",
  revalidate,
  show: ({ remaining }) => ({ remaining: remaining.length }),
});
export const approveActionAction = action(approveAction, { as: "staff", revalidate });
export const cancelActionAction = action(cancelAction, { as: "staff", revalidate });
