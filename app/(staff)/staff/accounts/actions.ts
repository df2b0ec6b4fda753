"use server";

import { action } from "#app/_lib/action.ts";
import { allowPrivateNetworks, changeAccountPlan, protectAccount } from "#core/accounts/change-terms.ts";
import { closeAccount, reopenAccount } from "#core/accounts/close-account.ts";
import { eraseAccount } from "#core/accounts/erase-account.ts";
import { setExternalId } from "#core/accounts/external-id.ts";
import { openAccount } from "#core/accounts/open-account.ts";
import { addOverride, endOverride } from "#core/accounts/override-limit.ts";
import { handoverShown } from "#core/invitations/invitation-path.ts";

/** Without a mail server the owner's link is shown once to the one who opens the account; it is never kept in a form's state. */
export const openAccountAction = action(openAccount, {
  as: "staff",
  revalidate: ["/staff/accounts"],
  show: handoverShown,
});

const ofAccount = ["/staff/accounts/[account]"];

export const addOverrideAction = action(addOverride, { as: "staff", revalidate: ofAccount });
export const endOverrideAction = action(endOverride, { as: "staff", revalidate: ofAccount });
export const closeAccountAction = action(closeAccount, { as: "staff", revalidate: ofAccount });
export const reopenAccountAction = action(reopenAccount, { as: "staff", revalidate: ofAccount });
export const eraseAccountAction = action(eraseAccount, { as: "staff", revalidate: ofAccount });
export const setExternalIdAction = action(setExternalId, { as: "staff", revalidate: ofAccount });
export const changeAccountPlanAction = action(changeAccountPlan, { as: "staff", revalidate: ofAccount });
export const allowPrivateNetworksAction = action(allowPrivateNetworks, { as: "staff", revalidate: ofAccount });
export const protectAccountAction = action(protectAccount, { as: "staff", revalidate: ofAccount });
